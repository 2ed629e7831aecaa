import { expect, test } from 'vitest';
import {
  assessmentView,
  type MatchedCell,
} from '../../../../electron/engine/services/plan/assessment-view.ts';
import { assessPlan } from '../../../../shared/domain/assess/assess-plan.ts';
import type { PlanCellView, PlanView } from '../../../../shared/domain/plan/plan-facts.ts';
import { DEFAULT_TIERS } from '../../../../shared/domain/precision.ts';

const BASES = [5, 20, 200, 300];
const both = (text: string) => ({ zh: text, en: text });

/** Areas whose years rest on the given bases, two items each. */
function matchedCells(bases: readonly number[]): MatchedCell[] {
  return bases.flatMap((nEff, area) =>
    [0, 1].map((item): MatchedCell => {
      const cell = { area: `area ${area}`, areaName: both(`${area}`), indicator: `I${item}`, units: 0 };
      return {
        cell: cell as PlanCellView,
        nEff,
        spentUnits: null,
        assessed: {
          area,
          item,
          share: 1 / (2 * bases.length),
          baseline100: 80,
          baselineSe: 1,
          ceiling100: 100,
          effect: 4,
          plannedUnits: 0,
          actual100: 80 + area,
          actualSe: 20 / Math.sqrt(nEff),
        },
      };
    }),
  );
}

function viewOf(bases: readonly number[]) {
  const matched = matchedCells(bases);
  const plan = {
    areas: bases.map((_, area) => ({ id: `area ${area}`, name: both(`${area}`) })),
    items: [0, 1].map((item) => ({ code: `I${item}`, name: both(`${item}`) })),
  } as PlanView;
  return assessmentView(plan, assessPlan(matched.map(({ assessed }) => assessed)), matched, DEFAULT_TIERS);
}

test('an area with a small base is left out, and so is the one that would give it away', () => {
  const view = viewOf(BASES);
  expect(view.areas.map(({ id }) => id)).toEqual(['area 2', 'area 3']);
  expect(new Set(view.cells.map(({ area }) => area))).toEqual(new Set(['area 2', 'area 3']));
  expect(view.items).toHaveLength(2);
  expect(view.hidden).toBe(2 + 4);
});

test('a base below thirty is grey and takes part in no ranking', () => {
  const view = viewOf([20, 200, 300]);
  expect(view.areas.map(({ tier }) => tier)).toEqual(['grey', 'full', 'full']);
  expect(view.areas.map(({ rank }) => rank)).toEqual([null, 2, 1]);
  expect(view.areas[0]!.funnel).toBeNull();
  expect(view.hidden).toBe(0);
});
