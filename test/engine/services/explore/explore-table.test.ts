import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ExploreQueryInput, ExploreTable } from '../../../../shared/calls/explore.ts';
import { quarterOf } from '../../../../shared/domain/quarter.ts';
import { type Session, startSession } from '../../../support/engine-session.ts';
import {
  type InHouseRow,
  importInHouse,
  inHouseRows,
  itemOver,
  wholeOver,
} from '../../../support/in-house.ts';

describe('a table over one in-house file', () => {
  let session: Session;
  let scheme: number;
  const rows = inHouseRows();

  beforeAll(async () => {
    session = await startSession();
    await importInHouse(session);
    const { schemes } = await session.call('catalog.get', {});
    scheme = schemes.find((one) => one.regions > 0)!.id;
  });
  afterAll(() => session.close());

  const table = (query: Omit<ExploreQueryInput, 'scheme'>) =>
    session.call('explore.table', { scheme, ...query });
  const labels = (found: ExploreTable, r: number) => found.rows[r]!.labels.map((label) => label.zh);

  /** Every shown score against the one worked out from the file's rows that `belongs` picks. */
  function expectScores(
    found: ExploreTable,
    belongs: (row: InHouseRow, labels: string[], column: string) => boolean,
    score: (rows: InHouseRow[]) => number,
  ): number {
    let checked = 0;
    found.rows.forEach((_, r) => {
      found.columns.forEach((column, c) => {
        const cell = found.cells[r]![c];
        if (!cell?.score) return;
        const own = rows.filter((one) => belongs(one, labels(found, r), column.labels[0]!.zh));
        expect(cell.values[0]).toBeCloseTo(score(own), 9);
        checked++;
      });
    });
    return checked;
  }

  const isTotal = (label: string) => label === '合计';

  it('gives the index by area and answer as the file does', async () => {
    const found = await table({
      rows: [{ kind: 'scope', level: 'region' }],
      columns: [{ kind: 'attribute', code: 'age' }],
    });
    const checked = expectScores(
      found,
      ({ row }, [region], age) =>
        (isTotal(region!) || row.大区 === region) && (isTotal(age) || (row.年龄段 || '未回答') === age),
      (own) => wholeOver(own),
    );
    expect(checked).toBeGreaterThan(30);
  });

  it('gives factors and items by two answers as the file does, narrowed by a third', async () => {
    for (const [indicator, score] of [
      ['SA', (own: InHouseRow[]) => wholeOver(own, 'SA')],
      ['SI3', (own: InHouseRow[]) => itemOver(own, 'SI3').mean],
      ['OSAT', (own: InHouseRow[]) => itemOver(own, 'OSAT').mean],
    ] as const) {
      const found = await table({
        rows: [
          { kind: 'attribute', code: 'model' },
          { kind: 'attribute', code: 'visit-purpose' },
        ],
        columns: [{ kind: 'attribute', code: 'age' }],
        filters: { indicator, attributes: [{ code: 'gender', values: ['女'] }] },
      });
      const checked = expectScores(
        found,
        ({ row }, [model, purpose], age) =>
          row.性别 === '女' &&
          (isTotal(model!) || row.车型 === model) &&
          (isTotal(purpose!) || row.到店目的 === purpose) &&
          (isTotal(age) || (row.年龄段 || '未回答') === age),
        score,
      );
      expect(checked).toBeGreaterThan(20);
    }
  });

  it('counts a respondent once in each choice, and once in the total', async () => {
    const found = await table({
      rows: [{ kind: 'attribute', code: 'services' }],
      measures: ['n', 'share'],
      filters: { indicator: 'OSAT' },
    });
    found.rows.forEach((row, r) => {
      const choice = row.labels[0]!.zh;
      const own = rows.filter(({ row: raw }) => {
        const chosen = (raw.服务项目 ?? '').split(';').filter((one) => one !== '');
        return isTotal(choice) || (choice === '未回答' ? chosen.length === 0 : chosen.includes(choice));
      });
      expect(found.cells[r]![0]!.values[0]).toBe(itemOver(own, 'OSAT').n);
      const weight = (some: InHouseRow[]) => some.reduce((sum, one) => sum + one.weight, 0);
      expect(found.cells[r]![0]!.values[1]).toBeCloseTo((100 * weight(own)) / weight(rows), 9);
    });
    const [total, ...parts] = found.cells.map((line) => line[0]!.values[0]!);
    expect(parts.reduce((sum, n) => sum + n, 0)).toBeGreaterThan(total!);
    expect(found.notes.some((note) => note.zh.includes('多选题'))).toBe(true);
  });

  it('gives the same from the answers as from the cube', async () => {
    const query = { rows: [{ kind: 'scope', level: 'dealer' }], measures: ['score', 'n'] } as const;
    const [first] = await Promise.all([
      table({ ...query, rows: [...query.rows], measures: [...query.measures] }),
    ]);
    const every = ['男', '女', ''];
    const second = await table({
      rows: [...query.rows],
      measures: [...query.measures],
      filters: { attributes: [{ code: 'gender', values: every }] },
    });
    expect(second.rows).toEqual(first.rows);
    expect(second.hidden).toBe(first.hidden);
    first.cells.forEach((line, r) => {
      const other = second.cells[r]![0];
      expect(other?.score === null).toBe(line[0]?.score === null);
      if (line[0]?.score) {
        expect(other!.score!.score100).toBeCloseTo(line[0].score.score100, 9);
        expect(other!.score!.margin100).toBeCloseTo(line[0].score.margin100!, 9);
        expect(other!.score!.nEff).toBeCloseTo(line[0].score.nEff, 9);
      }
    });
  });

  it('counts the satisfied from four of five and eight of ten', async () => {
    const found = await table({
      rows: [{ kind: 'indicator', show: 'items' }],
      measures: ['satisfied'],
      filters: { scope: 'overall' },
    });
    const at = found.rows.findIndex((row) => row.place.indicator === 'OSAT');
    const answered = rows.filter((one) => one.scores.OSAT !== undefined);
    const satisfied = answered.filter((one) => Number(one.row['Q1_总体满意度（10分制）']) >= 8);
    const weight = (some: InHouseRow[]) => some.reduce((sum, one) => sum + one.weight, 0);
    expect(found.cells[at]![0]!.values[0]).toBeCloseTo((100 * weight(satisfied)) / weight(answered), 9);
  });

  it('sorts within what rows are part of, keeps totals first, and says how many rows there are', async () => {
    const found = await table({
      rows: [
        { kind: 'scope', level: 'region' },
        { kind: 'scope', level: 'province' },
      ],
      sort: { column: 0, measure: 0, order: 'descending' },
      limit: 9,
    });
    expect(found.rows).toHaveLength(9);
    expect(found.rowCount).toBeGreaterThan(30);
    expect(found.rows[0]!.kind).toBe('total');
    expect(found.rows[1]!.kind).toBe('subtotal');
    const provinces = found.rows.slice(2).filter((row) => row.labels[0]!.zh === found.rows[1]!.labels[0]!.zh);
    const scores = provinces.map((row) => found.cells[found.rows.indexOf(row)]![0]!.values[0]!);
    expect(scores).toEqual([...scores].sort((a, b) => b - a));
  });

  it('groups numbers into bands', async () => {
    const found = await table({
      rows: [{ kind: 'attribute', code: 'purchase-year', bands: [2022, 2024] }],
      measures: ['n'],
      filters: { indicator: 'OSAT' },
    });
    expect(found.rows.map((row) => row.labels[0]!.zh)).toEqual([
      '合计',
      '2022 以下',
      '2022 至不足 2024',
      '2024 及以上',
      ...(found.rows.length > 4 ? ['未回答'] : []),
    ]);
    const old = rows.filter(({ row }) => row.购车年份 !== '' && Number(row.购车年份) < 2022);
    expect(found.cells[1]![0]!.values[0]).toBe(itemOver(old, 'OSAT').n);
  });

  it('hides small cells and whatever would give them away', async () => {
    const found = await table({
      rows: [{ kind: 'scope', level: 'province' }],
      columns: [{ kind: 'attribute', code: 'model' }],
      filters: { indicator: 'OSAT' },
    });
    expect(found.hidden).toBeGreaterThan(0);
    const shown = (r: number, c: number) => found.cells[r]![c] === null || found.cells[r]![c]!.score !== null;
    const lines = [
      ...found.rows.map((_, r) => [...found.columns.keys()].map((c) => shown(r, c))),
      ...found.columns.map((_, c) => [...found.rows.keys()].map((r) => shown(r, c))),
    ];
    // Where the total of a line is shown, never exactly one part of it is missing.
    for (const [total, ...parts] of lines)
      if (total) expect(parts.filter((part) => !part).length).not.toBe(1);
    for (const line of found.cells)
      for (const cell of line) {
        if (cell?.score) expect(cell.score.nEff * (1 + 1e-9)).toBeGreaterThanOrEqual(10);
        else if (cell) expect(cell).toEqual({ score: null, values: [], margins: [], marks: [] });
      }
  });

  it('compares an area with the rest of its total and controls false discoveries over the table', async () => {
    const query = {
      rows: [{ kind: 'scope' as const, level: 'city' as const }],
      measures: ['against-rest' as const],
    };
    const together = await table(query);
    const alone = await table({ ...query, falseDiscovery: false });
    const marked = (found: ExploreTable) =>
      found.cells.flat().filter((cell) => cell?.marks[0] === 'higher' || cell?.marks[0] === 'lower').length;
    expect(alone.tests).toBe(together.tests);
    expect(marked(together)).toBeLessThan(marked(alone));
    const region = await table({ rows: [{ kind: 'scope', level: 'region' }], measures: ['against-rest'] });
    const at = region.rows.findIndex((row) => row.labels[0]!.zh === '华南');
    const south = rows.filter(({ row }) => row.大区 === '华南');
    const rest = rows.filter(({ row }) => row.大区 !== '华南');
    expect(region.cells[at]![0]!.values[0]).toBeCloseTo(wholeOver(south) - wholeOver(rest), 1);
  });

  it('gives differences their own intervals where asked for, and scores their margins always', async () => {
    const query = {
      rows: [{ kind: 'scope' as const, level: 'region' as const }],
      measures: ['score' as const, 'against-rest' as const],
    };
    const [plain, asked] = [await table(query), await table({ ...query, intervals: true })];
    asked.rows.forEach((row, r) => {
      const cell = asked.cells[r]![0]!;
      expect(cell.margins[0]).toBe(cell.score!.margin100);
      expect(plain.cells[r]![0]!.margins).toEqual([cell.margins[0], null]);
      if (row.kind === 'total') expect(cell.margins[1]).toBeNull();
      // Wider than the area's own, as the rest is uncertain too, and where it clears zero the mark alone would stand.
      else expect(cell.margins[1]!).toBeGreaterThan(cell.margins[0]!);
    });
    const alone = await table({ ...query, intervals: true, falseDiscovery: false });
    for (const [cell] of alone.cells)
      if (cell!.margins[1] !== null)
        expect(Math.abs(cell!.values[1]!) > cell!.margins[1]!).toBe(cell!.marks[1] !== 'none');
  });

  it('says of the bases of wholes that parts may add up to more, and the level at which marks are held', async () => {
    const rows = [{ kind: 'scope' as const, level: 'region' as const }];
    const said = async (query: Omit<ExploreQueryInput, 'scheme'>) =>
      (await table({ rows, ...query })).notes.map((note) => note.en).join();
    expect(await said({ measures: ['n'] })).toContain('slightly more than the total');
    expect(await said({ measures: ['n'], filters: { indicator: 'OSAT' } })).not.toContain('slightly more');
    const rules = await session.call('rules.get', {});
    await session.call('rules.save', { ...rules, q: 0.1 });
    expect(await said({ measures: ['against-rest'] })).toContain('held at 10 %');
    await session.call('rules.save', rules);
  });

  it('rests on a named sample where one is chosen', async () => {
    const { id } = await session.call('samples.save', {
      name: '女性低分',
      filter: { attributes: { gender: ['女'] }, scores: [{ indicator: 'OSAT', to: 70 }] },
    });
    const chosen = ({ row, scores }: InHouseRow) => row.性别 === '女' && (scores.OSAT ?? 101) <= 70;
    for (const columns of [[], [{ kind: 'attribute' as const, code: 'age' }]]) {
      const found = await table({
        rows: [{ kind: 'scope', level: 'region' }],
        columns,
        basis: { sample: id },
      });
      const checked = expectScores(
        found,
        (one, [region], age) =>
          chosen(one) &&
          (isTotal(region!) || one.row.大区 === region) &&
          (isTotal(age) || (one.row.年龄段 || '未回答') === age),
        (own) => wholeOver(own),
      );
      expect(checked).toBeGreaterThan(4);
    }
    const figure = { scheme, channel: 'in-house' as const, from: quarterOf(2026, 3), to: quarterOf(2026, 3) };
    const behind = await session.call('trace.rows', { ...figure, basis: { sample: id }, limit: 1000 });
    const own = rows.filter((one) => chosen(one));
    expect(behind.total).toBe(
      own.filter((one) => Object.keys(one.scores).some((code) => code !== 'OSAT')).length,
    );
    expect(behind.rows.every((row) => row.attributes.some((value) => value.zh === '女'))).toBe(true);
  });

  it('refuses what cannot be, and says so', async () => {
    const fault = async (query: object) => (await session.fault('explore.table', { scheme, ...query })).code;
    expect(await fault({ filters: { scope: 'region:nowhere' } })).toBe('scope-unknown');
    expect(await fault({ filters: { indicator: 'nothing' } })).toBe('indicator-unknown');
    expect(await fault({ rows: [{ kind: 'attribute', code: 'shoe-size' }] })).toBe('attribute-unknown');
    expect(await fault({ filters: { channel: 'lost-sale' } })).toBe('channel-without-data');
    expect(
      await fault({ rows: [{ kind: 'time', grain: 'year' }], columns: [{ kind: 'time', grain: 'quarter' }] }),
    ).toBe('explore-dimensions');
    expect(await fault({ rows: [{ kind: 'scope', level: 'galaxy' }] })).toBe('call-input-invalid');
  });

  it('says why there is the total only where a scheme has no areas of a level', async () => {
    const { schemes } = await session.call('catalog.get', {});
    const without = schemes.find((one) => one.regions === 0)!;
    const asked = { rows: [{ kind: 'scope' as const, level: 'region' as const }] };
    const found = await session.call('explore.table', { scheme: without.id, ...asked });
    expect(found.rows.map((row) => row.kind)).toEqual(['total']);
    expect(found.notes.map((note) => note.zh).join()).toContain('不属于任何大区');
    expect((await table(asked)).notes.map((note) => note.zh).join()).not.toContain('不属于任何');
  });

  it('answers an empty table where nobody was asked', async () => {
    const found = await table({
      rows: [{ kind: 'scope', level: 'region' }],
      filters: { from: quarterOf(2020, 1), to: quarterOf(2020, 4) },
    });
    expect(found.rows).toEqual([]);
    expect(found.cells).toEqual([]);
  });
});
