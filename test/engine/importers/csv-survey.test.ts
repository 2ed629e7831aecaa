import { parse } from 'csv-parse/sync';
import { expect, test } from 'vitest';
import { CsvSurvey } from '../../../electron/engine/importers/csv-survey.ts';
import { ImportFault } from '../../../electron/engine/importers/import-fault.ts';
import { seededRandom } from '../../../shared/math/random.ts';

function surveyed(text: string, cut: number): CsvSurvey | string {
  const survey = new CsvSurvey(',', 'x.csv');
  try {
    survey.push(text.slice(0, cut));
    survey.push(text.slice(cut));
    survey.end();
    return survey;
  } catch (error) {
    if (error instanceof ImportFault) return error.code;
    throw error;
  }
}

test('the survey and the parser see the same records in 20,000 random texts', () => {
  const random = seededRandom(7);
  const below = (limit: number) => random.whole(limit);
  const letters = ['"', '"', ',', ',', '\n', '\r', '\r\n', 'a', '中', ' '];
  const outcomes = { same: 0, refused: 0 };
  for (let i = 0; i < 20_000; i++) {
    const length = below(14);
    const text = Array.from({ length }, () => letters[below(letters.length)]).join('');
    const survey = surveyed(text, below(text.length + 1));
    if (typeof survey === 'string') {
      outcomes.refused++;
      continue;
    }
    const records = parse(text, {
      record_delimiter: ['\r\n', '\n', '\r'],
      relax_column_count: true,
      relax_quotes: true,
    }) as string[][];
    const filled = records.filter((cells) => cells.length > 1 || cells[0] !== '').length;
    const quotedBlank = /(^|[\r\n])""([\r\n]|$)/.test(text);
    if (!quotedBlank) expect([text, survey.records]).toEqual([text, filled]);
    outcomes.same++;
  }
  expect(outcomes.same).toBeGreaterThan(5_000);
  expect(outcomes.refused).toBeGreaterThan(1_000);
});

test('every kind of line end is seen, inside quotation marks none', () => {
  const survey = surveyed('a\r\n"b\n"\rc\n', 2) as CsvSurvey;
  expect([...survey.lineEnds].sort()).toEqual(['\n', '\r', '\r\n']);
  expect((surveyed('a\r\n"b\nc"\r\n', 1) as CsvSurvey).lineEnds.size).toBe(1);
});
