// From a channel's cube to the figures that screens and reports print: scores with precision, tested changes.
import { type CellStatistics, meanOf, nEffOf } from '../../../shared/domain/cell.ts';
import { marginOfError, tierOf } from '../../../shared/domain/precision.ts';
import type { Quarter } from '../../../shared/domain/quarter.ts';
import { fromScore100 } from '../../../shared/domain/score/scale.ts';
import {
  type Comparison,
  compareCells,
  compareWithRest,
  significanceMark,
} from '../../../shared/domain/significance.ts';
import { AppError } from '../../../shared/errors.ts';
import type { Change, Score } from '../../../shared/views.ts';
import type { ChannelCube, Workspace } from './workspace.ts';

/** One indicator of one channel, ready to be read at any node and quarter. */
export interface Measure {
  /** '' is the index. */
  code: string;
  scale: { min: number; max: number };
  at(node: number, quarter: Quarter): CellStatistics;
  over(node: number, first: Quarter, last: Quarter): CellStatistics;
}

/** The index (''), a factor, an item or a question of a channel; `undefined` when the channel never asked it. */
export function findMeasure(workspace: Workspace, cube: ChannelCube, code: string): Measure | undefined {
  const { byCode, rows } = workspace.indicators();
  const row = code === '' ? undefined : byCode.get(code);
  if (code !== '' && !row) throw new AppError('indicator-unknown', { indicator: code });
  if (!row || row.role === 'index')
    return {
      code: '',
      scale: cube.indexScale,
      at: (node, quarter) => cube.cube.index(node, quarter),
      over: (node, first, last) => cube.cube.index(node, first, last),
    };
  const item = cube.itemOf.get(row.id);
  if (item !== undefined)
    return {
      code,
      scale: cube.scales[item]!,
      at: (node, quarter) => cube.cube.cell(node, item, quarter),
      over: (node, first, last) => cube.cube.span(node, item, first, last),
    };
  const items = new Set<number>();
  for (const child of rows)
    if (child.parentId === row.id && cube.itemOf.has(child.id)) items.add(cube.itemOf.get(child.id)!);
  if (items.size === 0) return undefined;
  return {
    code,
    scale: cube.indexScale,
    at: (node, quarter) => cube.cube.index(node, quarter, quarter, items),
    over: (node, first, last) => cube.cube.index(node, first, last, items),
  };
}

/** A figure with its precision; null when nobody answered. */
export function scoreOf(cell: CellStatistics, scale: { min: number; max: number }): Score | null {
  const mean = meanOf(cell);
  if (mean === undefined) return null;
  const score100 = Math.min(100, Math.max(0, mean));
  return {
    score100,
    native: fromScore100(score100, scale),
    n: cell.n,
    nEff: nEffOf(cell),
    margin100: marginOfError(cell) ?? null,
    tier: tierOf(nEffOf(cell)),
  };
}

/** A hidden figure does not leave the engine. */
export function shownScore(cell: CellStatistics, scale: { min: number; max: number }): Score | null {
  const score = scoreOf(cell, scale);
  return score && score.tier !== 'hidden' ? score : null;
}

/** First minus second with its mark; null when either side is missing or hidden. */
export function changeBetween(first: CellStatistics, second: CellStatistics): Change | null {
  return toChange(first, second, compareCells(first, second));
}

/** A unit against the rest of its parent; null when it is the whole of it, missing or hidden. */
export function againstRest(unit: CellStatistics, whole: CellStatistics): Change | null {
  if (unit.n >= whole.n) return null;
  const rest = {
    n: whole.n - unit.n,
    sumW: whole.sumW - unit.sumW,
    sumW2: Math.max(0, whole.sumW2 - unit.sumW2),
    sumWX: whole.sumWX - unit.sumWX,
    sumWX2: whole.sumWX2 - unit.sumWX2,
  };
  return toChange(unit, rest, compareWithRest(unit, whole));
}

function toChange(first: CellStatistics, second: CellStatistics, comparison: Comparison): Change | null {
  const a = meanOf(first);
  const b = meanOf(second);
  const bases = { nEffFirst: nEffOf(first), nEffSecond: nEffOf(second) };
  if (a === undefined || b === undefined) return null;
  if (tierOf(bases.nEffFirst) === 'hidden' || tierOf(bases.nEffSecond) === 'hidden') return null;
  const mark = significanceMark(comparison, bases);
  const tested = mark !== 'not-tested' && comparison.kind === 'compared';
  return {
    points100: a - b,
    p: tested ? comparison.p : null,
    significance: mark === 'higher' || mark === 'lower' ? mark : 'none',
  };
}
