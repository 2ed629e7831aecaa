// What a figure is made on, where it is not every respondent under the current weights: which cells that gives.
// Studies of respondents are scanned answer by answer; reported scores can be narrowed by place and quarter only, and
// are left out (never taken whole) where a sample looks at single answers.
import type { Basis } from '../../../../shared/calls/call.ts';
import type { CubeCell } from '../../../../shared/domain/cube.ts';
import type { Quarter } from '../../../../shared/domain/quarter.ts';
import {
  looksAtAnswers,
  type SampleFilter,
  sampleFilter,
  takesChannel,
  takesQuarter,
} from '../../../../shared/domain/sample-filter.ts';
import { nodeAt, type ScopeTree } from '../../../../shared/domain/scope-tree.ts';
import { type Scale, toScore100 } from '../../../../shared/domain/score/scale.ts';
import type { Channel } from '../../../../shared/domain/study-mapping.ts';
import { AppError } from '../../../../shared/errors.ts';
import { scanCells } from '../../store/answer-cells.ts';
import { BASE_INDICATOR, type CellTuple, iterateBatchCells, iterateCells } from '../../store/batches.ts';
import type { ReadableConnection } from '../../store/database.ts';
import {
  type AskedQuestion,
  listAskedQuestions,
  listStudyFiles,
  type StudyFile,
} from '../../store/evidence.ts';
import { findWeightSet, type IndicatorRow } from '../../store/indicators.ts';
import type { RowConditions, ScoreCondition, ScoredItem } from '../../store/row-conditions.ts';
import { findSample } from '../../store/samples.ts';
import { listWaves } from '../../store/studies.ts';
import { findWeighting } from '../../store/weightings.ts';

/** A basis with the sample's conditions read; what is null is as it is for everybody. */
export interface ResolvedBasis {
  filter: SampleFilter | null;
  weightSet: number | null;
  weighting: number | null;
}

/** How much of a channel a sample can look at: `part` and `none` where studies that came as scores are left out. */
export type BasisReach = 'all' | 'part' | 'none';

/** Throws `sample-unknown`, `weight-set-unknown` and `weighting-unknown`. */
export function resolveBasis(db: ReadableConnection, basis: Basis, channel: Channel): ResolvedBasis {
  const { sample, weightSet = null } = basis;
  if (weightSet !== null && !findWeightSet(db, weightSet))
    throw new AppError('weight-set-unknown', { weightSet });
  const filter = sample === undefined ? null : readSample(db, sample);
  return { filter, weightSet, weighting: weightingOf(db, basis, channel) };
}

/** A weighting is of one channel; the others keep their own weights. */
function weightingOf(db: ReadableConnection, { weighting }: Basis, channel: Channel): number | null {
  if (weighting === undefined) return null;
  const row = findWeighting(db, weighting);
  if (!row) throw new AppError('weighting-unknown', { weighting });
  return row.channel === channel ? weighting : null;
}

function readSample(db: ReadableConnection, sample: number): SampleFilter {
  const row = findSample(db, sample);
  if (!row) throw new AppError('sample-unknown', { sample });
  return sampleFilter.parse(JSON.parse(row.filter));
}

export function isWhole({ filter, weightSet, weighting }: ResolvedBasis): boolean {
  return filter === null && weightSet === null && weighting === null;
}

/** Same text, same figures; '' for everybody under the current weights. */
export function basisKey(basis: ResolvedBasis): string {
  return isWhole(basis) ? '' : JSON.stringify([basis.filter, basis.weightSet, basis.weighting]);
}

interface CellSource {
  db: ReadableConnection;
  channel: Channel;
  basis: ResolvedBasis;
  /** The indicator tree and its weights on this basis. */
  rows: readonly IndicatorRow[];
  weights: ReadonlyMap<number, number>;
  treeOf(scheme: number): ScopeTree;
}

/** The cells of a channel on a basis. */
export function basisCells(source: CellSource): { cells: Iterable<CellTuple>; reach: BasisReach } {
  const { db, channel, basis } = source;
  if (basis.filter === null && basis.weighting === null)
    return { cells: iterateCells(db, channel), reach: 'all' };
  const filter = basis.filter ?? {};
  if (!takesChannel(filter, channel)) return { cells: [], reach: 'all' };
  const places = placesOf(source, filter);
  const files = listStudyFiles(db, channel);
  const answered = files.filter((file) => file.kind === 'responses');
  const reported = files.filter((file) => file.kind === 'scores');
  const leftOut = reported.length > 0 && (looksAtAnswers(filter) || basis.weighting !== null);
  const cells = answered.flatMap((file) => answeredCells(source, filter, places, file));
  if (!leftOut)
    for (const tuple of iterateBatchCells(
      db,
      reported.map((file) => file.batchId),
    ))
      if (takesLine(filter, places, tuple[0], tuple[2])) cells.push(tuple);
  return { cells, reach: !leftOut ? 'all' : answered.length > 0 ? 'part' : 'none' };
}

/** Dealers of the sample's places, and the quarters that count of each; null where all do. */
interface Places {
  dealers: Set<number> | null;
  quarters: Map<number, Set<number>> | null;
}

function placesOf({ db, channel, treeOf }: CellSource, { scheme, scopes, hits }: SampleFilter): Places {
  if (!scopes && !hits) return { dealers: null, quarters: null };
  const tree = treeOf(scheme ?? 1);
  const wanted = new Set(scopes?.map((scope) => tree.byId.get(scope)));
  const found = new Map(hits?.map((hit) => [tree.byId.get(hit.scope), new Set(hit.quarters)]));
  const passes = (own: number, quarter: Quarter): boolean => {
    let [inScopes, inHits] = [!scopes, !hits];
    for (let node = own; node >= 0; node = tree.nodes[node]!.parent) {
      inScopes ||= wanted.has(node);
      inHits ||= found.get(node)?.has(quarter) ?? false;
    }
    return inScopes && inHits;
  };
  const measured = [
    ...new Set(listWaves(db).flatMap((one) => (one.channel === channel ? [one.quarter] : []))),
  ];
  const quarters = new Map<number, Set<number>>();
  for (const dealer of new Set([...tree.nodeOfDealer.keys(), ...tree.formerNodes.keys()])) {
    const own = measured.filter((quarter) => passes(nodeAt(tree, dealer, quarter) ?? -1, quarter));
    if (own.length > 0) quarters.set(dealer, new Set(own));
  }
  const always = !hits && tree.formerNodes.size === 0;
  return { dealers: new Set(quarters.keys()), quarters: always ? null : quarters };
}

/** Whether a line of a dealer and a quarter is within the sample's places and time. */
function takesLine(
  filter: SampleFilter,
  { dealers, quarters }: Places,
  dealer: number,
  quarter: number,
): boolean {
  return (
    takesQuarter(filter, quarter) &&
    (dealers?.has(dealer) ?? true) &&
    (quarters === null || (quarters.get(dealer)?.has(quarter) ?? false))
  );
}

function answeredCells(
  source: CellSource,
  filter: SampleFilter,
  places: Places,
  file: StudyFile,
): CellTuple[] {
  const { db, rows } = source;
  const items = itemsOf(db, file);
  const idOf = new Map(rows.map((row) => [row.code, row.id]));
  const found = scanCells(db, {
    batches: [file.batchId],
    items,
    ...conditionsOn(source, filter, places, items),
  });
  return found.map(({ dealer, quarter, item, n, sumW, sumW2, sumWX, sumWX2 }): CellTuple => {
    const indicator = item < 0 ? BASE_INDICATOR : idOf.get(items[item]!.code)!;
    return [dealer, indicator, quarter, n, sumW, sumW2, sumWX, sumWX2];
  });
}

function itemsOf(db: ReadableConnection, file: Pick<StudyFile, 'questionnaireId'>): ScoredItem[] {
  return listAskedQuestions(db, [file.questionnaireId])
    .filter((one) => one.role === 'item')
    .map(scoredItem);
}

function conditionsOn(
  source: CellSource,
  filter: SampleFilter,
  places: Places,
  items: readonly ScoredItem[],
): RowConditions {
  const { weighting } = source.basis;
  return {
    where: {
      ...(filter.quarters && { quarters: filter.quarters }),
      ...(places.dealers && { dealers: places.dealers }),
      attributes: filter.attributes ?? {},
    },
    hits: places.quarters,
    scores: (filter.scores ?? []).map((one) => ({
      parts: partsOf(source, one.indicator, items),
      from: one.from ?? 0,
      to: one.to ?? 100,
    })),
    weight: weighting === null ? null : `weight/${weighting}`,
  };
}

/** Who of a channel's rows is in a basis: respondents by conditions on each file, lines of scores by place and time. */
export interface BasisRows {
  /** Null where everybody counts with the study's own weights; undefined where nobody of the file does. */
  conditions(file: Pick<StudyFile, 'questionnaireId'>): RowConditions | null | undefined;
  takesScore(dealer: number, quarter: number): boolean;
}

export function basisRows(source: CellSource): BasisRows {
  const { db, basis, channel } = source;
  if (basis.filter === null && basis.weighting === null)
    return { conditions: () => null, takesScore: () => true };
  const filter = basis.filter ?? {};
  if (!takesChannel(filter, channel)) return { conditions: () => undefined, takesScore: () => false };
  const places = placesOf(source, filter);
  const leftOut = looksAtAnswers(filter) || basis.weighting !== null;
  return {
    conditions: (file) => conditionsOn(source, filter, places, itemsOf(db, file)),
    takesScore: (dealer, quarter) => !leftOut && takesLine(filter, places, dealer, quarter),
  };
}

function scoredItem({ code, min, max, reversed }: AskedQuestion): ScoredItem {
  const scale: Scale = { min, max, reversed: reversed === 1 };
  const intercept = toScore100(min, scale);
  const slope = (toScore100(max, scale) - intercept) / (max - min);
  return { code, score: { intercept: intercept - slope * min, slope } };
}

/** The items whose weighted mean is a respondent's score on an item, a factor or the index. */
function partsOf(
  { rows, weights }: CellSource,
  indicator: string,
  items: readonly ScoredItem[],
): ScoreCondition['parts'] {
  const row = rows.find((one) => one.code === indicator);
  if (indicator !== '' && !row) throw new AppError('indicator-unknown', { indicator });
  const own = items.filter(({ code }) => code === indicator);
  if (own.length > 0) return own.map((item) => ({ ...item, weight: 1 }));
  const rowOf = new Map(rows.map((one) => [one.code, one]));
  const whole = !row || row.role === 'index';
  return items.flatMap((item) => {
    const one = rowOf.get(item.code);
    const weight = one?.role === 'item' ? (weights.get(one.id) ?? 0) : 0;
    return weight > 0 && (whole || one?.parentId === row.id) ? [{ ...item, weight }] : [];
  });
}

/** Cells at their nodes and item positions; what the tree or the items do not know is left out. */
export function* placedCells(
  cells: Iterable<CellTuple>,
  tree: ScopeTree,
  itemOf: ReadonlyMap<number, number>,
): Generator<CubeCell> {
  for (const [dealer, indicator, quarter, n, sumW, sumW2, sumWX, sumWX2] of cells) {
    const node = nodeAt(tree, dealer, quarter);
    const item = indicator === BASE_INDICATOR ? -1 : itemOf.get(indicator);
    if (node !== undefined && item !== undefined)
      yield { node, item, quarter, n, sumW, sumW2, sumWX, sumWX2 };
  }
}
