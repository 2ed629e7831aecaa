import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TracedFigureInput, TraceRow } from '../../../../shared/calls/trace.ts';
import { quarterOf } from '../../../../shared/domain/quarter.ts';
import type { StudyMappingInput } from '../../../../shared/domain/study-mapping.ts';
import { RESOURCES, type Session, startSession } from '../../../support/engine-session.ts';
import { IN_HOUSE_ITEMS, importInHouse, inHouseRows, wholeOver } from '../../../support/in-house.ts';
import { rawRows } from '../../../support/raw-csv.ts';

const QUARTER = quarterOf(2026, 3);

describe('the trace of a figure', () => {
  let session: Session;
  let scheme: number;
  const raw = inHouseRows();

  beforeAll(async () => {
    session = await startSession();
    await importInHouse(session);
    const path = join(RESOURCES, 'sample/mappings/third-party-2023.mapping.json');
    const mapping = JSON.parse(readFileSync(path, 'utf8')) as StudyMappingInput;
    await session.call('import.commit', { path: thirdParty, mapping });
    const { schemes } = await session.call('catalog.get', {});
    scheme = schemes.find((one) => one.regions > 0)!.id;
  });
  afterAll(() => session.close());

  const thirdParty = join(RESOURCES, 'sample/data/third-party-2026Q3.xlsx');

  type Asked = Omit<TracedFigureInput, 'scheme' | 'from' | 'to'>;
  const figure = (asked: Asked): TracedFigureInput => ({ scheme, from: QUARTER, to: QUARTER, ...asked });

  /** Every row behind a figure, page by page. */
  async function allRows(asked: Asked): Promise<{ rows: TraceRow[]; items: string[] }> {
    const rows: TraceRow[] = [];
    for (;;) {
      const page = await session.call('trace.rows', { ...figure(asked), offset: rows.length, limit: 700 });
      rows.push(...page.rows);
      if (page.rows.length === 0 || rows.length >= page.total) {
        expect(rows).toHaveLength(page.total);
        return { rows, items: page.items.map((item) => item.indicator) };
      }
    }
  }

  function itemSums(rows: readonly TraceRow[], item: number) {
    const answered = rows.filter((row) => row.answers[item]);
    const sumW = answered.reduce((sum, row) => sum + row.weight, 0);
    const sumWX = answered.reduce((sum, row) => sum + row.weight * row.answers[item]!.score100, 0);
    return { n: answered.length, sumW, sumWX };
  }

  it('adds the rows behind an item up to its score', async () => {
    const asked: Asked = { channel: 'in-house', scope: await regionOf('华南'), indicator: 'SI3' };
    const trace = await session.call('trace.get', figure(asked));
    const { rows, items } = await allRows(asked);
    expect(items).toEqual(['SI3']);
    const { n, sumW, sumWX } = itemSums(rows, 0);
    expect(trace.kind).toBe('item');
    expect(trace.score!.n).toBe(n);
    expect(trace.score!.score100).toBeCloseTo(sumWX / sumW, 9);
    expect(trace.files).toMatchObject([{ fileName: 'in-house-2026Q3.csv', rows: n, kind: 'responses' }]);
    expect(trace.steps.map((step) => step.text.zh).join()).toContain('反向题');
  });

  async function regionOf(name: string): Promise<string> {
    const tree = await session.call('scopes.tree', { scheme });
    return tree.find((node) => node.name.zh === name)!.id;
  }

  it('adds the items of a factor and of the index up to their scores, each item from its rows', async () => {
    for (const indicator of ['SA', '']) {
      const scope = await regionOf('华东');
      const asked: Asked = { channel: 'in-house', scope, indicator };
      const trace = await session.call('trace.get', figure(asked));
      const { rows, items } = await allRows(asked);
      let whole = 0;
      for (const [i, code] of items.entries()) {
        const part = trace.parts.find((one) => one.indicator === code)!;
        const { n, sumW, sumWX } = itemSums(rows, i);
        expect(part.sums).toMatchObject({ n });
        expect(part.sums!.sumW).toBeCloseTo(sumW, 6);
        expect(part.sums!.sumWX).toBeCloseTo(sumWX, 4);
        expect(part.score!.score100).toBeCloseTo(sumWX / sumW, 9);
        whole += (part.share * sumWX) / sumW;
      }
      expect(trace.parts.reduce((sum, part) => sum + part.share, 0)).toBeCloseTo(1, 12);
      expect(trace.score!.score100).toBeCloseTo(whole, 9);
      expect(trace.parts.reduce((sum, part) => sum + part.contribution!, 0)).toBeCloseTo(whole, 9);
      const east = raw.filter(({ row }) => row.大区 === '华东');
      expect(whole).toBeCloseTo(wholeOver(east, indicator), 9);
      expect(trace.kind).toBe(indicator === '' ? 'index' : 'factor');
    }
  });

  it('works the margin of a whole out of the standard errors that it prints', async () => {
    const trace = await session.call('trace.get', figure({ channel: 'in-house' }));
    const step = trace.steps.find((one) => one.title.en === 'Standard error')!;
    const [, error, h] = /= ([\d.]+), correlation .* h = ([\d.]+)$/.exec(step.text.en)!;
    const own = trace.parts.map((part) => part.share * part.error100!);
    const squares = own.reduce((sum, one) => sum + one * one, 0);
    const linear = own.reduce((sum, one) => sum + one, 0);
    const worked = Math.sqrt((1 - Number(h)) * squares + Number(h) * linear * linear);
    expect(Number(error)).toBeCloseTo(worked, 3);
    expect(trace.score!.margin100).toBeCloseTo(1.96 * worked, 2);
  });

  it('says that margins rest on an assumed spread where a study gives none', async () => {
    const told = await session.call('trace.get', figure({ channel: 'third-party' }));
    expect(told.notes.map((note) => note.en).join()).not.toContain('margins take');
    const other = await startSession();
    const path = join(RESOURCES, 'sample/mappings/third-party-2023.mapping.json');
    const mapping = JSON.parse(readFileSync(path, 'utf8')) as StudyMappingInput;
    mapping.items = mapping.items.map(({ sdColumn: _, ...item }) => item);
    await other.call('import.commit', { path: thirdParty, mapping });
    const silent = await other.call('trace.get', figure({ channel: 'third-party' }));
    expect(silent.notes.map((note) => note.en).join()).toContain('margins take 20 points');
    await other.close();
  });

  it('names the file and the line of every answer, and nothing that says whose it is', async () => {
    const filter = [{ code: 'model', values: ['M8 MPV'] }];
    const { rows } = await allRows({ channel: 'in-house', indicator: 'OSAT', attributes: filter });
    const lines = rawRows(join(RESOURCES, 'sample/data/in-house-2026Q3.csv'));
    for (const row of rows) {
      const line = lines[row.sourceRow - 2]!;
      expect(String(row.answers[0]!.native)).toBe(line[IN_HOUSE_ITEMS.OSAT!.column]);
      expect(row.weight).toBeCloseTo(Number(line.权重), 9);
      expect(row.day).toBe(line.访问日期);
      expect(row.attributes.map((one) => one.zh)).toContain('M8 MPV');
    }
    expect(JSON.stringify(rows)).not.toContain('M0001-8106');
  });

  it('adds the lines of a study of scores up by their bases', async () => {
    const asked: Asked = { channel: 'third-party', indicator: 'SI1' };
    const trace = await session.call('trace.get', figure(asked));
    const { rows } = await allRows(asked);
    const sumW = rows.reduce((sum, row) => sum + row.weight, 0);
    const sumWX = rows.reduce((sum, row) => sum + row.weight * row.answers[0]!.score100, 0);
    expect(trace.score!.n).toBe(sumW);
    expect(trace.score!.score100).toBeCloseTo(sumWX / sumW, 9);
    expect(trace.files).toMatchObject([{ kind: 'scores', rows: rows.length }]);
  });

  it('says nothing of a figure that has to stay hidden', async () => {
    const found = await session.call('explore.table', {
      scheme,
      rows: [{ kind: 'scope', level: 'dealer' }],
      filters: { channel: 'in-house' },
      limit: 1000,
    });
    const small = found.rows.findIndex((_, r) => found.cells[r]![0]?.score === null);
    const asked: Asked = { channel: 'in-house', scope: found.rows[small]!.place.scope! };
    const trace = await session.call('trace.get', figure(asked));
    expect(trace).toMatchObject({ hidden: true, score: null, steps: [], parts: [], files: [] });
    expect(await session.call('trace.rows', figure(asked))).toMatchObject({ total: 0, rows: [] });
  });

  it('refuses what it does not know', async () => {
    expect((await session.fault('trace.get', figure({ channel: 'in-house', scope: 'city:x' }))).code).toBe(
      'scope-unknown',
    );
    const attributes = [{ code: 'x', values: ['1'] }];
    expect((await session.fault('trace.get', figure({ channel: 'in-house', attributes }))).code).toBe(
      'attribute-unknown',
    );
  });
});
