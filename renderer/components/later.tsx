import { type ReactNode, startTransition, useEffect, useState } from 'react';

/** Large content in its own time: the screen is there first, and this is rendered in slices into the room kept for it. */
export function Later({ height, children }: { height: number; children: ReactNode }) {
  const [ready, setReady] = useState(false);
  useEffect(() => {
    const frame = requestAnimationFrame(() => startTransition(() => setReady(true)));
    return () => cancelAnimationFrame(frame);
  }, []);
  return ready ? children : <div style={{ minHeight: height }} />;
}
