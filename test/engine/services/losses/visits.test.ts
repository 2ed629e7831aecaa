import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openTable } from '../../../../electron/engine/importers/registry.ts';
import { type Session, testSession } from '../../../support/engine-session.ts';
import { DEALERS, respondents, responsesMapping, writeResponses } from '../../../support/survey-files.ts';

const [FIRST, SECOND] = DEALERS as unknown as [{ dealer: string }, { dealer: string }];

async function withNetwork(): Promise<Session> {
  const session = await testSession();
  await session.call('import.commit', {
    path: writeResponses(session.folder, 'a.csv', respondents('2026Q2', 300, 3)),
    mapping: responsesMapping({
      study: { code: 'gone', channel: 'lost-customer', name: { zh: '流失', en: 'Gone' } },
    }),
  });
  return session;
}

function write(session: Session, name: string, lines: readonly string[]): string {
  const path = join(session.folder, name);
  writeFileSync(path, ['VIN,经销商编码,服务顾问,进店日期', ...lines].join('\n'));
  return path;
}

/** Twelve customers of one dealer who came in January, of whom six came again in July; one of another dealer. */
const LINES = [
  ...Array.from({ length: 12 }, (_, i) => `LSV${i},${FIRST.dealer},王芳,2026-01-${10 + i}`),
  ...Array.from({ length: 6 }, (_, i) => `lsv ${i},${FIRST.dealer},李强,2026-07-${10 + i}`),
  `LSV99,${SECOND.dealer},,2026-08-03`,
];

test('visits are imported under pseudonyms, counted by month and taken back without a trace', async () => {
  const session = await withNetwork();
  await session.call('forecast.run', { scheme: 2 });
  expect((await session.call('import.undoPreview', { batch: 1 })).forecasts.length).toBeGreaterThan(0);
  const before = session.hash();
  const path = write(session, 'visits.csv', LINES);
  const preview = await session.call('visits.preview', { path });
  expect(preview).toMatchObject({
    mapping: {
      customer: 'VIN',
      customerKind: 'vin',
      dealerCode: '经销商编码',
      adviser: '服务顾问',
      date: '进店日期',
    },
    counts: {
      read: 19,
      accepted: 19,
      rejected: 0,
      customers: 13,
      dealers: 2,
      advisers: 2,
      from: '2026-01-10',
      to: '2026-08-03',
    },
    duplicateOf: null,
  });
  const batch = await session.call('visits.import', { path });
  expect(batch).toMatchObject({ rowsLoaded: 19, state: 'committed' });
  const undo = await session.call('import.undoPreview', { batch: batch.id });
  expect(undo.forecasts).toEqual([]);
  const loss = await session.call('lost.visits', { scheme: 2 });
  expect(loss).toMatchObject({
    month: 2026 * 12 + 7,
    total: { states: { active: 7, marginal: 6, lost: 0, permanent: 0 }, classes: { A: 0, B: 6, C: 7, D: 0 } },
    n: 13,
  });
  expect(loss.rate).toBeCloseTo(6 / 13, 9);
  expect(loss.months.at(-1)).toMatchObject({ marginal: 6, entered: 6 });
  expect(loss.dealers[0]).toMatchObject({
    id: `dealer:${FIRST.dealer}`,
    n: 12,
    rate: 0.5,
    tier: 'grey',
    funnel: null,
  });
  expect(loss.dealers[1]).toMatchObject({ n: 1, rate: null, tier: 'hidden' });
  expect(new Map(loss.advisers.map(({ name, n, rate }) => [name.zh, [n, rate]]))).toEqual(
    new Map([
      ['王芳', [6, null]],
      ['李强', [6, null]],
      ['未登记顾问', [1, null]],
    ]),
  );
  expect(loss.margin.total).toBe(6);
  expect(loss.margin.rows[0]).toMatchObject({ since: 7, visits: 1, class: 'C' });
  expect(JSON.stringify(loss)).not.toMatch(/lsv/i);
  expect(readFileSync(join(session.folder, 'work.csi')).includes('LSV')).toBe(false);
  const stricter = await session.call('lost.visits', {
    scheme: 2,
    rules: { marginalAfter: 3, lostAfter: 6, permanentAfter: 7, classA: 4, classB: 2 },
  });
  expect(stricter.total.states).toEqual({ active: 7, marginal: 0, lost: 6, permanent: 0 });
  const own = await session.call('lost.visits', { scheme: 2, scope: `dealer:${SECOND.dealer}` });
  expect(own.total.states.active).toBe(1);
  const file = join(session.folder, 'margin.csv');
  await session.call('lost.exportMargin', { scheme: 2, path: file, language: 'en' });
  expect(readFileSync(file, 'utf8').trim().split('\n')).toHaveLength(7);
  await session.call('import.undo', { batch: batch.id });
  expect(session.hash()).toBe(before);
  expect((await session.call('lost.visits', { scheme: 2 })).lastMonth).toBeNull();
});

test('customers of several files are the same by their number, and a day counts once', async () => {
  const session = await withNetwork();
  await session.call('visits.import', { path: write(session, 'a.csv', [`V1,${FIRST.dealer},a,2026-01-05`]) });
  await session.call('visits.import', {
    path: write(session, 'b.csv', [`v1,${SECOND.dealer},b,2026-06-05`, `V1,${SECOND.dealer},b,2026-06-05`]),
  });
  const { total, dealers } = await session.call('lost.visits', { scheme: 2 });
  expect(total).toMatchObject({ states: { active: 1 }, classes: { B: 1 } });
  expect(dealers.map(({ id }) => id)).toEqual([`dealer:${SECOND.dealer}`]);
});

test('customers of a dealer that was taken over count for its successor, and the tables say under which rules', async () => {
  const session = await withNetwork();
  await session.call('visits.import', { path: write(session, 'visits.csv', LINES) });
  const before = await session.call('lost.visits', { scheme: 2 });
  await session.call('places.edit', {
    dealer: FIRST.dealer,
    edit: { kind: 'merge', into: SECOND.dealer, from: '2026-07-01' },
  });
  const loss = await session.call('lost.visits', { scheme: 2 });
  expect(loss).toMatchObject({ total: before.total, elsewhere: 0 });
  expect(loss.dealers).toMatchObject([{ id: `dealer:${SECOND.dealer}`, n: 13, states: { marginal: 6 } }]);
  const below = await session.call('lost.visits', { scheme: 2, scope: `dealer:${SECOND.dealer}` });
  expect(below.n).toBe(13);
  const path = join(session.folder, 'loss.xlsx');
  await session.call('lost.exportLoss', { scheme: 2, path, language: 'en' });
  const rowsOf = async (file: string, sheet: string) => {
    const table = await openTable(file, { sheet });
    const rows: unknown[][] = [];
    for await (const { cells } of table.rows()) rows.push([...cells]);
    await table.close();
    return rows;
  };
  const [dealer] = await rowsOf(path, 'By dealer');
  expect(dealer!.slice(1, 3)).toEqual([13, 6]);
  expect(dealer![3]).toBeCloseTo((100 * 6) / 13, 6);
  expect(await rowsOf(path, 'States by month')).toHaveLength(loss.months.length);
  const meanings = new Map((await rowsOf(path, 'Rules')) as [string, string][]);
  expect(meanings.get('Marginal')).toBe('last visit 7–12 months ago');
  expect(meanings.get('Class B')).toBe('2–3 visits in 12 months');
  const margin = join(session.folder, 'margin.xlsx');
  const rules = { marginalAfter: 3, lostAfter: 9, permanentAfter: 20, classA: 4, classB: 2 };
  await session.call('lost.exportMargin', { scheme: 2, path: margin, language: 'zh-CN', rules });
  expect(await rowsOf(margin, '判定规则')).toContainEqual(['边缘', '上次进店在 4–9 个月前']);
});

test('faulty files change nothing and say what is wrong', async () => {
  const session = await withNetwork();
  const before = session.hash('whole');
  const refused = async (name: string, lines: readonly string[]) =>
    session.fault('visits.import', { path: write(session, name, lines) });
  expect(await refused('future.csv', [`V1,${FIRST.dealer},a,2031-01-05`])).toMatchObject({
    code: 'import-rejected-rows',
    details: { issue: 'date-in-future', row: 2, column: '进店日期' },
  });
  expect(await refused('dealer.csv', ['V1,no such,a,2026-01-05'])).toMatchObject({
    code: 'import-rejected-rows',
    details: { column: '经销商编码' },
  });
  expect((await refused('nobody.csv', [`,${FIRST.dealer},a,2026-01-05`])).code).toBe('import-rejected-rows');
  expect((await refused('empty.csv', [])).code).toMatch(/^import-/);
  const odd = join(session.folder, 'odd.csv');
  writeFileSync(odd, 'x,y\n1,2\n');
  expect((await session.fault('visits.import', { path: odd })).code).toBe('import-mapping');
  expect(session.hash('whole')).toBe(before);
  const day = (opened: string | null, closed: string | null) =>
    session.call('places.edit', {
      dealer: FIRST.dealer,
      edit: { kind: 'change', name: 'A', city: '4401', opened, closed },
    });
  await day('2026-02-01', '2026-06-30');
  const life = session.hash('whole');
  const told = [
    [
      `V1,${FIRST.dealer},a,2026-01-31`,
      'visit-before-opening',
      '2026-01-31 早于',
      'before this dealer opened',
    ],
    [`V1,${FIRST.dealer},a,2026-07-01`, 'visit-after-closing', '2026-07-01 晚于', 'after this dealer closed'],
    [`,${FIRST.dealer},a,2026-05-01`, 'customer-required', '没有可辨认的客户', 'names no customer'],
    [`V1,${FIRST.dealer},a,2026-05`, 'day-required', '没有写到日', 'does not say the day'],
  ] as const;
  const all = write(session, 'told.csv', [...told.map(([line]) => line), `V1,${FIRST.dealer},a,2026-05-02`]);
  const { counts, issues } = await session.call('visits.preview', { path: all });
  expect(counts).toMatchObject({ read: 5, accepted: 1, rejected: 4 });
  for (const [i, [, code, zh, en]] of told.entries()) {
    expect(issues[i]).toMatchObject({ row: i + 2, code });
    expect(issues[i]!.message.zh).toContain(zh);
    expect(issues[i]!.message.en).toContain(en);
  }
  expect(await session.fault('visits.import', { path: all })).toMatchObject({
    code: 'import-rejected-rows',
    details: { rejected: 4, accepted: 1, issue: 'visit-before-opening', row: 2 },
  });
  expect(session.hash('whole')).toBe(life);
  await day(null, null);
  const good = write(session, 'good.csv', [`V1,${FIRST.dealer},a,2026-01-05`, 'V2,no such,a,2026-01-05']);
  const batch = await session.call('visits.import', { path: good, acceptGoodRows: true });
  expect(batch).toMatchObject({ rowsLoaded: 1, rowsRejected: 1 });
  expect((await session.fault('visits.import', { path: good })).code).toBe('import-duplicate');
});

test('visits kept out are exported without naming the customer, corrected and brought in again', async () => {
  const session = await withNetwork();
  const lines = [
    `LSVA1,${FIRST.dealer},王芳,2026-01-05`,
    `LSVA1,${FIRST.dealer},王芳,2026-02-30`,
    'LSVA2,no such,李强,2026-03-05',
    `,${FIRST.dealer},李强,2026-03-06`,
  ];
  const path = write(session, 'visits.csv', lines);
  const batch = await session.call('visits.import', { path, acceptGoodRows: true });
  expect(batch).toMatchObject({ rowsLoaded: 1, rowsRejected: 3, rowsOpen: 3 });
  expect(readFileSync(join(session.folder, 'work.csi')).includes('LSVA')).toBe(false);
  const { headers, rows } = await session.call('import.quarantine', { batch: batch.id });
  expect(headers).toEqual(['VIN', '经销商编码', '服务顾问', '进店日期']);
  expect(rows.map(({ row, cells }) => [row, cells.slice(1)])).toEqual([
    [3, [FIRST.dealer, '王芳', '2026-02-30']],
    [4, ['no such', '李强', '2026-03-05']],
    [5, [FIRST.dealer, '李强', '2026-03-06']],
  ]);
  expect(rows.map(({ cells }) => cells[0]!.replace(/[0-9a-f]{64}$/, '…'))).toEqual([
    'pseudonym:…',
    'pseudonym:…',
    '',
  ]);
  expect(rows[0]!.reasons[0]!.zh).toContain('2026-02-30');
  const target = join(session.folder, 'open.csv');
  await session.call('import.exportQuarantine', { batch: batch.id, target });
  const fixed = join(session.folder, 'fixed.csv');
  writeFileSync(fixed, readFileSync(target, 'utf8').replace('2026-02-30', '2026-06-28'));
  const asked = await session.call('visits.preview', { path: fixed });
  expect(asked).toMatchObject({
    headers,
    correctionOf: { batch: batch.id, fileName: 'visits.csv', open: 3 },
    counts: { accepted: 1, rejected: 2 },
  });
  const made = await session.call('visits.import', { path: fixed, acceptGoodRows: true });
  expect(made).toMatchObject({ rowsLoaded: 1, rowsOpen: 2 });
  expect(
    (await session.call('import.quarantine', { batch: batch.id })).rows.map((row) => row.correctedBy),
  ).toEqual([made.id, null, null]);
  const { total } = await session.call('lost.visits', { scheme: 2 });
  expect(total).toMatchObject({ states: { active: 1, marginal: 0 }, classes: { B: 1 } });
  writeFileSync(fixed, readFileSync(target, 'utf8').replace('2026-02-30', '2026-06-29'));
  expect((await session.call('visits.preview', { path: fixed })).counts).toMatchObject({
    accepted: 0,
    rejected: 2,
  });
  const wizard = await session.call('import.preview', { path: fixed });
  expect(wizard.mappingProblems[0]!.en).toContain('Losses');
  await session.call('import.undo', { batch: made.id });
  expect((await session.call('import.quarantine', { batch: batch.id })).rows[0]!.correctedBy).toBe(null);
});

test('a person who is erased is erased from the visits kept out too', async () => {
  const session = await withNetwork();
  const lines = [`LSVA1,${FIRST.dealer},a,2026-01-05`, `LSVA1,${FIRST.dealer},a,2026-02-30`];
  const path = write(session, 'visits.csv', lines);
  const { id: batch } = await session.call('visits.import', { path, acceptGoodRows: true });
  const { people } = await session.call('people.find', { text: 'LSVA1' });
  await session.call('people.erase', { pseudonym: people[0]!.pseudonym });
  expect((await session.call('import.quarantine', { batch })).rows[0]!.cells[0]).toBe('');
});

test('a correction of a study is no file of visits, and dates that may be read two ways ask for a choice', async () => {
  const session = await testSession();
  const bad = writeResponses(session.folder, 'a.csv', respondents('2026Q2', 300, 3));
  writeFileSync(bad, readFileSync(bad, 'utf8').replace(/2026-\d\d-\d\d/, '2026-02-30'));
  const { id: batch } = await session.call('import.commit', {
    path: bad,
    mapping: responsesMapping(),
    acceptGoodRows: true,
  });
  const target = join(session.folder, 'open.csv');
  await session.call('import.exportQuarantine', { batch, target });
  const preview = await session.call('visits.preview', { path: target });
  expect(preview.problems[0]!.zh).toContain('研究数据的更正文件');
  const path = write(session, 'v.csv', [
    `V1,${FIRST.dealer},a,03/04/2026`,
    `V1,${FIRST.dealer},a,05/06/2026`,
  ]);
  const unsure = await session.call('visits.preview', { path });
  expect(unsure.issues[0]).toMatchObject({ code: 'date-ambiguous' });
  const mapping = { ...unsure.mapping!, order: 'day-first' } as const;
  expect((await session.call('visits.preview', { path, mapping })).counts).toMatchObject({
    accepted: 2,
    from: '2026-04-03',
    to: '2026-06-05',
  });
});

test('a dealer nobody knows is matched by hand, and the choice and the columns are remembered', async () => {
  const session = await withNetwork();
  const file = (name: string, vin: string) => {
    const path = join(session.folder, name);
    const rows = [`${vin},${FIRST.dealer}号店,2026-01-05,${SECOND.dealer}`, `${vin},关张的店,2026-01-06,x`];
    writeFileSync(path, ['车架,4S,进店日期,备注门店', ...rows].join('\n'));
    return path;
  };
  const mapping = { customer: '车架', customerKind: 'vin', dealerCode: '4S', date: '进店日期' } as const;
  const path = file('one.csv', 'LSV1');
  const preview = await session.call('visits.preview', { path, mapping });
  expect(preview.counts).toMatchObject({ accepted: 0, rejected: 2 });
  expect(preview.unmatched).toMatchObject([
    { kind: 'dealer', name: `${FIRST.dealer}号店`, rows: 1, state: 'unknown' },
    { kind: 'dealer', name: '关张的店', rows: 1, state: 'unknown' },
  ]);
  expect(preview.unmatched[0]!.nearest[0]!.code).toBe(FIRST.dealer);
  const places = [
    { kind: 'dealer', name: `${FIRST.dealer}号店`, action: 'match', target: FIRST.dealer },
    { kind: 'dealer', name: '关张的店', action: 'leave' },
  ] as const;
  const chosen = await session.call('visits.preview', { path, mapping, places: [...places] });
  expect(chosen.counts).toMatchObject({ accepted: 1, rejected: 0, dealers: 1 });
  await session.call('visits.import', { path, mapping, places: [...places] });
  const next = await session.call('visits.preview', { path: file('two.csv', 'LSV2') });
  expect(next).toMatchObject({ mapping, counts: { accepted: 1, rejected: 0 } });
  expect(next.unmatched.map(({ choice }) => [choice?.action, choice?.remembered])).toEqual([
    ['match', true],
    ['leave', true],
  ]);
});
