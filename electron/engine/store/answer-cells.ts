// Cells of a part of the respondents: one pass over the chunks, each row tallied by dealer, quarter and item.
// What an import writes for everybody, worked out anew for those who meet some conditions.
import type { CellStatistics } from '../../../shared/domain/cell.ts';
import type { LinearMap } from './answer-slice.ts';
import type { CodedVector, NumberVector } from './answer-vector.ts';
import { conditionsOf, inOneSnapshot, readersOf, rowsPassing, type SliceFilter } from './answers.ts';
import type { ChunkReader } from './chunk-reader.ts';
import type { ReadableConnection } from './connection.ts';
import { attributeVariable, itemVariable } from './response-chunk.ts';

/** A question as it becomes a score on 0-100. */
export interface ScoredItem {
  code: string;
  score: LinearMap;
}

/** The mean of what a respondent answered of some items, by weight, within both ends. */
export interface ScoreCondition {
  parts: readonly (ScoredItem & { weight: number })[];
  from: number;
  to: number;
}

/** Which rows count, and by which weight. */
export interface RowConditions {
  where: SliceFilter;
  /** Dealers, each with the quarters in which it counts. */
  hits: ReadonlyMap<number, ReadonlySet<number>> | null;
  scores: readonly ScoreCondition[];
  /** Another variable than `weight`; a chunk without it keeps its own weights, a row without a value is left out. */
  weight: string | null;
}

export interface CellScan extends RowConditions {
  batches: readonly number[];
  items: readonly ScoredItem[];
}

export interface ScannedCell extends CellStatistics {
  dealer: number;
  quarter: number;
  /** Position in `items`; -1 counts the respondents themselves. */
  item: number;
}

const FIELDS = 5;

/** The cells of those who pass; a dealer x quarter x item may come in parts. */
export function scanCells(connection: ReadableConnection, scan: CellScan): ScannedCell[] {
  const variables = new Set([
    'dealer',
    'quarter',
    'weight',
    ...conditionVariables(scan),
    ...scan.items.map(({ code }) => itemVariable(code)),
  ]);
  const found: ScannedCell[] = [];
  inOneSnapshot(connection, () => {
    for (const chunk of readersOf(connection, scan.batches, [...variables])) {
      const keep = keptRows(chunk, scan);
      if (keep === 'none') continue;
      tally(chunk, scan, keep, found);
    }
  });
  return found;
}

/** The variables that conditions look at, the weight among them. */
export function conditionVariables({ weight, scores, where }: RowConditions): string[] {
  return [
    ...(weight === null ? [] : [weight]),
    ...scores.flatMap(({ parts }) => parts.map(({ code }) => itemVariable(code))),
    ...Object.keys(where.attributes ?? {}).map(attributeVariable),
  ];
}

/** By row of a chunk, 1 where it meets every condition. */
export function keptRows(chunk: ChunkReader, scan: RowConditions): Uint8Array | 'none' {
  const passing = rowsPassing(chunk, conditionsOf(scan.where));
  if (passing === 'none') return 'none';
  const keep = passing === 'all' ? new Uint8Array(chunk.rows).fill(1) : passing;
  for (const condition of scan.scores) keepWithin(chunk, condition, keep);
  if (scan.hits) keepHits(chunk, scan.hits, keep);
  return keep;
}

function keepHits(
  chunk: ChunkReader,
  hits: ReadonlyMap<number, ReadonlySet<number>>,
  keep: Uint8Array,
): void {
  const dealers = chunk.codedOrMissing('dealer');
  const quarters = chunk.codedOrMissing('quarter');
  const width = quarters.values.length + 1;
  const pass = new Uint8Array((dealers.values.length + 1) * width);
  dealers.values.forEach((dealer, d) => {
    const own = hits.get(dealer as number);
    quarters.values.forEach((quarter, q) => {
      if (own?.has(quarter as number)) pass[(d + 1) * width + q + 1] = 1;
    });
  });
  for (let i = 0; i < keep.length; i++)
    keep[i] = keep[i]! & pass[dealers.codes[i]! * width + quarters.codes[i]!]!;
}

function keepWithin(chunk: ChunkReader, { parts, from, to }: ScoreCondition, keep: Uint8Array): void {
  const sums = new Float64Array(chunk.rows);
  const weights = new Float64Array(chunk.rows);
  for (const { code, score, weight } of parts) {
    const variable = itemVariable(code);
    if (!chunk.has(variable)) continue;
    const vector = chunk.vector(variable) as NumberVector;
    const scores = scoresByCode(vector, score);
    for (let i = 0; i < keep.length; i++) {
      const answer = vector.codes[i]!;
      if (answer === 0) continue;
      sums[i]! += weight * scores[answer]!;
      weights[i]! += weight;
    }
  }
  // A score that sits on an end must not miss it by the last bit of its division.
  const slack = 1e-9;
  for (let i = 0; i < keep.length; i++) {
    const score = weights[i]! > 0 ? sums[i]! / weights[i]! : Number.NaN;
    if (!(score >= from - slack && score <= to + slack)) keep[i] = 0;
  }
}

function scoresByCode({ values }: NumberVector, { intercept, slope }: LinearMap): Float64Array {
  const scores = new Float64Array(values.length + 1);
  scores.set(
    values.map((value) => intercept + slope * value),
    1,
  );
  return scores;
}

/** By row, the weight; 0 for those left out. */
function weightsOf(chunk: ChunkReader, { weight }: CellScan, keep: Uint8Array): Float64Array {
  const variable = weight !== null && chunk.has(weight) ? weight : 'weight';
  const { codes, values } = chunk.vector(variable) as NumberVector;
  const byCode = new Float64Array(values.length + 1);
  byCode.set(values, 1);
  const weights = new Float64Array(keep.length);
  for (let i = 0; i < keep.length; i++) weights[i] = keep[i]! * byCode[codes[i]!]!;
  return weights;
}

function tally(chunk: ChunkReader, scan: CellScan, keep: Uint8Array, found: ScannedCell[]): void {
  const dealers = chunk.codedOrMissing('dealer');
  const quarters = chunk.codedOrMissing('quarter');
  const width = quarters.values.length + 1;
  const groups = new Uint32Array(keep.length);
  for (let i = 0; i < groups.length; i++) groups[i] = dealers.codes[i]! * width + quarters.codes[i]!;
  const weights = weightsOf(chunk, scan, keep);
  const size = (dealers.values.length + 1) * width;
  const everybody = { codes: new Uint8Array(keep.length).fill(1), scores: new Float64Array(2) };
  const collect = (item: number, codes: CodedVector['codes'], scores: Float64Array) => {
    const sums = sumGroups(groups, size, weights, codes, scores);
    dealers.values.forEach((dealer, d) => {
      quarters.values.forEach((quarter, q) => {
        const at = ((d + 1) * width + q + 1) * FIELDS;
        const [n, sumW, sumW2, sumWX, sumWX2] = sums.subarray(at, at + FIELDS) as unknown as Sums;
        if (n > 0)
          found.push({
            dealer: dealer as number,
            quarter: quarter as number,
            item,
            n,
            sumW,
            sumW2,
            sumWX,
            sumWX2,
          });
      });
    });
  };
  collect(-1, everybody.codes, everybody.scores);
  scan.items.forEach(({ code, score }, item) => {
    if (!chunk.has(itemVariable(code))) return;
    const vector = chunk.vector(itemVariable(code)) as NumberVector;
    collect(item, vector.codes, scoresByCode(vector, score));
  });
}

type Sums = [n: number, sumW: number, sumW2: number, sumWX: number, sumWX2: number];

function sumGroups(
  groups: Uint32Array,
  size: number,
  weights: Float64Array,
  codes: CodedVector['codes'],
  scores: Float64Array,
): Float64Array {
  const sums = new Float64Array(size * FIELDS);
  for (let i = 0; i < groups.length; i++) {
    const w = weights[i]!;
    if (w === 0 || codes[i] === 0) continue;
    const x = scores[codes[i]!]!;
    const at = groups[i]! * FIELDS;
    sums[at]! += 1;
    sums[at + 1]! += w;
    sums[at + 2]! += w * w;
    sums[at + 3]! += w * x;
    sums[at + 4]! += w * x * x;
  }
  return sums;
}
