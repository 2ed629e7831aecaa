import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { StudyMappingInput } from '../../../../shared/domain/study-mapping.ts';
import { type Session, startSession } from '../../../support/engine-session.ts';
import { HOSTILE_FILES, placeHostile } from '../../../support/hostile-files.ts';
import {
  RESPONSE_HEADER,
  respondents,
  responsesMapping,
  scoreLines,
  scoresMapping,
  writeResponses,
} from '../../../support/survey-files.ts';
import type { HostileFile } from '../../importers/hostile-file.ts';
import { cellRow, workbookFile } from '../../importers/workbook-file.ts';

let session: Session;
let before: string;

/** Something is in the database already, so that "unchanged" does not mean "empty". */
beforeAll(async () => {
  session = await startSession();
  const path = writeResponses(session.folder, 'good.csv', respondents('2026Q1', 200));
  await session.call('import.commit', { path, mapping: responsesMapping() });
  before = session.hash('whole');
});
afterAll(() => session.close());

async function refuse(path: string, mapping: StudyMappingInput, table?: StudyMappingInput['table']) {
  const error = await session.fault('import.commit', { path, mapping, table, acceptGoodRows: false });
  expect(session.hash('whole')).toBe(before);
  expect((await session.call('app.status', {})).database!.dataVersion).toBe(1);
  for (const text of [error.message.zh, error.message.en]) expect(text).not.toMatch(/\{|undefined/);
  return error;
}

/** Reads `dealer` and `score`, and the columns that hold the fault. */
function mappingFor({ file, expect: { column } }: HostileFile): StudyMappingInput {
  const isSav = file.endsWith('.sav');
  const both = { zh: 'x', en: 'x' };
  return {
    version: 1,
    study: { code: 'hostile', channel: 'in-house', name: both },
    kind: 'responses',
    questionnaire: '1',
    period: { kind: 'constant', quarter: '2026Q3' },
    place: {
      dealerName: isSav ? { constant: '店' } : { column: 'dealer' },
      city: column === 'city' ? { column: 'city' } : { constant: 'x' },
      geography: 'free',
    },
    items: [{ column: isSav ? (column ?? 'Q1') : 'score', indicator: 'SCORE', scale: { min: 0, max: 10 } }],
    indicators: [{ code: 'SCORE', role: 'item', name: both }],
  };
}

/** Warnings keep nothing out, nor does a value to the right of the table, whose column nothing uses. */
const REFUSED = HOSTILE_FILES.filter(
  ({ expect: { as, code, column }, meanwhile }) =>
    as !== 'warning' && !meanwhile && !(code === 'too-many-fields' && column !== undefined),
);

describe('a hostile file', () => {
  test('comes in at least thirty kinds', () => {
    expect(REFUSED.length).toBeGreaterThanOrEqual(30);
  });

  test.each(REFUSED.map((hostile) => [hostile.title, hostile] as const))(
    'that is %s is refused at its place, and nothing changes',
    async (_, hostile) => {
      const { as, code, row, column, sheet, value } = hostile.expect;
      const path = placeHostile(hostile, session.folder);
      const error = await refuse(path, mappingFor(hostile), hostile.options);
      expect(error.code).toBe(as === 'fault' ? 'import-file' : 'import-rejected-rows');
      if (as === 'fault') expect(error.details.file).toBe(hostile.file);
      expect(error.details).toMatchObject({ issue: code, row: row ?? '', column: column ?? '' });
      if (sheet !== undefined) expect(error.details.sheet).toBe(sheet);
      if (value !== undefined) expect(error.details.value).toBe(value);
    },
  );

  test('that changes while it is read is refused', async () => {
    const path = writeResponses(session.folder, 'growing.csv', respondents('2026Q2', 8000));
    const stop = session.engine.subscribe((event) => {
      if (event.name === 'job.progress' && event.payload.done < 8000)
        writeFileSync(path, `${RESPONSE_HEADER}\n`, { flag: 'a' });
    });
    const error = await refuse(path, responsesMapping());
    stop();
    expect(error).toMatchObject({ code: 'import-file', details: { issue: 'file-changed' } });
  });
});

const GOOD = 'S1,2026-05-01,E上海0,上海0店,上海市,East,1,5,3,50,f';
/** The good line with some fields replaced. */
function line(
  changes: Partial<Record<'id' | 'date' | 'dealer' | 'city' | 'weight' | 'a' | 'b' | 'c', string>>,
) {
  const names = RESPONSE_HEADER.split(',');
  return GOOD.split(',')
    .map((field, i) => changes[names[i] as keyof typeof changes] ?? field)
    .join(',');
}

describe('a row', () => {
  test.each<[string, Parameters<typeof line>[0], string, string, string?]>([
    ['a score above its scale', { a: '11' }, 'score-out-of-scale', 'a'],
    ['a score below its scale', { a: '0' }, 'score-out-of-scale', 'a'],
    ['an unknown unit', { a: '8.5个' }, 'number-unit', 'a'],
    ['words for a score', { b: '满意' }, 'number-unreadable', 'b'],
    ['NaN', { a: 'NaN' }, 'number-not-finite', 'a'],
    ['Infinity', { c: 'Infinity' }, 'number-not-finite', 'c'],
    ['1e309', { c: '1e309' }, 'number-not-finite', 'c'],
    ['an Excel fault', { a: '#N/A' }, 'error-cell', 'a'],
    ['a formula for a score', { a: '=1+1' }, 'number-unreadable', 'a'],
    ['a weight of 0', { weight: '0' }, 'weight-not-positive', 'weight'],
    ['a negative weight', { weight: '-1' }, 'weight-not-positive', 'weight'],
    ['a blank weight', { weight: '' }, 'value-required', 'weight', ''],
    ['an infinite weight', { weight: '1e999' }, 'number-not-finite', 'weight'],
    ['the 30th of February', { date: '2026-02-30' }, 'date-impossible', 'date'],
    ['a day to come', { date: '2026-11-22' }, 'date-in-future', 'date'],
    ['a day of 1899', { date: '1899-12-31' }, 'date-too-early', 'date'],
    ['no date', { date: '' }, 'value-required', 'date', ''],
    ['a date that may be two', { date: '5/4/2026' }, 'date-ambiguous', 'date'],
    ['an identifier that Excel rounded', { dealer: '1.38E+10' }, 'id-scientific', 'dealer'],
    ['no dealer', { dealer: '' }, 'value-required', 'dealer', ''],
    ['a respondent who answered already', { id: 'S0' }, 'duplicate-key', 'id'],
  ])('with %s is refused at its place', async (_, changes, code, column, value) => {
    const path = join(session.folder, 'row.csv');
    writeFileSync(path, [RESPONSE_HEADER, line({ id: 'S0' }), line({ id: 'S9' }), line(changes)].join('\n'));
    const error = await refuse(path, responsesMapping());
    expect(error.code).toBe('import-rejected-rows');
    const stated = value ?? Object.values(changes)[0];
    expect(error.details).toMatchObject({ issue: code, row: 4, column, value: stated, rejected: 1 });
  });

  test.each([
    ['a zero-width space', 'E上\u200b海9'],
    ['a full-width letter', 'Ｅ上海9'],
    ['a no-break space', 'E上海9\u00a0'],
  ])('of an unknown dealer with %s names the nearest', async (_, dealer) => {
    const path = join(session.folder, 'row.csv');
    writeFileSync(path, [RESPONSE_HEADER, line({ dealer })].join('\n'));
    const { place } = responsesMapping();
    const mapping = responsesMapping({ place: { ...place, createDealers: false } });
    const error = await refuse(path, mapping);
    expect(error.details).toMatchObject({
      issue: 'unknown-dealer',
      row: 2,
      column: 'dealer',
      value: 'E上海9',
    });
    const preview = await session.call('import.preview', { path, mapping });
    expect(preview.unmatched[0]!.nearest).toHaveLength(3);
    for (const { name } of preview.unmatched[0]!.nearest) expect(name).toContain('E上海');
  });

  test('of a city that is not one names the three nearest', async () => {
    const path = join(session.folder, 'row.csv');
    writeFileSync(path, [RESPONSE_HEADER, line({ dealer: 'NEW', city: '上诲市' })].join('\n'));
    const error = await refuse(path, responsesMapping());
    expect(error.details).toMatchObject({ issue: 'unknown-place', row: 2, column: 'city', value: '上诲市' });
    const preview = await session.call('import.preview', { path, mapping: responsesMapping() });
    expect(preview.unmatched[0]!.nearest[0]!.name).toContain('上海');
  });

  test.each<[string, number, string, string]>([
    ['no base size', 5, '', 'value-required'],
    ['a base of half a person', 5, '12.5', 'number-unreadable'],
    ['a negative base', 5, '-3', 'number-unreadable'],
    ['a negative spread', 7, '-1', 'number-unreadable'],
    ['a score above its scale', 6, '1001', 'score-out-of-scale'],
    ['no quarter', 0, '', 'value-required'],
  ])('of scores with %s is refused', async (_, field, text, code) => {
    const fields = scoreLines('2026Q2')[0]!.split(',');
    fields[field] = text;
    const path = join(session.folder, 'scores.csv');
    writeFileSync(path, `quarter,dealer,name,city,region,n,a,sd,b,nb\n${fields.join(',')}`);
    const error = await refuse(path, scoresMapping());
    expect(error.details).toMatchObject({ issue: code, row: 2, value: text });
  });

  test('of scores that names a unit twice is refused', async () => {
    const [first] = scoreLines('2026Q2');
    const path = join(session.folder, 'scores.csv');
    writeFileSync(path, `quarter,dealer,name,city,region,n,a,sd,b,nb\n${first}\n${first}`);
    const error = await refuse(path, scoresMapping());
    expect(error.details).toMatchObject({ issue: 'duplicate-key', row: 3, column: 'dealer' });
  });

  test('of a workbook with a dealer number of 17 digits is refused, as text it is kept', async () => {
    const path = join(session.folder, 'ids.xlsx');
    const header = RESPONSE_HEADER.split(',');
    const fields = ['S1', '2026-05-01', 2 ** 53, '店', '上海市', 'East', 1, 5, 3, 50, 'f'];
    writeFileSync(path, workbookFile({ rows: cellRow(1, header) + cellRow(2, fields) }));
    const error = await refuse(path, responsesMapping());
    expect(error.details).toMatchObject({ issue: 'id-imprecise', row: 2, column: 'dealer', sheet: 'Sheet1' });
  });
});

test('what looks hostile and is not is loaded as it stands', async () => {
  const own = await startSession();
  try {
    const path = join(own.folder, 'odd.csv');
    const long = 'x'.repeat(300);
    const rows = [
      line({ id: '=HYPERLINK("http://x")'.replaceAll('"', "'"), dealer: '..\\CON:.xlsx' }),
      line({ id: '@SUM(1)', dealer: long }),
      line({ id: '+1', dealer: '12345678901234567', a: '８．５', c: '50' }),
      line({ id: '-1', dealer: '00012', a: '8.5分' }),
      line({ id: '5', dealer: "Robert'); DROP TABLE cells;--", a: '98', b: '9' }),
    ];
    writeFileSync(path, [RESPONSE_HEADER, ...rows].join('\n'));
    const batch = await own.call('import.commit', { path, mapping: responsesMapping() });
    expect(batch.rowsLoaded).toBe(5);
    const tree = await own.call('scopes.tree', { scheme: 2 });
    const dealers = tree
      .filter(({ level }) => level === 'dealer')
      .map(({ id }) => id.slice('dealer:'.length));
    expect(dealers.sort()).toEqual(
      ['..\\CON:.xlsx', long, '12345678901234567', '00012', "Robert'); DROP TABLE cells;--"].sort(),
    );
  } finally {
    await own.close();
  }
});
