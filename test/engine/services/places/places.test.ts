import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { openTable } from '../../../../electron/engine/importers/registry.ts';
import { parseQuarter } from '../../../../shared/domain/quarter.ts';
import { type Session, testSession } from '../../../support/engine-session.ts';
import { respondents, responsesMapping, writeResponses } from '../../../support/survey-files.ts';

const OLD = parseQuarter('2025Q2')!;
const NEW = parseQuarter('2026Q1')!;

let session: Session;
let scheme: number;

const base = async (scope: string, quarter: number, under = scheme) => {
  const { channels } = await session.call('overview.get', { scheme: under, scope, quarter, indicator: 'C' });
  return channels[0]?.score?.n ?? 0;
};
const dealer = async (code: string) =>
  (await session.call('places.dealers', {})).find((one) => one.code === code)!;
const asWas = async (code = 'regions') =>
  (await session.call('catalog.get', {})).schemes.find((one) => one.code === code && one.timing === 'as-was')!
    .id;

beforeEach(async () => {
  session = await testSession();
  for (const quarter of ['2025Q2', '2026Q1']) {
    const file = writeResponses(session.folder, `${quarter}.csv`, respondents(quarter, 800, 3));
    await session.call('import.commit', { path: file, mapping: responsesMapping() });
  }
  scheme = (await session.call('catalog.get', {})).schemes.find((one) => one.regions > 0)!.id;
});

describe('a dealer', () => {
  test('that moved counts for its new city today, and for the old one in its old quarters as it was', async () => {
    const all = await session.call('places.dealers', {});
    const moving = all.find((one) => one.city.name.zh === '广州市')!;
    const [guangzhou, shanghai] = [moving.city.code, '3101'];
    const own = {
      old: await base(`dealer:${moving.code}`, OLD),
      now: await base(`dealer:${moving.code}`, NEW),
    };
    const before = {
      oldCity: [await base(`city:${guangzhou}`, OLD), await base(`city:${guangzhou}`, NEW)],
      newCity: [await base(`city:${shanghai}`, OLD), await base(`city:${shanghai}`, NEW)],
    };
    expect(own.old).toBeGreaterThan(0);
    const moved = await session.call('places.edit', {
      dealer: moving.code,
      edit: { kind: 'move', city: '上海', from: '2026-01-01' },
    });
    expect(moved.stays).toMatchObject([{ until: '2026-01-01', city: { code: guangzhou } }]);
    expect([await base(`city:${shanghai}`, OLD), await base(`city:${shanghai}`, NEW)]).toEqual([
      before.newCity[0]! + own.old,
      before.newCity[1]! + own.now,
    ]);
    const past = await asWas();
    expect(await base(`city:${guangzhou}`, OLD, past)).toBe(before.oldCity[0]);
    expect(await base(`city:${shanghai}`, OLD, past)).toBe(before.newCity[0]);
    expect(await base(`city:${shanghai}`, NEW, past)).toBe(before.newCity[1]! + own.now);
    expect(await base(`dealer:${moving.code}`, NEW, past)).toBe(own.now);
    expect(await base(`dealer:${moving.code}/${guangzhou}`, OLD, past)).toBe(own.old);
    expect(await base('overall', OLD, past)).toBe(await base('overall', OLD));

    await session.call('places.edit', { dealer: moving.code, edit: { kind: 'unmove' } });
    expect(await base(`city:${guangzhou}`, OLD)).toBe(before.oldCity[0]);
  });

  test('that another one took over counts for it with its past, and for itself as it was', async () => {
    const [first, second] = (await session.call('places.dealers', {})).filter(
      ({ respondents }) => respondents > 50,
    );
    const old = {
      first: await base(`dealer:${first!.code}`, OLD),
      second: await base(`dealer:${second!.code}`, OLD),
    };
    await session.call('places.edit', {
      dealer: first!.code,
      edit: { kind: 'merge', into: second!.code, from: '2025-10-01' },
    });
    expect(await base(`dealer:${second!.code}`, OLD)).toBe(old.first + old.second);
    expect(await base(`dealer:${second!.code}`, OLD, await asWas())).toBe(old.second);
    expect(await session.fault('overview.get', { scheme, scope: `dealer:${first!.code}` })).toMatchObject({
      code: 'scope-unknown',
    });
    expect((await dealer(first!.code)).closed).toBe('2025-10-01');
    const circle = { dealer: second!.code, edit: { kind: 'merge', into: first!.code, from: '2025-10-01' } };
    expect(await session.fault('places.edit', circle)).toMatchObject({ code: 'dealer-edit' });
  });

  test('makes the forecasts that rest on its place out of date, and current again when the move is taken back', async () => {
    for (const [quarter, seed] of [
      ['2025Q3', 4],
      ['2025Q4', 5],
      ['2025Q1', 6],
    ] as const) {
      const file = writeResponses(session.folder, `${quarter}.csv`, respondents(quarter, 300, seed));
      await session.call('import.commit', { path: file, mapping: responsesMapping() });
    }
    await session.call('forecast.run', { scheme, quarters: [NEW] });
    const stale = async () =>
      (await session.call('quarter.close', { scheme, quarter: NEW })).channels.map((one) => one.stale);
    expect(await stale()).toEqual([false]);
    const { code, city } = (await session.call('places.dealers', {}))[0]!;
    const other = city.code === '3101' ? '北京' : '上海';
    const edit = (step: object) => session.call('places.edit', { dealer: code, edit: step as never });
    await edit({ kind: 'change', name: '改名店', city: city.code });
    expect(await stale()).toEqual([false]);
    await edit({ kind: 'move', city: other, from: '2025-07-01' });
    expect(await stale()).toEqual([true]);
    await edit({ kind: 'unmove' });
    expect(await stale()).toEqual([false]);
    await edit({ kind: 'change', name: '改名店', city: other });
    expect(await stale()).toEqual([true]);
    expect(await session.fault('forecast.run', { scheme: (await addVersion()).asWas })).toMatchObject({
      code: 'scheme-as-was',
    });
  });

  test('is added, renamed, closed and removed, each step in the log with what was before', async () => {
    const edit = (step: object) => session.fault('places.edit', { dealer: 'N1', edit: step });
    await session.call('places.edit', { dealer: 'N1', edit: { kind: 'add', name: '新店', city: '延边' } });
    expect(await dealer('N1')).toMatchObject({ city: { code: '2224' }, respondents: 0, closed: null });
    expect(await edit({ kind: 'add', name: '又一家', city: '延边' })).toMatchObject({
      code: 'dealer-exists',
    });
    expect(await edit({ kind: 'move', city: '鼓楼区', from: '2026-01-01' })).toMatchObject({
      code: 'city-unknown',
    });
    expect(await edit({ kind: 'move', city: '广州', from: '2027-01-01' })).toMatchObject({
      code: 'dealer-edit',
    });
    await session.call('places.edit', {
      dealer: 'N1',
      edit: { kind: 'change', name: '新店二', city: '2224', opened: '2020-01-01', closed: '2026-05-01' },
    });
    const entries = await session.call('audit.list', { limit: 1 });
    expect(entries[0]).toMatchObject({
      action: 'dealer.change',
      detail: {
        before: { name: '新店', opened: null, closed: null },
        after: { name: '新店二', opened: '2020-01-01', closed: '2026-05-01' },
      },
    });
    const answered = (await session.call('places.dealers', {})).find((one) => one.respondents > 0)!;
    expect(await session.fault('places.remove', { dealer: answered.code })).toMatchObject({
      code: 'dealer-in-use',
    });
    await session.call('places.remove', { dealer: 'N1' });
    expect(await dealer('N1')).toBeUndefined();
  });

  test('that a person changed stays when the import that brought it is undone', async () => {
    const hash = session.hash();
    const file = join(session.folder, 'more.csv');
    writeFileSync(
      file,
      'id,date,dealer,name,city,region,weight,a,b,c,sex\nx,2026-02-01,NEU,新来店,杭州市,east,1,9,1,90,f\n',
    );
    const { id } = await session.call('import.commit', { path: file, mapping: responsesMapping() });
    await session.call('places.edit', {
      dealer: 'NEU',
      edit: { kind: 'change', name: '新来店', city: '3301', opened: '2026-01-01' },
    });
    await session.call('import.undo', { batch: id });
    expect(await dealer('NEU')).toMatchObject({ opened: '2026-01-01', respondents: 0 });
    await session.call('places.remove', { dealer: 'NEU' });
    expect(session.hash()).toBe(hash);
  });
});

describe('a list of dealers', () => {
  const HEADER = '经销商代码,经销商名称,所在城市,开业日期,停业日期';
  const list = (lines: readonly string[]) => {
    const path = join(session.folder, 'list.csv');
    writeFileSync(path, [HEADER, ...lines].join('\n'));
    return path;
  };

  test('is shown with what it changes, loaded, and taken back to the same database', async () => {
    const [known, other] = await session.call('places.dealers', {});
    const path = list([
      `${known!.code},改名后,${known!.city.name.zh},2019年5月1日,`,
      `${other!.code},${other!.name},${other!.city.name.zh},,`,
      'L1,新一店,台北,2020-01-01,',
    ]);
    const hash = session.hash();
    const preview = await session.call('places.readList', { path });
    expect(preview.counts).toEqual({ new: 1, changed: 1, same: 1, faulty: 0 });
    expect(preview.rows[0]!.changes).toMatchObject([
      { field: 'name', before: { zh: known!.name }, after: { zh: '改名后' } },
      { field: 'opened', before: { zh: '' }, after: { zh: '2019-05-01' } },
    ]);
    expect(preview.rows[2]).toMatchObject({
      kind: 'new',
      city: { zh: '台湾省', en: 'Taiwan' },
      changes: [{ field: 'opened', after: { zh: '2020-01-01' } }],
    });
    expect(preview.unnamed.length).toBe((await session.call('places.dealers', {})).length - 2);
    expect(session.hash()).toBe(hash);
    const loaded = await session.call('places.loadList', { path });
    expect(loaded).toMatchObject({ added: 1, changed: 1 });
    expect((await dealer('L1')).city.name.zh).toBe('台湾省');
    const undone = await session.call('places.undoList', { list: loaded.id });
    expect(undone).toMatchObject({ restored: [known!.code, 'L1'], kept: [] });
    expect(await dealer('L1')).toBeUndefined();
    expect((await dealer(known!.code)).name).toBe(known!.name);
    expect(await session.fault('places.undoList', { list: loaded.id })).toMatchObject({
      code: 'dealer-list-undone',
    });
  });

  test('with faults changes nothing until the good rows alone are wanted', async () => {
    const path = list([
      'L1,一,不存在市,,',
      'L2,二,广州,2020-13-40,',
      'L3,三,广州,,',
      'L4,四,广州,,',
      'l4,四,广州,,',
      ',无码,广州,,',
    ]);
    const preview = await session.call('places.readList', { path });
    expect(preview.rows.map((row) => row.kind)).toEqual([
      ...['faulty', 'faulty', 'new', 'faulty', 'faulty', 'faulty'],
    ]);
    expect(preview.rows[0]!.nearest.length).toBe(3);
    const hash = session.hash();
    expect(await session.fault('places.loadList', { path })).toMatchObject({ code: 'dealer-list' });
    expect(session.hash()).toBe(hash);
    await session.call('places.loadList', { path, acceptGoodRows: true });
    expect(await dealer('L3')).toBeDefined();
    for (const left of ['L2', 'L4', 'l4']) expect(await dealer(left)).toBeUndefined();
  });

  test('says of every faulty row what is wrong with it, in both languages', async () => {
    const path = join(session.folder, 'hostile.csv');
    const known = (await session.call('places.dealers', {}))[0]!;
    const lines = [
      [
        'H1',
        '江苏省',
        '广州市',
        '',
        '',
        '城市“广州市”在广东省，不在江苏省',
        'is in Guangdong, not in Jiangsu',
      ],
      ['H2', '四川', '4401', '', '', '在广东省，不在四川省', 'is in Guangdong, not in Sichuan'],
      ['H3', '', '鼓楼区', '', '', '不止一处', 'more than one'],
      ['H4', '', '9999', '', '', '没有代码为“9999”的城市', 'no city has the code "9999"'],
      ['H5', '', '穗城', '', '', '没有名为“穗城”的城市', 'there is no city "穗城"'],
      ['H6', '', '广州', '2024-05-01', '2023-01-01', '停业日期早于开业日期', 'before its opening day'],
      ['H7', '', '广州', '2023-02-30', '', '2023-02-30', '2023-02-30'],
      [
        known.code.toLowerCase(),
        '',
        '广州',
        '',
        '',
        `现有代码“${known.code}”`,
        `"${known.code}" differs only`,
      ],
    ];
    const cells = lines.map(([code, province, city, opened, closed]) =>
      [code, '某店', province, city, opened, closed].join(','),
    );
    writeFileSync(path, ['代码,名称,省份,城市,开业日期,停业日期', ...cells].join('\n'));
    const hash = session.hash('whole');
    const { rows } = await session.call('places.readList', { path });
    for (const [i, line] of lines.entries()) {
      expect(rows[i]).toMatchObject({ kind: 'faulty', row: i + 2 });
      expect(rows[i]!.problem!.zh).toContain(line[5]);
      expect(rows[i]!.problem!.en).toContain(line[6]);
      for (const { en } of rows[i]!.nearest) expect(en).not.toMatch(/\p{Script=Han}/u);
    }
    expect((await session.fault('places.loadList', { path })).code).toBe('dealer-list');
    expect(session.hash('whole')).toBe(hash);
  });

  test('with days to come or behind us says who is open today, and cities count them', async () => {
    const before = (await session.call('places.cities', {})).find(({ code }) => code === '4401')!;
    const path = list(['L1,一店,广州,2027-01-01,', 'L2,二店,广州,,2026-11-20', 'L3,三店,广州,,2026-12-31']);
    await session.call('places.loadList', { path });
    const standing = ['L1', 'L2', 'L3'].map(async (code) => (await dealer(code)).standing);
    expect(await Promise.all(standing)).toEqual(['planned', 'closed', 'open']);
    const after = (await session.call('places.cities', {})).find(({ code }) => code === '4401')!;
    expect([after.dealers, after.open]).toEqual([before.dealers + 3, before.open + 1]);
  });

  test('taken back keeps what was edited since and what has answers by now', async () => {
    const path = list(['L1,一店,广州,,', 'L2,二店,广州,,', 'L3,三店,广州,,']);
    const { id } = await session.call('places.loadList', { path });
    await session.call('places.edit', {
      dealer: 'L1',
      edit: { kind: 'change', name: '一店新名', city: '4401' },
    });
    const file = join(session.folder, 'answers.csv');
    writeFileSync(
      file,
      'id,date,dealer,name,city,region,weight,a,b,c,sex\nx,2026-02-01,L2,,广州市,south,1,9,1,90,f\n',
    );
    await session.call('import.commit', { path: file, mapping: responsesMapping() });
    const preview = await session.call('places.undoList', { list: id, preview: true });
    expect(preview.kept.map(({ code }) => code)).toEqual(['L1']);
    const undone = await session.call('places.undoList', { list: id });
    expect(undone.kept.map(({ code }) => code)).toEqual(['L1', 'L2']);
    expect(undone.restored).toEqual(['L3']);
  });

  test('with another city is a move from a day on where the user says so', async () => {
    const moving = (await session.call('places.dealers', {})).find((one) => one.city.code === '4401')!;
    const path = list([`${moving.code},,杭州,,`]);
    await session.call('places.loadList', { path, cityChange: { kind: 'move', from: '2026-01-01' } });
    expect((await dealer(moving.code)).stays).toMatchObject([
      { until: '2026-01-01', city: { code: '4401' } },
    ]);
  });
});

async function addVersion() {
  const content = await session.call('schemes.get', { scheme });
  const { id: _, ...same } = content;
  const made = await session.call('schemes.save', { ...same, scheme, validFrom: '2026-01-01' });
  return { made: made.id, asWas: await asWas() };
}

describe('a region scheme', () => {
  test('gets a second version, and a view of each quarter under the version of its time', async () => {
    const { id: _, ...content } = await session.call('schemes.get', { scheme });
    const from = content.regions.find((region) => region.cities.includes('4401'))!;
    const to = content.regions.find((region) => region !== from)!;
    const own = [await base('city:4401', OLD), await base('city:4401', NEW)];
    const before = [await base(`region:${to.code}`, OLD), await base(`region:${to.code}`, NEW)];
    const regions = content.regions.map((region) => ({
      ...region,
      cities: [...region.cities.filter((city) => city !== '4401'), ...(region === to ? ['4401'] : [])],
    }));
    const made = await session.call('schemes.save', { ...content, scheme, regions, validFrom: '2026-01-01' });
    expect(made.id).not.toBe(scheme);
    expect(await base(`region:${to.code}`, OLD)).toBe(before[0]);
    expect(await base(`region:${to.code}`, OLD, made.id)).toBe(before[0]! + own[0]!);
    const past = await asWas();
    expect(await base(`region:${to.code}`, OLD, past)).toBe(before[0]);
    expect(await base(`region:${to.code}`, NEW, past)).toBe(before[1]! + own[1]!);
    const views = await session.call('schemes.list', {});
    expect(views.find((one) => one.id === scheme)!.validTo).toBe('2026-01-01');
  });

  test('that a stored result uses is followed by a new version and never changed', async () => {
    const { id: _, ...content } = await session.call('schemes.get', { scheme });
    await session.call('schemes.save', { ...content, scheme, name: { zh: '销售大区', en: 'Sales' } });
    await session.call('plan.save', { name: 'p', year: 2027, uplift: 1, channel: 'in-house', scheme });
    expect(await session.fault('schemes.save', { ...content, scheme })).toMatchObject({
      code: 'scheme-in-use',
    });
    expect(await session.fault('schemes.delete', { scheme })).toMatchObject({ code: 'scheme-in-use' });
    const made = await session.call('schemes.save', { ...content, scheme, validFrom: '2027-01-01' });
    await session.call('schemes.delete', { scheme: made.id });
    expect(await session.fault('schemes.save', { ...content, validFrom: content.validFrom })).toMatchObject({
      code: 'scheme-exists',
    });
  });

  test('is read from a table of cities, saved with cities without dealers, and written out again', async () => {
    const path = join(session.folder, 'JDP2026.csv');
    writeFileSync(path, '城市,大区\n广州,一线\n深圳市,一线\n延边,其他\n不存在,其他\n广州市,其他\n');
    const read = await session.call('schemes.readTable', { path });
    expect(read.regions).toEqual([
      { code: '一线', name: '一线', cities: ['4403'] },
      { code: '其他', name: '其他', cities: ['2224'] },
    ]);
    expect(read.problems.map(({ row, value }) => [row, value])).toEqual([
      [5, '不存在'],
      [6, '广州市'],
    ]);
    expect(read.problems[1]!.message).toEqual({
      zh: '同一城市第 2 行归入“一线”，第 6 行归入“其他”',
      en: 'the same city is in "一线" by row 2 and in "其他" by row 6',
    });
    writeFileSync(path, '城市,大区\n广州,一线\n深圳市,一线\n延边,其他\n广州市,一线\n');
    const mended = await session.call('schemes.readTable', { path });
    expect(mended.problems).toEqual([]);
    expect(mended.regions[0]!.cities).toEqual(['4401', '4403']);
    const saved = await session.call('schemes.save', {
      code: 'jdp',
      name: { zh: 'J.D. Power 城市', en: 'J.D. Power cities' },
      validFrom: '2026-01-01',
      regions: mended.regions,
    });
    expect(saved.covered).toMatchObject({ cities: 2 });
    expect(saved.regions.map(({ cities }) => cities)).toEqual([2, 1]);
    expect((await session.call('catalog.get', {})).schemes[0]!.id).toBe(scheme);
    const out = join(session.folder, 'out.xlsx');
    await session.call('schemes.export', { scheme: saved.id, path: out, language: 'zh-CN' });
    const table = await openTable(out);
    const rows: unknown[] = [];
    for await (const { cells } of table.rows()) rows.push(cells);
    await table.close();
    expect(rows).toContainEqual(['一线', '一线', '广东省', '广州市', '4401', expect.any(Number)]);
    const again = await session.call('schemes.readTable', { path: out });
    expect(again.regions).toEqual(mended.regions);
  });

  test('refuses a city in two regions and a city that nobody knows', async () => {
    const content = (cities: string[][]) => ({
      code: 'x',
      name: { zh: 'x', en: 'x' },
      validFrom: '2026-01-01',
      regions: cities.map((own, i) => ({ code: `${i}`, name: `${i}`, cities: own })),
    });
    for (const cities of [[['4401'], ['4401']], [['9999']]])
      expect(await session.fault('schemes.save', content(cities))).toMatchObject({ code: 'scheme-content' });
    expect(
      await session.fault('schemes.save', { ...content([['4401']]), validFrom: '2026-02-30' }),
    ).toMatchObject({ code: 'call-input-invalid' });
  });
});
