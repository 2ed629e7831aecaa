import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTable } from '../../../../electron/engine/importers/registry.ts';
import { parseQuarter } from '../../../../shared/domain/quarter.ts';
import { type Session, startSession } from '../../../support/engine-session.ts';
import {
  RESPONSE_HEADER,
  type Respondent,
  respondents,
  responseLines,
  responsesMapping,
  writeResponses,
} from '../../../support/survey-files.ts';

let session: Session;
let rows: Respondent[];

/** The column of sex plays the reason: `price` where it was f, `look` where m. */
const REASONS: Record<string, string> = { f: 'price', m: 'look', '': '' };

beforeAll(async () => {
  session = await startSession();
  rows = ['2026Q1', '2026Q2'].flatMap((quarter, i) =>
    respondents(quarter, 900, 60 + i).map((row) => ({
      ...row,
      // In the second quarter half of the looks become price.
      sex: REASONS[i === 1 && row.sex === 'm' && row.weight > 1.4 ? 'f' : row.sex]!,
    })),
  );
  await session.call('import.commit', {
    path: writeResponses(session.folder, 'lost.csv', rows),
    mapping: responsesMapping({
      study: { code: 'lost', channel: 'lost-sale', name: { zh: '战败', en: 'Lost' } },
      attributes: [{ column: 'sex', code: 'why', label: { zh: '战败原因', en: 'Reason' } }],
    }),
  });
  await session.call('import.commit', {
    path: writeResponses(session.folder, 'own.csv', respondents('2026Q2', 900, 5)),
    mapping: responsesMapping(),
  });
});
afterAll(() => session.close());

const shareOf = (of: readonly Respondent[], reason: string) => {
  const answered = of.filter((row) => row.sex !== '');
  const sum = (some: readonly Respondent[]) => some.reduce((total, row) => total + row.weight, 0);
  return sum(answered.filter((row) => row.sex === reason)) / sum(answered);
};

test('reasons are weighted shares of those who gave one, with the change since the quarter before', async () => {
  const { parts, quarters } = await session.call('lost.sales', { scheme: 2 });
  expect(quarters).toHaveLength(2);
  const [reason] = parts;
  expect(reason).toMatchObject({ role: 'reason', attribute: 'why', tier: 'full' });
  const now = rows.filter((row) => row.date >= '2026-04');
  expect(reason!.n).toBe(now.filter((row) => row.sex !== '').length);
  const price = reason!.shares.find(({ value }) => value === 'price')!;
  expect(price.share).toBeCloseTo(shareOf(now, 'price'), 9);
  expect(price.before).toBeCloseTo(
    shareOf(
      rows.filter((row) => row.date < '2026-04'),
      'price',
    ),
    9,
  );
  expect(price.change).toMatchObject({ significance: 'higher' });
  expect(price.low).toBeLessThan(price.share);
  expect(reason!.quarters.map(({ shares }) => shares.reduce((sum, share) => sum! + share!, 0))).toEqual([
    expect.closeTo(1, 9),
    expect.closeTo(1, 9),
  ]);
  expect(parts.slice(1).map(({ attribute }) => attribute)).toEqual([null, null]);
});

test('areas stand beside the satisfaction of those who bought there', async () => {
  const { areas, boughtChannels } = await session.call('lost.sales', { scheme: 2 });
  expect(boughtChannels.map(({ channel }) => channel)).toEqual(['in-house']);
  expect(areas[0]!.scope).toBe('overall');
  const north = areas.find(({ scope }) => scope === 'region:North')!;
  const own = rows.filter((row) => row.date >= '2026-04' && row.region === 'North');
  expect(north.n).toBe(own.length);
  const [price] = north.shares.reason;
  expect(price!.share).toBeCloseTo(shareOf(own, 'price'), 9);
  expect(price!.low).toBeLessThan(price!.share);
  expect(price!.high).toBeGreaterThan(price!.share);
  const overview = await session.call('overview.get', {
    scheme: 2,
    scope: 'region:North',
    channel: 'in-house',
  });
  expect(north.bought[0]!.score).toEqual(
    overview.channels.find(({ channel }) => channel === 'in-house')!.score,
  );
});

test('buyers are tested against those lost, all areas together, and the tables say the same', async () => {
  const { areas } = await session.call('lost.sales', { scheme: 2 });
  for (const { lost, bought } of areas) {
    const [{ score, difference }] = bought as [(typeof bought)[number]];
    expect(difference!.points100).toBeCloseTo(score!.score100 - lost!.score100, 9);
    expect(difference!.margin100).toBeGreaterThan(0);
    expect(difference!.adjustedP).toBeGreaterThanOrEqual(difference!.p!);
  }
  const path = join(session.folder, 'sales.xlsx');
  await session.call('lost.exportSales', { scheme: 2, path, language: 'zh-CN' });
  const rowsOf = async (sheet: string) => {
    const table = await openTable(path, { sheet });
    const rows: Record<string, unknown>[] = [];
    for await (const { cells } of table.rows())
      rows.push(Object.fromEntries(table.headers.map((header, i) => [header, cells[i]])));
    const { sheets } = table;
    await table.close();
    return { rows, sheets: sheets!.map(({ name }) => name) };
  };
  const { rows: table, sheets } = await rowsOf('战败与已购 2026Q2');
  expect(sheets).toEqual(['战败原因 2026Q2', '战败原因 分地区 2026Q2', '战败与已购 2026Q2']);
  expect(table).toHaveLength(areas.length);
  expect(table[0]).toMatchObject({ 地区: '全国', '战败客户 样本量': areas[0]!.lost!.n });
  expect(table[0]!['自有调研 高于战败 (百分制)']).toBeCloseTo(areas[0]!.bought[0]!.difference!.points100, 9);
  const { rows: shares } = await rowsOf('战败原因 2026Q2');
  expect(shares[0]).toMatchObject({ 战败原因: 'price', 显著性: '显著高', 级别: '完整' });
});

test('answers of a dealer that moved stay with its old place in its old quarters as it was', async () => {
  const own = await startSession();
  const lost = ['2026Q1', '2026Q2'].flatMap((quarter, i) => respondents(quarter, 900, 60 + i));
  await own.call('import.commit', {
    path: writeResponses(own.folder, 'lost.csv', lost),
    mapping: responsesMapping({
      study: { code: 'lost', channel: 'lost-sale', name: { zh: '战败', en: 'Lost' } },
      attributes: [{ column: 'sex', code: 'why', label: { zh: '战败原因', en: 'Reason' } }],
    }),
  });
  const reasons = async (scheme: number, quarter: string) => {
    const input = { scheme, scope: 'region:North', quarter: parseQuarter(quarter)! };
    return (await own.call('lost.sales', input)).parts[0]!.n;
  };
  const before = { q1: await reasons(2, '2026Q1'), q2: await reasons(2, '2026Q2') };
  const moving = (await own.call('places.dealers', {})).find(({ city }) => city.code === '1101')!;
  await own.call('places.edit', {
    dealer: moving.code,
    edit: { kind: 'move', city: '4401', from: '2026-04-01' },
  });
  const { schemes } = await own.call('catalog.get', {});
  const asWas = schemes.find(({ code, timing }) => code === 'regions' && timing === 'as-was')!.id;
  expect(await reasons(asWas, '2026Q1')).toBe(before.q1);
  expect(await reasons(asWas, '2026Q2')).toBeLessThan(before.q2);
  expect(await reasons(2, '2026Q1')).toBeLessThan(before.q1);
  await own.close();
});

test('on a sample reasons are those of its respondents, beside the buyers in it', async () => {
  const filter = { scores: [{ indicator: 'A', from: 60 }] };
  const { id: sample } = await session.call('samples.save', { name: 'content', filter });
  const all = await session.call('lost.sales', { scheme: 2 });
  const { parts, areas, quarters, notes } = await session.call('lost.sales', {
    scheme: 2,
    basis: { sample },
  });
  const now = rows.filter((row) => row.date >= '2026-04' && row.a !== null && (row.a - 1) * (100 / 9) >= 60);
  expect(parts[0]!.n).toBe(now.filter((row) => row.sex !== '').length);
  expect(parts[0]!.n).toBeLessThan(all.parts[0]!.n);
  expect(parts[0]!.shares.find(({ value }) => value === 'price')!.share).toBeCloseTo(
    shareOf(now, 'price'),
    9,
  );
  expect(quarters).toEqual(all.quarters);
  expect(areas[0]!.bought[0]!.score!.score100).toBeGreaterThan(all.areas[0]!.bought[0]!.score!.score100);
  expect(notes).toEqual([]);
  // A sample that nobody of the channel is in.
  const { id: nobody } = await session.call('samples.save', {
    name: 'buyers',
    filter: { channels: ['in-house'] },
  });
  const none = await session.call('lost.sales', { scheme: 2, basis: { sample: nobody } });
  expect(none.parts[0]).toMatchObject({ n: 0, shares: [], tier: 'hidden' });
  expect(none.notes.map(({ zh }) => zh)).toEqual(['该样本在战败客户中没有受访者。']);
});

test('a sample of all but a few tells nothing that would give the few away', async () => {
  const own = await startSession();
  const answers = respondents('2026Q2', 600, 61);
  const few = new Set(answers.filter((row) => row.sex !== '').slice(0, 5));
  const path = join(own.folder, 'few.csv');
  const lines = responseLines(answers).map((line, i) => `${line},${few.has(answers[i]!) ? 'few' : 'many'}`);
  writeFileSync(path, [`${RESPONSE_HEADER},flag`, ...lines].join('\n'));
  await own.call('import.commit', {
    path,
    mapping: responsesMapping({
      study: { code: 'lost', channel: 'lost-sale', name: { zh: '战败', en: 'Lost' } },
      attributes: [
        { column: 'sex', code: 'why', label: { zh: '战败原因', en: 'Reason' } },
        { column: 'flag', code: 'flag', label: { zh: '标记', en: 'Flag' } },
      ],
    }),
  });
  const { id: sample } = await own.call('samples.save', {
    name: 'many',
    filter: { attributes: { flag: ['many'] } },
  });
  const { parts, areas } = await own.call('lost.sales', { scheme: 2, basis: { sample } });
  expect(parts[0]!.n).toBeGreaterThan(300);
  expect(parts[0]).toMatchObject({ shares: [], tier: 'hidden' });
  expect(areas[0]!.shares.reason.every((share) => share === null)).toBe(true);
  await own.close();
});

test('whoever knows better says which attribute is what, and the log keeps it', async () => {
  await session.call('lost.setRoles', { reason: null, brand: 'why', stage: null });
  const { parts } = await session.call('lost.sales', { scheme: 2 });
  expect(parts.map(({ attribute }) => attribute)).toEqual([null, 'why', null]);
  const [entry] = await session.call('audit.list', {});
  expect(entry).toMatchObject({ action: 'lost-sale.roles' });
});

test('without a study of lost sales there is nothing to show', async () => {
  const own = await startSession();
  expect((await own.fault('lost.sales', { scheme: 1 })).code).toBe('channel-without-data');
  await own.close();
});
