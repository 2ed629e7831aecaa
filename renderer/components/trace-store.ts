/** Which figure's computation is shown: any screen may ask for one. */
import { create } from 'zustand';
import type { TracedFigureInput } from '../../shared/calls/trace.ts';

interface TraceState {
  figure: TracedFigureInput | null;
  open(figure: TracedFigureInput): void;
  close(): void;
}

export const useTrace = create<TraceState>()((set) => ({
  figure: null,
  open: (figure) => set({ figure }),
  close: () => set({ figure: null }),
}));
