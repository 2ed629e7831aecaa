// Who counts of a file, and by which weight: conditions on respondents, brought to what their rows must meet.
import type { LinearMap } from './answer-slice.ts';
import type { NumberVector } from './answer-vector.ts';
import { conditionsOf, openConditions, type SliceFilter } from './answers.ts';
import type { ChunkReader } from './chunk-reader.ts';
import { DEALER_QUARTER, dealerQuarter } from './dealer-quarter.ts';
import { attributeVariable, itemVariable } from './response-chunk.ts';
import type { RowGate } from './row-scan.ts';

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

/** The variables that conditions look at, the weight among them. */
export function conditionVariables({ weight, scores, where }: RowConditions): string[] {
  return [
    ...(weight === null ? [] : [weight]),
    ...scores.flatMap(({ parts }) => parts.map(({ code }) => itemVariable(code))),
    ...Object.keys(where.attributes ?? {}).map(attributeVariable),
  ];
}

/** The weights that count; a chunk without the wanted ones keeps its own. */
export function weightOf(
  reader: ChunkReader,
  conditions: Pick<RowConditions, 'weight'> | null,
): NumberVector {
  const wanted = conditions?.weight ?? 'weight';
  return reader.vector(reader.has(wanted) ? wanted : 'weight') as NumberVector;
}

/** What rows of a chunk must meet; null where one of the conditions leaves out all of them. */
export function conditionGates(reader: ChunkReader, conditions: RowConditions): RowGate[] | null {
  const gates = openConditions(reader, conditionsOf(conditions.where));
  if (gates === null) return null;
  const { missing, codes, values } = weightOf(reader, conditions);
  if (missing > 0) gates.push({ codes, passes: new Uint8Array(values.length + 1).fill(1, 1) });
  if (conditions.hits) gates.push(hitsGate(reader, conditions.hits));
  for (const condition of conditions.scores) gates.push(scoreGate(reader, condition));
  return gates;
}

function hitsGate(reader: ChunkReader, hits: ReadonlyMap<number, ReadonlySet<number>>): RowGate {
  const { codes, values } = reader.vector(DEALER_QUARTER) as NumberVector;
  const passes = new Uint8Array(values.length + 1);
  for (const [k, value] of values.entries()) {
    const { dealer, quarter } = dealerQuarter(value);
    passes[k + 1] = hits.get(dealer)?.has(quarter) ? 1 : 0;
  }
  return { codes, passes };
}

const names = new WeakMap<ScoreCondition, string>();

/** Worked out once for a condition, since every figure of a sample looks at it. */
function scoreGate(reader: ChunkReader, condition: ScoreCondition): RowGate {
  const name = names.get(condition) ?? JSON.stringify(condition);
  names.set(condition, name);
  const asked = condition.parts.filter(({ code }) => reader.has(itemVariable(code)));
  const { codes } = reader.made(
    `score ${name}`,
    asked.map(({ code }) => itemVariable(code)),
    (...items) => within(reader.rows, condition, asked, items),
  );
  return { codes, passes: Uint8Array.of(0, 1) };
}

/** 1 for rows whose score is within both ends, no value for the others. */
function within(
  rows: number,
  { from, to }: ScoreCondition,
  parts: ScoreCondition['parts'],
  items: readonly NumberVector[],
): NumberVector {
  const sums = new Float64Array(rows);
  const weights = new Float64Array(rows);
  for (const [i, { score, weight }] of parts.entries()) {
    const { codes, values } = items[i]!;
    const scores = scoresByCode(values, score);
    for (let row = 0; row < rows; row++) {
      const answer = codes[row]!;
      if (answer === 0) continue;
      sums[row]! += weight * scores[answer]!;
      weights[row]! += weight;
    }
  }
  // A score that sits on an end must not miss it by the last bit of its division.
  const slack = 1e-9;
  const codes = new Uint8Array(rows);
  let found = 0;
  for (let row = 0; row < rows; row++) {
    const score = weights[row]! > 0 ? sums[row]! / weights[row]! : Number.NaN;
    if (!(score >= from - slack && score <= to + slack)) continue;
    codes[row] = 1;
    found++;
  }
  return { kind: 'numbers', codes, values: [1], missing: rows - found };
}

export function scoresByCode(values: readonly number[], { intercept, slope }: LinearMap): Float64Array {
  const scores = new Float64Array(values.length + 1);
  for (const [k, value] of values.entries()) scores[k + 1] = intercept + slope * value;
  return scores;
}
