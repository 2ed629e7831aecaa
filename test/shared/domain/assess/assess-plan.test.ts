import { describe, expect, it } from 'vitest';
import { type Assessment, assessPlan } from '../../../../shared/domain/assess/assess-plan.ts';
import type { AssessedCell } from '../../../../shared/domain/assess/assessed-cell.ts';
import { plantedYear } from './planted-year.ts';

const PLANTED = { drift: -0.5, factors: [0.7, 1, 1.3, 1] };

function sum({ split }: Assessment): number {
  return split.drift + split.execution + split.effectiveness + split.noise;
}

describe('assessPlan', () => {
  const year = plantedYear(11, PLANTED).map((cell, i) => ({
    ...cell,
    drift100: 0.2,
    spentUnits: i % 5 === 0 ? cell.plannedUnits / 2 : undefined,
  }));
  const assessment = assessPlan(year);

  it('splits every gap exactly, cell by cell and in every total', () => {
    const all = [...assessment.cells, ...assessment.areas, ...assessment.items, assessment.overall];
    for (const entry of all) {
      expect(sum(entry)).toBeCloseTo(entry.gap100, 10);
      expect(entry.actual100 - entry.planned100).toBeCloseTo(entry.gap100, 10);
    }
  });

  it('books half-spent resource as execution and nothing where the plan was carried out', () => {
    year.forEach((cell, i) => {
      const { execution } = assessment.cells[i]!.split;
      if (cell.spentUnits === undefined || cell.plannedUnits === 0) expect(execution).toBeCloseTo(0, 12);
      else expect(execution).toBeLessThan(0);
    });
  });

  it('credits an item whose resource works better than assumed and debits one where it works worse', () => {
    const effectiveness = assessment.items.map(({ split }) => split.effectiveness);
    expect(effectiveness[0]).toBeLessThan(0);
    expect(effectiveness[2]).toBeGreaterThan(effectiveness[0]!);
  });

  it('leaves little as noise over the whole and finds the drift that was planted', () => {
    const { overall } = assessPlan(plantedYear(2, PLANTED).map((cell) => ({ ...cell, drift100: 0.2 })));
    expect(Math.abs(overall.split.noise)).toBeLessThan(0.5);
    expect(Math.abs(overall.split.drift + 0.5)).toBeLessThan(0.3);
  });

  it('gives the three verdicts by the interval of the gap', () => {
    const cell = (actual100: number): AssessedCell => ({
      area: 0,
      item: 0,
      share: 1,
      baseline100: 80,
      baselineSe: 1,
      ceiling100: 100,
      effect: 4,
      plannedUnits: 0,
      actual100,
      actualSe: 1,
    });
    const verdict = (actual100: number) => assessPlan([cell(actual100)]).overall.verdict;
    // The interval carries both years' errors: 1.96 x sqrt(2) either way.
    expect([77.2, 77.3, 80, 82.7, 82.8].map(verdict)).toEqual([
      'not-met',
      'indistinguishable',
      'indistinguishable',
      'indistinguishable',
      'met',
    ]);
    expect(assessPlan([cell(76)]).learnt).toMatchObject({ kind: 'too-few' });
  });

  it('holds the interval of an area wider when its items share their respondents', () => {
    const apart = assessPlan(year, { itemCorrelation: 0 });
    const together = assessPlan(year, { itemCorrelation: 1 });
    expect(apart.areas[0]!.standardError).toBeLessThan(assessment.areas[0]!.standardError);
    expect(together.areas[0]!.standardError).toBeGreaterThan(assessment.areas[0]!.standardError);
    expect(apart.items[0]!.standardError).toBeCloseTo(together.items[0]!.standardError, 12);
  });

  it('keeps an area that is as good as its peers inside the funnel and finds the one that is not', () => {
    const broken = year.map((cell) => (cell.area === 9 ? { ...cell, actual100: cell.actual100 - 12 } : cell));
    const { areas } = assessPlan(broken);
    expect(areas[9]!.funnel).toBe('far-below');
    expect(areas.filter(({ funnel }) => funnel === 'inside').length).toBeGreaterThan(25);
  });

  it('judges a plan that works as assumed as not met in few areas', () => {
    const fair = assessPlan(plantedYear(2, { drift: 0, factors: [1, 1, 1, 1] }));
    expect(fair.areas.filter(({ verdict }) => verdict === 'not-met').length).toBeLessThanOrEqual(4);
    expect(fair.overall.verdict).toBe('indistinguishable');
  });

  it('refuses nothing to assess and broken errors', () => {
    expect(() => assessPlan([])).toThrow('no cells');
    expect(() => assessPlan([{ ...year[0]!, actualSe: Number.NaN }])).toThrow('cell 0');
  });
});
