import { describe, expect, it } from 'vitest';
import { createPlanSolver } from '../../../../electron/engine/services/plan/plan-solver.ts';
import type { LinearProgram } from '../../../../shared/domain/plan/linear-program.ts';

/** min 2x + 3y, x + y >= 4, x <= 3, y <= most. */
function program(most: number): LinearProgram {
  return {
    cost: Float64Array.of(2, 3),
    lower: Float64Array.of(0, 0),
    upper: Float64Array.of(3, most),
    rowLower: Float64Array.of(4),
    rowUpper: Float64Array.of(Infinity),
    rowStart: Int32Array.of(0, 2),
    columns: Int32Array.of(0, 1),
    values: Float64Array.of(1, 1),
  };
}

describe('plan solver', () => {
  it('solves a linear program and prices its rows', async () => {
    const solver = await createPlanSolver();
    const answer = solver.solve(program(5));
    if (answer.kind !== 'optimal') throw new Error(answer.kind);
    expect([...answer.x]).toEqual([3, 1]);
    expect(answer.objective).toBeCloseTo(9, 9);
    expect(answer.rowDual[0]).toBeCloseTo(3, 9);
  });

  it('keeps whole numbers whole', async () => {
    const solver = await createPlanSolver();
    const answer = solver.solve({ ...program(5), rowLower: Float64Array.of(3.5), integers: [0, 1] });
    if (answer.kind !== 'optimal') throw new Error(answer.kind);
    expect(answer.x[0]! + answer.x[1]!).toBeCloseTo(4, 6);
    expect(answer.objective).toBeCloseTo(9, 6);
    expect(answer.relativeGap).toBeLessThanOrEqual(1e-6);
  });

  it('says infeasible and unbounded as answers', async () => {
    const solver = await createPlanSolver();
    expect(solver.solve(program(0.5)).kind).toBe('infeasible');
    expect(
      solver.solve({
        ...program(5),
        cost: Float64Array.of(-1, -1),
        upper: Float64Array.of(Infinity, Infinity),
      }).kind,
    ).toBe('unbounded');
  });

  it('answers a program without columns', async () => {
    const solver = await createPlanSolver();
    const none = new Float64Array();
    const empty = (low: number): LinearProgram => ({
      cost: none,
      lower: none,
      upper: none,
      rowLower: Float64Array.of(low),
      rowUpper: Float64Array.of(Infinity),
      rowStart: Int32Array.of(0, 0),
      columns: new Int32Array(),
      values: none,
    });
    expect(solver.solve(empty(-1))).toMatchObject({ kind: 'optimal', objective: 0 });
    expect(solver.solve(empty(1))).toEqual({ kind: 'infeasible' });
  });

  it('frees every model, so that a long session does not fill the memory', async () => {
    const solver = await createPlanSolver();
    const size = 20_000;
    const large: LinearProgram = {
      cost: new Float64Array(size).fill(1),
      lower: new Float64Array(size),
      upper: new Float64Array(size).fill(1),
      rowLower: Float64Array.of(3),
      rowUpper: Float64Array.of(Infinity),
      rowStart: Int32Array.of(0, size),
      columns: Int32Array.from({ length: size }, (_, i) => i),
      values: new Float64Array(size).fill(1),
    };
    const solve = (times: number) => {
      for (let i = 0; i < times; i++) expect(solver.solve(large).kind).toBe('optimal');
    };
    solve(5);
    const before = process.memoryUsage().rss;
    solve(40);
    // A model of this size that is not freed keeps several megabytes.
    expect((process.memoryUsage().rss - before) / 2 ** 20).toBeLessThan(80);
  });
});
