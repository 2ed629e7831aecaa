import { useState } from 'react';
import { useSession } from './session.ts';

/** A page that stands instead of its screen's own until it is closed (null) or the screen is gone to again. */
export function useSubPage<T>(): [T | null, (page: T | null) => void] {
  const visit = useSession((session) => session.visit);
  const [opened, setOpened] = useState<{ page: T; visit: number } | null>(null);
  const page = opened?.visit === visit ? opened.page : null;
  return [page, (next) => setOpened(next === null ? null : { page: next, visit })];
}
