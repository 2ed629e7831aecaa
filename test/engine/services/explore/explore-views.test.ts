import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { readXlsx } from 'hucre/xlsx';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ExploreViewContent, viewContent } from '../../../../shared/calls/explore.ts';
import { type Session, startSession } from '../../../support/engine-session.ts';
import { importInHouse } from '../../../support/in-house.ts';

describe('what is made of a table', () => {
  let session: Session;
  let scheme: number;

  beforeAll(async () => {
    session = await startSession();
    await importInHouse(session);
    const { schemes } = await session.call('catalog.get', {});
    scheme = schemes.find((one) => one.regions > 0)!.id;
  });
  afterAll(() => session.close());

  const content = (): ExploreViewContent => ({
    query: {
      scheme,
      rows: [{ kind: 'scope', level: 'province' }],
      columns: [{ kind: 'attribute', code: 'age' }],
      filters: {
        scope: 'overall',
        indicator: 'SA',
        channel: 'in-house',
        attributes: [{ code: 'gender', values: ['女'] }],
      },
      measures: ['score', 'against-rest'],
      sort: { column: 1, measure: 0, order: 'descending' },
      basis: {},
      limit: 200,
      falseDiscovery: false,
      sparks: true,
      intervals: false,
    },
    chart: 'heat',
    column: '{"from":8104,"to":8104}',
    heat: false,
    bases: true,
  });

  it('restores a saved view whole, renames, replaces and deletes it, each with a line in the log', async () => {
    const saved = await session.call('explore.saveView', { name: '女性 · 顾问', content: content() });
    expect(await session.call('explore.views', {})).toEqual([saved]);
    expect(saved.content).toEqual(content());
    const changed = { ...content(), chart: 'bar' as const };
    await session.call('explore.saveView', { view: saved.id, name: saved.name, content: changed });
    await session.call('explore.renameView', { view: saved.id, name: '顾问' });
    expect(await session.call('explore.views', {})).toMatchObject([
      { id: saved.id, name: '顾问', content: changed },
    ]);
    expect((await session.fault('explore.saveView', { name: '顾问', content: content() })).code).toBe(
      'view-exists',
    );
    await session.call('explore.deleteView', { view: saved.id });
    expect(await session.call('explore.views', {})).toEqual([]);
    expect((await session.fault('explore.deleteView', { view: saved.id })).code).toBe('view-unknown');
    const log = await session.call('audit.list', {});
    const own = log.filter((entry) => entry.action.startsWith('view.')).map((entry) => entry.action);
    expect(own).toEqual(['view.delete', 'view.rename', 'view.save', 'view.save']);
  });

  it('writes the table as one rectangle: hidden cells empty, each figure with its base beside it', async () => {
    const path = join(session.folder, 'table.csv');
    const { query } = content();
    const shown = await session.call('explore.table', query);
    expect(shown.hidden).toBeGreaterThan(0);
    const written = await session.call('explore.export', {
      query,
      path,
      format: 'csv',
      title: '=cmd()',
      language: 'zh-CN',
    });
    expect(written.leftOut).toEqual(['说明']);
    const [head, ...rows] = parse(readFileSync(path, 'utf8'), { bom: true }) as string[][];
    expect(rows).toHaveLength(shown.rows.length);
    const tiers = { full: '完整', grey: '样本偏少', hidden: '不显示' };
    shown.rows.forEach((row, r) => {
      expect(rows[r]![0]).toBe(row.labels[0]!.zh);
      shown.columns.forEach((column, c) => {
        const of = (title: string) => rows[r]![head!.indexOf(`${column.labels[0]!.zh} ${title}`)];
        const cell = shown.cells[r]![c];
        const value = cell?.values[0];
        expect(of('得分 (百分制)')).toBe(
          value === undefined || value === null ? '' : String(Number(value.toFixed(1))),
        );
        expect(of('样本量')).toBe(cell?.score ? String(cell.score.n) : '');
        expect(of('级别')).toBe(cell ? tiers[cell.score?.tier ?? 'hidden'] : '');
      });
    });
  });

  it('opens a view that was saved before a choice existed with its default', () => {
    const { bases: _, query, ...old } = content();
    const { intervals: __, ...former } = query;
    expect(viewContent.parse({ ...old, query: former })).toEqual({ ...content(), bases: false });
  });

  it('writes a workbook with the bases and the notes, in which no text is a formula', async () => {
    const path = join(session.folder, 'table.xlsx');
    await session.call('explore.export', {
      query: content().query,
      path,
      format: 'xlsx',
      title: '=cmd()',
      language: 'en',
    });
    const { sheets } = await readXlsx(readFileSync(path));
    expect(sheets.map((sheet) => sheet.name)).toEqual(['Table', 'Bases and margins', 'Notes']);
    expect(sheets[2]!.rows[0]![0]).toBe('=cmd()');
    for (const sheet of sheets)
      for (const cell of sheet.cells?.values() ?? []) expect(cell.formula).toBeUndefined();
    expect(sheets[2]!.rows.flat().join(' ')).toContain('indicator weights version 1');
    expect(sheets[2]!.rows.flat().join(' ')).toMatch(/Made: \d{4}-\d{2}-\d{2} \d{2}:\d{2}$/);
  });

  it('writes a picture, and refuses what is none', async () => {
    const path = join(session.folder, 'chart.png');
    const png =
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
    expect(await session.call('explore.picture', { path, png })).toEqual({ file: 'chart.png', bytes: 70 });
    expect(readFileSync(path).subarray(1, 4).toString()).toBe('PNG');
    expect((await session.fault('explore.picture', { path, png: 'PHNjcmlwdD4=' })).code).toBe(
      'call-input-invalid',
    );
  });
});
