import { describe, expect, it } from 'vitest';
import {
  type HeatCell,
  heatOf,
  planSentences,
  planYears,
  resource,
} from '../../../../renderer/screens/plan/view.ts';
import { say } from '../../../../renderer/text/both.ts';
import { planText } from '../../../../renderer/text/plan.ts';
import type { Catalog } from '../../../../shared/calls/catalog.ts';
import { quarterOf } from '../../../../shared/domain/quarter.ts';

const text = say(planText, 'en');

function cell(area: string, indicator: string, baseline: number, drift: number | null): HeatCell {
  return {
    area,
    indicator,
    baseline,
    n: 40,
    standardError: 1,
    shrunk: false,
    locked: false,
    note: '',
    drift,
    target: baseline + 2,
    extraOfCell: 0.1,
    extraOfTotal: 0.5,
  };
}

const PLAN = {
  input: { year: 2027 },
  outcome: 'solved' as const,
  baseline: 76.9,
  target: 77.9,
  drift: 76.5,
  largestReachable: 99.5,
  totalCost: 0.013,
  gap: 0,
  shadowPrice: 0.014,
  areas: [{ id: 'region:N', name: { zh: '北', en: 'North' } }],
  cells: [cell('region:N', 'A', 60, null), cell('region:N', 'B', 80, 79)],
  otherMethod: { method: 'proportional' as const, totalCost: null },
};

describe('the plan in words', () => {
  it('says target, drift, price and the other method', () => {
    const said = planSentences(PLAN, text);
    expect(said[0]).toContain('76.9 to 77.9 points in 2027');
    expect(said[0]).toContain('1.3%');
    expect(said[1]).toContain('76.5');
    expect(said[2]).toContain('0.14%');
    expect(said[3]).toContain('cannot be reached');
  });

  it('says how far one could get where the target is out of reach', () => {
    const said = planSentences({ ...PLAN, outcome: 'infeasible', target: 99.9, otherMethod: null }, text);
    expect(said[0]).toContain('99.5');
    expect(said).toHaveLength(2);
  });

  it('keeps places for small resources', () => {
    expect([resource(0.5), resource(0.0123), resource(0.00456), resource(0.000012)]).toEqual([
      '50.0%',
      '1.2%',
      '0.46%',
      '0.0012%',
    ]);
  });
});

describe('the heat of a plan', () => {
  it('runs from the least to the most of its measure and leaves missing values plain', () => {
    const heat = heatOf(PLAN);
    const [a, b] = PLAN.cells;
    expect(heat.codes).toEqual(['A', 'B']);
    expect([heat.strength(a!, 'baseline'), heat.strength(b!, 'baseline')]).toEqual([0, 1]);
    expect(heat.strength(a!, 'drift')).toBe(0);
    expect(heat.cellAt('region:N', 'B')).toBe(b);
  });

  it('is not paled by a cell that was fixed far from the others', () => {
    const [a, b] = PLAN.cells;
    const fixed = { ...a!, area: 'region:S', locked: true, baseline: 1000 };
    const heat = heatOf({ ...PLAN, cells: [...PLAN.cells, fixed] });
    expect(heat.strength(b!, 'baseline')).toBe(1);
    expect(heat.strength(fixed, 'baseline')).toBe(1);
  });
});

describe('plan years', () => {
  it('are those after a year with data, the latest first', () => {
    const quarters = [quarterOf(2025, 4), quarterOf(2026, 1), quarterOf(2026, 3)];
    expect(planYears({ quarters } as Catalog)).toEqual([2027, 2026]);
  });
});
