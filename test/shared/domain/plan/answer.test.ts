import { describe, expect, it } from 'vitest';
import { planAnswer } from '../../../../shared/domain/plan/answer.ts';
import { rankMoves } from '../../../../shared/domain/plan/moves.ts';
import { solvePlan } from '../../../../shared/domain/plan/solve.ts';
import { expectPlanned, meanScore, randomProblem } from './plan-case.ts';

const bare = randomProblem(4, 5, 31, 82);
const problem = {
  ...bare,
  cells: bare.cells.map((cell, i) => ({ ...cell, drift100: cell.baseline100 + (i % 2 ? 0.5 : -0.2) })),
};
const solution = expectPlanned(solvePlan(problem));
const answer = planAnswer(problem, solution);

describe('planAnswer', () => {
  it('adds up by area, by item and overall', () => {
    const sum = (list: readonly { resource: number }[]) =>
      list.reduce((total, { resource }) => total + resource, 0);
    expect(sum(answer.cells)).toBeCloseTo(solution.totalResource, 12);
    expect(sum(answer.areas)).toBeCloseTo(solution.totalResource, 12);
    expect(sum(answer.items)).toBeCloseTo(solution.totalResource, 12);
    expect(answer.overall.target100).toBeCloseTo(82, 9);
    expect(answer.overall.presentResource).toBeCloseTo(1, 12);
    expect(answer.cells.reduce((total, cell) => total + cell.shareOfPlan, 0)).toBeCloseTo(1, 12);
    answer.areas.forEach((area, r) => {
      expect(area.target100).toBeCloseTo(meanScore(problem, solution, 'area', r), 10);
    });
    answer.items.forEach((item, k) => {
      expect(item.target100).toBeCloseTo(meanScore(problem, solution, 'item', k), 10);
    });
  });

  it('prints resource in percent of the cell, which is the units', () => {
    answer.cells.forEach((cell, i) => {
      expect(cell.shareOfCell).toBeCloseTo(solution.units[i]!, 12);
    });
  });

  it('says when the forecast already reaches the target', () => {
    expect(answer.driftReachesTarget).toBe(false);
    const modest = { ...problem, target100: answer.overall.drift100! - 0.01 };
    expect(planAnswer(modest, expectPlanned(solvePlan(modest))).driftReachesTarget).toBe(true);
    expect(planAnswer(bare, solution).driftReachesTarget).toBeUndefined();
    expect(planAnswer(bare, solution).overall.drift100).toBeUndefined();
  });
});

describe('rankMoves', () => {
  const moves = rankMoves(problem, solution);

  it('ranks ten funded moves by what their gain would take more elsewhere', () => {
    expect(moves).toHaveLength(10);
    for (let j = 1; j < moves.length; j++) expect(moves[j]!.saved).toBeLessThanOrEqual(moves[j - 1]!.saved);
    for (const move of moves) {
      expect(answer.cells[move.cell]!.funded).toBe(true);
      expect(move.saved).toBeCloseTo(solution.shadowPrice * move.overallGain100 - move.resource, 12);
    }
  });

  it('leaves a cell at the ceiling behind, however much its first bit of resource returns', () => {
    const full = {
      ...problem,
      cells: problem.cells.map((cell, i) => (i === 0 ? { ...cell, baseline100: 95.9, effect: 1e5 } : cell)),
    };
    const all = rankMoves(full, expectPlanned(solvePlan(full)), 1000);
    const place = all.findIndex(({ cell }) => cell === 0);
    expect(all[place]!.firstReturn).toBeGreaterThan(all[0]!.firstReturn);
    expect(place).toBeGreaterThan(10);
  });

  it('ends every unlimited move where its last bit returns one over the shadow price', () => {
    const free = moves.filter((move) => move.extent === 'as-needed');
    expect(free.length).toBeGreaterThan(5);
    for (const move of free) {
      expect(move.lastReturn).toBeCloseTo(1 / solution.shadowPrice, 6);
      expect(move.firstReturn).toBeGreaterThan(move.meanReturn);
      expect(move.meanReturn).toBeGreaterThan(move.lastReturn);
    }
  });

  it('does not call a small area cheap whose resource costs as much for its weight as any other', () => {
    const small = {
      ...problem,
      areas: problem.areas.map((a, r) => (r === 0 ? { ...a, volumeShare: 0.01 } : a)),
    };
    const moves = rankMoves(small, expectPlanned(solvePlan(small)), 100);
    expect(moves.some(({ cell }) => small.cells[cell]!.area === 0)).toBe(true);
    expect(moves.flatMap(({ reasons }) => reasons).some(({ factor }) => factor === 'cost')).toBe(false);
    const cheap = { ...small, cells: small.cells.map((c, i) => (i === 5 ? { ...c, unitCost: 1e-5 } : c)) };
    const found = rankMoves(cheap, expectPlanned(solvePlan(cheap)), 100).find(({ cell }) => cell === 5)!;
    expect(found.reasons[0]!.factor).toBe('cost');
  });

  it('puts an area first that is a large share of the whole, and says that this is why', () => {
    const even = problem.cells.map((cell) => ({ ...problem.cells[0]!, area: cell.area, item: cell.item }));
    const areas = problem.areas.map((a, r) => ({ ...a, volumeShare: r === 1 ? 3 : 1 }));
    const total = areas.reduce((sum, { volumeShare }) => sum + volumeShare, 0);
    const large = {
      ...problem,
      areas: areas.map((a) => ({ ...a, volumeShare: a.volumeShare / total })),
      cells: even,
    };
    const first = rankMoves(large, expectPlanned(solvePlan(large)))[0]!;
    expect(even[first.cell]!.area).toBe(1);
    expect(first.reasons.some(({ factor, ratio }) => factor === 'weight' && ratio > 2)).toBe(true);
  });

  it('gives the factor that stands out as the first reason', () => {
    const cells = problem.cells.map((cell, i) =>
      i === 7 ? { ...cell, effect: 400, mostUnits: 0.001 } : cell,
    );
    const strong = { ...problem, cells };
    const first = rankMoves(strong, expectPlanned(solvePlan(strong)))[0]!;
    expect(first.cell).toBe(7);
    expect(first.reasons[0]!.factor).toBe('effect');
    expect(first.extent).toBe('most-units');
  });
});
