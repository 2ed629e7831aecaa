import { expect, test } from 'vitest';
import { carryMapping } from '../../../shared/domain/carry-mapping.ts';
import type { ColumnMatch } from '../../../shared/domain/column-match.ts';
import { type StudyMappingInput, studyMapping } from '../../../shared/domain/study-mapping.ts';

const both = (text: string) => ({ zh: text, en: text });
const same = (name: string): ColumnMatch => ({ from: name, to: name, reason: 'same', likeness: 1 });
const renamed = (from: string, to: string): ColumnMatch => ({ from, to, reason: 'similar', likeness: 0.8 });

function former(changes: Partial<StudyMappingInput> = {}) {
  return studyMapping.parse({
    version: 1,
    study: { code: 's', channel: 'in-house', name: both('s') },
    kind: 'responses',
    questionnaire: '2013',
    period: { kind: 'constant', quarter: '2013Q2' },
    place: { dealerCode: { column: 'GATE' }, city: { constant: 'x' }, geography: 'free' },
    weight: { column: 'W' },
    items: [
      { column: 'A', indicator: 'I.A', scale: { min: 1, max: 5 }, missing: [0, 6] },
      { column: 'B', indicator: 'I.B', scale: { min: 1, max: 5 } },
    ],
    attributes: [{ column: 'SEX', code: 'sex', label: both('sex') }],
    indicators: [{ code: 'I.A', role: 'item', name: both('a') }],
    ...changes,
  } satisfies StudyMappingInput);
}

test('each column becomes its counterpart; indicators, scales and missing codes stay', () => {
  const matches = [renamed('A', 'A2'), same('B'), same('GATE'), same('W'), same('SEX')];
  const { mapping, gone, renamed: moved } = carryMapping(former(), matches, 'wave_2014.csv');
  expect(mapping.items).toMatchObject([
    { column: 'A2', indicator: 'I.A', missing: [0, 6] },
    { column: 'B', indicator: 'I.B' },
  ]);
  expect(gone).toEqual([]);
  expect(moved).toEqual([renamed('A', 'A2')]);
  expect(mapping.questionnaire).toBe('2014');
  expect(mapping.period).toEqual({ kind: 'constant', quarter: '2014Q2' });
});

test('what has no counterpart is left out and named', () => {
  const { mapping, gone } = carryMapping(former(), [same('A'), same('GATE')], 'x.csv');
  expect(mapping.items).toHaveLength(1);
  expect(mapping.weight).toBeUndefined();
  expect(gone).toEqual(
    [
      { column: 'W', indicator: null },
      { column: 'B', indicator: 'I.B' },
      { column: 'SEX', indicator: null },
    ].sort(
      (a, b) =>
        gone.findIndex((one) => one.column === a.column) - gone.findIndex((one) => one.column === b.column),
    ),
  );
});

test('the same questions keep the version; others get the next one', () => {
  const all = ['A', 'B', 'GATE', 'W', 'SEX'].map(same);
  expect(carryMapping(former({ questionnaire: 'v1' }), all, 'x.csv').mapping.questionnaire).toBe('v1');
  const moved = [renamed('A', 'A2'), ...all.slice(1)];
  expect(carryMapping(former({ questionnaire: 'v1' }), moved, 'x.csv').mapping.questionnaire).toBe('v1-2');
  expect(carryMapping(former({ questionnaire: 'v1-2' }), moved, 'x.csv').mapping.questionnaire).toBe('v1-3');
});

test('a fixed quarter follows the file’s name, else moves on by one', () => {
  const all = ['A', 'B', 'GATE', 'W', 'SEX'].map(same);
  const quarter = (name: string) => carryMapping(former(), all, name).mapping.period;
  expect(quarter('2015Q4.csv')).toMatchObject({ quarter: '2015Q4' });
  expect(quarter('wave 2016.csv')).toMatchObject({ quarter: '2016Q2' });
  expect(quarter('next.csv')).toMatchObject({ quarter: '2013Q3' });
});
