/** The plan that is being worked on, with every step of the way back and forth. */
import { create } from 'zustand';
import type { PlanRequest } from '../../../shared/calls/plan.ts';

/** What the planner chose; the rest follows from the slice. */
export type PlanChoices = Partial<PlanRequest>;

/** A draft that the work goes back to when it is saved. */
export interface OpenDraft {
  id: number;
  name: string;
}

interface PlanWork {
  past: PlanChoices[];
  present: PlanChoices;
  future: PlanChoices[];
  draft: OpenDraft | null;
  /** The choices that the last sensitivity test was run for. */
  tested: PlanChoices | null;
  markTested(choices: PlanChoices): void;
  change(part: PlanChoices): void;
  undo(): void;
  redo(): void;
  /** Starts from other choices; the way there can be undone. */
  load(choices: PlanChoices, draft: OpenDraft | null): void;
  /** The work is saved as this draft now. */
  keepAs(draft: OpenDraft): void;
}

const MOST_STEPS = 100;

export const usePlanWork = create<PlanWork>()((set) => ({
  past: [],
  present: {},
  future: [],
  draft: null,
  tested: null,
  markTested: (tested) => set({ tested }),
  change: (part) =>
    set(({ past, present }) => ({
      past: [...past, present].slice(-MOST_STEPS),
      present: { ...present, ...part },
      future: [],
    })),
  undo: () =>
    set(({ past, present, future }) =>
      past.length > 0 ? { past: past.slice(0, -1), present: past.at(-1)!, future: [present, ...future] } : {},
    ),
  redo: () =>
    set(({ past, present, future }) =>
      future.length > 0 ? { past: [...past, present], present: future[0]!, future: future.slice(1) } : {},
    ),
  load: (choices, draft) =>
    set(({ past, present }) => ({
      past: [...past, present].slice(-MOST_STEPS),
      present: choices,
      future: [],
      draft,
    })),
  keepAs: (draft) => set({ draft }),
}));
