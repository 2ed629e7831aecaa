// Respondents counted by an attribute's choices, dealer and quarter, whatever they answered.
import { type AnswerSums, SliceTally } from './answer-slice.ts';
import type { NumberVector } from './answer-vector.ts';
import { inOneSnapshot, readersOf } from './answers.ts';
import type { ReadableConnection } from './connection.ts';
import { attributeVariable } from './response-chunk.ts';

export interface ChoiceCount extends Pick<AnswerSums, 'n' | 'sumW' | 'sumW2'> {
  dealer: number;
  quarter: number;
  /** Null counts the respondents who gave any choice; of several choices one respondent counts in each. */
  choice: string | null;
}

export function countChoices(
  connection: ReadableConnection,
  batches: readonly number[],
  attribute: string,
): ChoiceCount[] {
  const variable = attributeVariable(attribute);
  const one = { intercept: 0, slope: 0 };
  const [byChoice, answered] = [new SliceTally(one), new SliceTally(one)];
  inOneSnapshot(connection, () => {
    for (const chunk of readersOf(connection, batches, [variable, 'dealer', 'quarter', 'weight'])) {
      if (!chunk.has(variable)) continue;
      const choices = chunk.codedOrMissing(variable);
      const keep = Uint8Array.from(choices.codes, (code) => Number(code > 0));
      const item: NumberVector = {
        kind: 'numbers',
        codes: new Uint8Array(chunk.rows).fill(1),
        values: [0],
        missing: 0,
      };
      const by = [chunk.codedOrMissing('dealer'), chunk.codedOrMissing('quarter')];
      const weight = chunk.vector('weight') as NumberVector;
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
