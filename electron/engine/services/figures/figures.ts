// From a channel's cube to the figures that screens and reports print: scores with precision, tested changes.

import type { Absence, Change, Score } from '../../../../shared/calls/figure.ts';
import { type CellStatistics, meanOf, nEffOf } from '../../../../shared/domain/cell.ts';
import { type FigureGroup, hiddenFigures } from '../../../../shared/domain/hidden-figures.ts';
import { marginOfError, type TierRules, tierOf } from '../../../../shared/domain/precision.ts';
import type { Quarter } from '../../../../shared/domain/quarter.ts';
import { fromScore100 } from '../../../../shared/domain/score/scale.ts';
import {
  type Comparison,
  compareCells,
  compareWithRest,
  significanceMark,
} from '../../../../shared/domain/significance.ts';
import { AppError } from '../../../../shared/errors.ts';
import type { IndicatorRow } from '../../store/indicators.ts';
import { isWhole } from '../workspace/basis.ts';
import type { ChannelCube, Workspace } from '../workspace/workspace.ts';
import { type FigureItems, guardBases } from './basis-guard.ts';

/** One indicator of one channel, ready to be read at any node and quarter. */
export interface Measure {
  /** '' is the index. */
  code: string;
  scale: { min: number; max: number };
  tiers: TierRules;
  at(node: number, quarter: Quarter): CellStatistics;
  over(node: number, first: Quarter, last: Quarter): CellStatistics;
  /** True where the figure must not be shown: its base is too small, or it would give a small one away. */
  hidden(node: number, quarter: Quarter): boolean;
}

/** The index (''), a factor, an item or a question of a channel; `undefined` when the channel never asked it. */
export function findMeasure(workspace: Workspace, cube: ChannelCube, code: string): Measure | undefined {
  const { byCode, rows } = workspace.indicators(cube.basis.weightSet);
  const { tiers } = cube;
  const row = code === '' ? undefined : byCode.get(code);
  if (code !== '' && !row) throw new AppError('indicator-unknown', { indicator: code });
  const hidden = (node: number, quarter: Quarter) =>
    hiddenIn(workspace, cube, quarter).get(row?.role === 'index' ? '' : code)?.[node] === 1;
  if (!row || row.role === 'index')
    return {
      code: '',
      hidden,
      scale: cube.indexScale,
      tiers,
      at: (node, quarter) => cube.cube.index(node, quarter),
      over: (node, first, last) => cube.cube.index(node, first, last),
    };
  const item = cube.itemOf.get(row.id);
  if (item !== undefined)
    return {
      code,
      hidden,
      scale: cube.scales[item]!,
      tiers,
      at: (node, quarter) => cube.cube.cell(node, item, quarter),
      over: (node, first, last) => cube.cube.span(node, item, first, last),
    };
  const items = new Set(itemsBelow(rows, cube, row.id));
  if (items.size === 0) return undefined;
  return {
    code,
    hidden,
    scale: cube.indexScale,
    tiers,
    at: (node, quarter) => cube.cube.index(node, quarter, quarter, items),
    over: (node, first, last) => cube.cube.index(node, first, last, items),
  };
}

/** The items of the cube that a figure is made of; a `whole` weights them, otherwise it is the one item itself. */
export function partsOf(
  workspace: Workspace,
  cube: ChannelCube,
  code: string,
): { items: readonly number[]; whole: boolean } {
  const { byCode, rows } = workspace.indicators(cube.basis.weightSet);
  const row = code === '' ? undefined : byCode.get(code);
  if (code !== '' && !row) throw new AppError('indicator-unknown', { indicator: code });
  const weighted = cube.cube.items.flatMap(({ weight }, item) => (weight > 0 ? [item] : []));
  if (!row || row.role === 'index') return { items: weighted, whole: true };
  const item = cube.itemOf.get(row.id);
  if (item !== undefined) return { items: [item], whole: false };
  return { items: itemsBelow(rows, cube, row.id), whole: true };
}

/** Weighted items of a factor that the channel asked. */
function itemsBelow(rows: readonly IndicatorRow[], channel: ChannelCube, factor: number): number[] {
  const { cube, itemOf } = channel;
  return rows.flatMap((row) => {
    if (row.parentId !== factor) return [];
    const item = itemOf.get(row.id);
    if (item === undefined) return row.role === 'factor' ? itemsBelow(rows, channel, row.id) : [];
    return cube.items[item]!.weight <= 0 ? [] : [item];
  });
}

/** By indicator code ('' is the index), one flag a node: 1 where the figure of the quarter is not shown. */
function hiddenIn(workspace: Workspace, channel: ChannelCube, quarter: Quarter): Map<string, Uint8Array> {
  const known = HIDDEN.get(channel) ?? new Map<Quarter, Map<string, Uint8Array>>();
  HIDDEN.set(channel, known);
  let flags = known.get(quarter);
  if (!flags) {
    flags = hideSmall(workspace, channel, quarter);
    known.set(quarter, flags);
  }
  return flags;
}

/** Follows from a cube and is forgotten with it. */
const HIDDEN = new WeakMap<ChannelCube, Map<Quarter, Map<string, Uint8Array>>>();

function hideSmall(workspace: Workspace, channel: ChannelCube, quarter: Quarter): Map<string, Uint8Array> {
  const { cube } = channel;
  const { rows } = workspace.indicators(channel.basis.weightSet);
  const weighted = cube.items.flatMap(({ weight }, item) => (weight > 0 ? [item] : []));
  const figures: FigureItems[] = cube.items.map(({ code }, item) => ({ code, items: [item] }));
  const groups: FigureGroup[] = [];
  const addWhole = (code: string, items: readonly number[]) => {
    groups.push({ whole: figures.length, parts: items });
    figures.push({ code, items });
  };
  addWhole('', weighted);
  for (const row of rows) {
    if (row.role === 'index' || channel.itemOf.has(row.id)) continue;
    const items = itemsBelow(rows, channel, row.id);
    if (items.length > 0) addWhole(row.code, items);
  }
  const bases = figures.map(({ items }) => cube.bases(items, quarter));
  if (!isWhole(channel.basis)) {
    const whole = channel.whole ?? workspace.cube(channel.scheme, channel.channel);
    guardBases({ figures, groups, bases, quarter, own: channel, whole }, hiddenIn(workspace, whole, quarter));
  }
  const hidden = hiddenFigures(cube.parents, bases, groups, channel.tiers.greyFrom);
  return new Map(figures.map(({ code }, f) => [code, hidden[f]!]));
}

/** The score of a node in a quarter as it may be shown: null when nobody answered or it has to stay hidden. */
export function shownAt(measure: Measure, node: number, quarter: Quarter): Score | null {
  return measure.hidden(node, quarter) ? null : scoreOf(measure.at(node, quarter), measure);
}

/** Why a node shows no score in a quarter; null where it shows one. */
export function absenceAt(
  { at, hidden }: Measure,
  { cube }: ChannelCube,
  node: number,
  quarter: Quarter,
): Absence | null {
  if (at(node, quarter).sumW > 0) return hidden(node, quarter) ? 'small-base' : null;
  return cube.base(node, quarter).sumW > 0 ? 'not-asked' : 'no-data';
}

/** The score of a node over a span of quarters; null where any of its quarters has to stay hidden, or nobody answered. */
export function shownOver(measure: Measure, node: number, first: Quarter, last: Quarter): Score | null {
  for (let quarter = first; quarter <= last; quarter++) if (measure.hidden(node, quarter)) return null;
  return scoreOf(measure.over(node, first, last), measure);
}

/** The score alone, as it may be shown, for callers that print no margin. */
export function shownMean(measure: Measure, node: number, quarter: Quarter): number | null {
  if (measure.hidden(node, quarter)) return null;
  const mean = meanOf(measure.at(node, quarter));
  return mean === undefined ? null : Math.min(100, Math.max(0, mean));
}

/** Between two quarters of a node; null when either side is missing or hidden. */
export function changeSince(measure: Measure, node: number, now: Quarter, before: Quarter): Change | null {
  if (measure.hidden(node, now) || measure.hidden(node, before)) return null;
  return changeBetween(measure.at(node, now), measure.at(node, before), measure.tiers);
}

/** A node against the rest of the one above it; null at the top, and when either side is missing or hidden. */
export function changeAgainstRest(
  measure: Measure,
  node: number,
  whole: number,
  quarter: Quarter,
): Change | null {
  if (whole < 0 || measure.hidden(node, quarter) || measure.hidden(whole, quarter)) return null;
  return againstRest(measure.at(node, quarter), measure.at(whole, quarter), measure.tiers);
}

/** A figure with its precision; null when nobody answered. */
export function scoreOf(
  cell: CellStatistics,
  { scale, tiers }: Pick<Measure, 'scale' | 'tiers'>,
): Score | null {
  const mean = meanOf(cell);
  if (mean === undefined) return null;
  const score100 = Math.min(100, Math.max(0, mean));
  return {
    score100,
    native: fromScore100(score100, scale),
    n: cell.n,
    nEff: nEffOf(cell),
    margin100: marginOfError(cell) ?? null,
    tier: tierOf(nEffOf(cell), tiers),
  };
}

/** First minus second with its mark; null when either side is missing or too small. */
export function changeBetween(
  first: CellStatistics,
  second: CellStatistics,
  tiers: TierRules,
): Change | null {
  return toChange(first, second, compareCells(first, second), tiers);
}

/** A unit against the rest of its parent; null when it is the whole of it, missing or too small. */
function againstRest(unit: CellStatistics, whole: CellStatistics, tiers: TierRules): Change | null {
  if (unit.n >= whole.n) return null;
  const rest = {
    n: whole.n - unit.n,
    sumW: whole.sumW - unit.sumW,
    sumW2: Math.max(0, whole.sumW2 - unit.sumW2),
    sumWX: whole.sumWX - unit.sumWX,
    sumWX2: whole.sumWX2 - unit.sumWX2,
  };
  return toChange(unit, rest, compareWithRest(unit, whole), tiers);
}

function toChange(
  first: CellStatistics,
  second: CellStatistics,
  comparison: Comparison,
  tiers: TierRules,
): Change | null {
  const a = meanOf(first);
  const b = meanOf(second);
  const bases = { nEffFirst: nEffOf(first), nEffSecond: nEffOf(second) };
  if (a === undefined || b === undefined) return null;
  if (tierOf(bases.nEffFirst, tiers) === 'hidden' || tierOf(bases.nEffSecond, tiers) === 'hidden')
    return null;
  const mark = significanceMark(comparison, bases, { tiers });
  const tested = mark !== 'not-tested' && comparison.kind === 'compared';
  return {
    points100: a - b,
    p: tested ? comparison.p : null,
    ...(tested && { margin100: (comparison.high - comparison.low) / 2 }),
    significance: mark === 'higher' || mark === 'lower' ? mark : 'none',
  };
}
