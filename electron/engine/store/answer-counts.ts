// Respondents counted by an attribute's choices, dealer and quarter, whatever they answered.
import { type AnswerSums, SliceTally } from './answer-slice.ts';
import type { NumberVector } from './answer-vector.ts';
import { inOneSnapshot, openChunks } from './answers.ts';
import { rowsThatPass } from './chunk-rows.ts';
import type { ReadableConnection } from './connection.ts';
import { attributeVariable } from './response-chunk.ts';
import { conditionVariables, type RowConditions, weightOf } from './row-conditions.ts';

export interface ChoiceCount extends Pick<AnswerSums, 'n' | 'sumW' | 'sumW2'> {
  dealer: number;
  quarter: number;
  /** Null counts the respondents who gave any choice; of several choices one respondent counts in each. */
  choice: string | null;
}

/** `conditions`: who of a batch counts; null for everybody with the study's own weights, undefined for nobody. */
export function countChoices(
  connection: ReadableConnection,
  batches: readonly number[],
  attribute: string,
  conditions: (batch: number) => RowConditions | null | undefined,
): ChoiceCount[] {
  const variable = attributeVariable(attribute);
  const one = { intercept: 0, slope: 0 };
  const [byChoice, answered] = [new SliceTally(one), new SliceTally(one)];
  inOneSnapshot(connection, () => {
    const met = new Map(batches.map((batch) => [batch, conditions(batch)]));
    const looked = [...met.values()].flatMap((one) => (one ? conditionVariables(one) : []));
    const variables = [variable, 'dealer', 'quarter', 'weight', ...looked];
    for (const { reader: chunk, batch } of openChunks(connection, batches, variables)) {
      const own = met.get(batch);
      if (own === undefined || !chunk.has(variable)) continue;
      const passing = rowsThatPass(chunk, [], own);
      if (passing === 'none') continue;
      const choices = chunk.codedOrMissing(variable);
      const keep = answeredRows(choices.codes, passing);
      const item: NumberVector = {
        kind: 'numbers',
        codes: new Uint8Array(chunk.rows).fill(1),
        values: [0],
        missing: 0,
      };
      const by = [chunk.codedOrMissing('dealer'), chunk.codedOrMissing('quarter')];
      const weight = weightOf(chunk, own);
      byChoice.add({ item, by: [...by, choices], weight, keep });
      answered.add({ item, by, weight, keep });
    }
  });
  return [...byChoice.groups(), ...answered.groups()].flatMap(({ keys, n, sumW, sumW2 }): ChoiceCount[] => {
    const [dealer, quarter, choice = null] = keys;
    if (typeof dealer !== 'number' || typeof quarter !== 'number') return [];
    if (keys.length === 3 && choice === null) return [];
    return [{ dealer, quarter, choice: choice === null ? null : String(choice), n, sumW, sumW2 }];
  });
}

function answeredRows(codes: ArrayLike<number>, passing: 'all' | Uint16Array): Uint8Array {
  if (passing === 'all') return Uint8Array.from(codes, (code) => Number(code > 0));
  const keep = new Uint8Array(codes.length);
  for (const row of passing) keep[row] = Number(codes[row]! > 0);
  return keep;
}
