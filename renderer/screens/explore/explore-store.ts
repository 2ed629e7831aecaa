/** What the explore screen looks at: kept while other screens are open, gone with the database. */
import { create } from 'zustand';
import type { ExploreQuery, ExploreView } from '../../../shared/calls/explore.ts';
import type { Bilingual } from '../../../shared/domain/language.ts';
import type { ChartKind, Step } from './view.ts';

interface ExploreState {
  /** Null until the first look. */
  steps: Step[] | null;
  /** The database and data that the steps belong to. */
  of: string;
  chart: ChartKind;
  /** The column of a chart that has a place for one only, by its place; '' for the first. */
  column: string;
  heat: boolean;
  /** Margin and base under every figure. */
  bases: boolean;
  /** The saved view that was opened or saved last. */
  view: { id: number; name: string } | null;
  begin(of: string, query: ExploreQuery): void;
  /** Changes what is shown, on the same step. */
  change(query: ExploreQuery): void;
  drill(label: Bilingual, query: ExploreQuery): void;
  backTo(step: number): void;
  open(view: ExploreView): void;
  setChart(chart: ChartKind): void;
  setColumn(column: string): void;
  setHeat(heat: boolean): void;
  setBases(bases: boolean): void;
  named(view: { id: number; name: string } | null): void;
}

export const useExplore = create<ExploreState>()((set) => ({
  steps: null,
  of: '',
  chart: 'auto',
  column: '',
  heat: true,
  bases: false,
  view: null,
  begin: (of, query) => set({ of, steps: [{ label: null, query }], column: '', view: null }),
  change: (query) =>
    set(({ steps }) => {
      const last = steps?.at(-1);
      return last ? { steps: [...steps!.slice(0, -1), { ...last, query }] } : {};
    }),
  drill: (label, query) => set(({ steps }) => ({ steps: [...(steps ?? []), { label, query }] })),
  backTo: (step) => set(({ steps }) => ({ steps: steps?.slice(0, step + 1) ?? null })),
  open: ({ id, name, content }) =>
    set({
      steps: [{ label: null, query: content.query }],
      chart: content.chart,
      column: content.column,
      heat: content.heat,
      bases: content.bases,
      view: { id, name },
    }),
  setChart: (chart) => set({ chart }),
  setColumn: (column) => set({ column }),
  setHeat: (heat) => set({ heat }),
  setBases: (bases) => set({ bases }),
  named: (view) => set({ view }),
}));
