import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openTable } from '../../../../electron/engine/importers/registry.ts';
import type { BatchView } from '../../../../shared/calls/import.ts';
import { parseQuarter } from '../../../../shared/domain/quarter.ts';
import type { StudyMappingInput } from '../../../../shared/domain/study-mapping.ts';
import { type Session, testSession } from '../../../support/engine-session.ts';
import {
  RESPONSE_HEADER,
  respondents,
  responseLines,
  responsesMapping,
  writeResponses,
} from '../../../support/survey-files.ts';

const q = (text: string) => parseQuarter(text)!;

function write(session: Session, file: string, lines: readonly string[]): string {
  const path = join(session.folder, file);
  writeFileSync(path, lines.join('\n'));
  return path;
}

async function textOf(path: string): Promise<{ headers: readonly string[]; rows: string[][] }> {
  const table = await openTable(path);
  const rows: string[][] = [];
  for await (const { cells } of table.rows()) rows.push(cells.map((cell) => String(cell ?? '')));
  await table.close();
  return { headers: table.headers, rows };
}

/** The same figures of the index and of every item, whatever else is remembered. */
async function figures(session: Session): Promise<unknown> {
  const { channels, trends } = await session.call('overview.get', { scheme: 2, scope: 'overall' });
  return { channels: channels.map(({ score }) => score), trends };
}

describe('a place that a file writes in its own way', () => {
  const line = (dealer: string, city = '上海市', id = '1') =>
    `${id},2026-05-01,${dealer},店,${city},East,1,5,3,50,f`;
  const strict = (): StudyMappingInput => {
    const mapping = responsesMapping();
    return { ...mapping, place: { ...mapping.place, createDealers: false } };
  };

  async function withDealers(): Promise<Session> {
    const session = await testSession();
    const path = writeResponses(session.folder, 'base.csv', respondents('2026Q1', 200));
    await session.call('import.commit', { path, mapping: responsesMapping() });
    return session;
  }

  test('is the same place with no-break, zero-width and full-width characters', async () => {
    const session = await withDealers();
    const names = ['E上海1', 'Ｅ上海1', 'E上\u200b海1', '\u00a0e上海１ '];
    const path = write(session, 'a.csv', [
      RESPONSE_HEADER,
      ...names.map((name, i) => line(name, '上海市', `N${i}`)),
    ]);
    const preview = await session.call('import.preview', { path, mapping: strict() });
    expect(preview.counts).toMatchObject({ accepted: 4, rejected: 0, newDealers: 0 });
  });

  test('is matched by choice, and the choice holds for later files until it is deleted', async () => {
    const session = await withDealers();
    const path = write(session, 'a.csv', [RESPONSE_HEADER, line('沪一店'), line('E上海1', '上海市', '2')]);
    const mapping = strict();
    const before = session.hash('whole');
    const preview = await session.call('import.preview', { path, mapping });
    expect(preview.unmatched).toMatchObject([
      { kind: 'dealer', name: '沪一店', rows: 1, state: 'unknown', choice: null },
    ]);
    const places = [{ kind: 'dealer' as const, name: '沪一店', action: 'match' as const, target: 'E上海1' }];
    const chosen = await session.call('import.preview', { path, mapping, places });
    expect(chosen.counts).toMatchObject({ accepted: 2, rejected: 0 });
    expect(chosen.unmatched).toMatchObject([
      { state: 'chosen', choice: { action: 'match', label: 'E上海1 上海1店', remembered: false } },
    ]);
    expect(session.hash('whole')).toBe(before);
    await session.call('import.commit', { path, mapping, places });
    expect(await session.call('aliases.list', {})).toMatchObject([
      { kind: 'dealer', written: '沪一店', action: 'match', target: 'E上海1', label: 'E上海1 上海1店' },
    ]);
    const next = write(session, 'b.csv', [RESPONSE_HEADER, line('沪\u200b一店', '上海市', '9')]);
    const later = await session.call('import.preview', { path: next, mapping });
    expect(later.counts).toMatchObject({ accepted: 1, rejected: 0 });
    expect(later.unmatched[0]).toMatchObject({ state: 'chosen', choice: { remembered: true } });
    const [alias] = await session.call('aliases.list', {});
    const { kind, key } = alias!;
    expect(await session.call('aliases.delete', { kind, key })).toEqual({ deleted: true });
    expect(await session.call('aliases.delete', { kind, key })).toEqual({ deleted: false });
    expect((await session.call('import.preview', { path: next, mapping })).counts.rejected).toBe(1);
    const log = await session.call('audit.list', { limit: 20 });
    expect(JSON.stringify(log)).toContain('alias.delete');
  });

  test('may be made new, or left out with its rows', async () => {
    const session = await withDealers();
    const path = write(session, 'a.csv', [
      RESPONSE_HEADER,
      line('新店A'),
      line('总部试驾', '上海市', '2'),
      line('E上海1', '火星市', '3'),
      line('新店B', '火星市', '4'),
    ]);
    const places = [
      { kind: 'dealer' as const, name: '新店A', action: 'new' as const },
      { kind: 'dealer' as const, name: '新店B', action: 'new' as const },
      { kind: 'dealer' as const, name: '总部试驾', action: 'leave' as const },
      { kind: 'city' as const, name: '火星市', action: 'new' as const, target: '31' },
    ];
    const preview = await session.call('import.preview', { path, mapping: strict(), places });
    expect(preview.counts).toMatchObject({ accepted: 3, rejected: 0, leftByChoice: 1, newDealers: 2 });
    const batch = await session.call('import.commit', { path, mapping: strict(), places });
    expect(batch).toMatchObject({ rowsRead: 4, rowsLoaded: 3, rowsRejected: 0 });
  });

  test('cannot be matched to a place that is not there', async () => {
    const session = await withDealers();
    const before = session.hash('whole');
    const fault = await session.fault('aliases.save', {
      choices: [{ kind: 'dealer', name: 'x', action: 'match', target: 'nowhere' }],
    });
    expect(fault.code).toBe('alias-target-unknown');
    expect(session.hash('whole')).toBe(before);
    const path = write(session, 'a.csv', [RESPONSE_HEADER, line('沪一店')]);
    const places = [{ kind: 'dealer' as const, name: '沪一店', action: 'match' as const, target: 'gone' }];
    const preview = await session.call('import.preview', { path, mapping: strict(), places });
    expect(preview.counts).toMatchObject({ accepted: 0, rejected: 1 });
  });

  test('that looks like a known dealer is pointed out although it may be made', async () => {
    const session = await withDealers();
    const path = write(session, 'a.csv', [
      RESPONSE_HEADER,
      '1,2026-05-01,S9,广州1占,广州市,South,1,5,3,50,f',
    ]);
    const preview = await session.call('import.preview', { path, mapping: responsesMapping() });
    expect(preview.unmatched).toMatchObject([{ name: 'S9', state: 'new', rows: 0 }]);
    expect(preview.unmatched[0]!.nearest[0]!.name).toContain('广州1店');
  });
});

describe('rows that are kept out', () => {
  const rows = respondents('2026Q2', 60);
  /** A wrong city in row 6, an impossible score in row 9, text that a spreadsheet would run in row 9. */
  function faultyFile(session: Session): string {
    const lines = responseLines(rows);
    lines[4] = lines[4]!.replace(/^(([^,]*,){2})[^,]*,([^,]*),[^,]*/, '$1NEW,$3,火星市');
    const cells = lines[7]!.split(',');
    cells[7] = '77';
    cells[10] = '=1+1';
    lines[7] = cells.join(',');
    return write(session, 'faulty.csv', [RESPONSE_HEADER, ...lines]);
  }

  async function loaded(): Promise<{ session: Session; batch: BatchView; path: string }> {
    const session = await testSession();
    const path = faultyFile(session);
    const batch = await session.call('import.commit', {
      path,
      mapping: responsesMapping(),
      acceptGoodRows: true,
    });
    return { session, batch, path };
  }

  test('stay with the batch, with their reasons', async () => {
    const { session, batch } = await loaded();
    expect(batch).toMatchObject({ rowsLoaded: 58, rowsRejected: 2, rowsOpen: 2 });
    const kept = await session.call('import.quarantine', { batch: batch.id });
    expect(kept.headers).toEqual(RESPONSE_HEADER.split(','));
    expect(kept.rows.map(({ row, reasons, correctedBy }) => [row, reasons.length, correctedBy])).toEqual([
      [6, 1, null],
      [9, 1, null],
    ]);
    expect(kept.rows[0]!.reasons[0]!.zh).toContain('火星市');
  });

  test.each(['csv', 'xlsx'])(
    'are written to a %s, corrected and brought in without doubling',
    async (format) => {
      const { session, batch } = await loaded();
      const target = join(session.folder, `fix.${format}`);
      expect(
        await session.call('import.exportQuarantine', { batch: batch.id, target, language: 'en' }),
      ).toEqual({ rows: 2 });
      const { headers, rows: cells } = await textOf(target);
      expect(headers.slice(0, 11)).toEqual(RESPONSE_HEADER.split(','));
      expect(cells.map((row) => row[headers.indexOf('#原行号 source row')])).toEqual(['6', '9']);
      expect(cells[1]![headers.indexOf('#原因 reason')]).toContain('scale');
      // The user corrects one of the two.
      const own = cells.map((row) => [...row]);
      own[0]![5] = 'East';
      own[0]![4] = '上海市';
      const corrected = write(
        session,
        'corrected.csv',
        [headers, ...own].map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')),
      );
      const preview = await session.call('import.preview', { path: corrected });
      expect(preview.basis).toMatchObject({ kind: 'correction', source: 'faulty.csv' });
      expect(preview.correctionOf).toEqual({ batch: batch.id, fileName: 'faulty.csv', open: 2 });
      expect(preview.headers).toEqual(RESPONSE_HEADER.split(','));
      expect(preview.counts).toMatchObject({ read: 2, accepted: 1, rejected: 1 });
      const second = await session.call('import.commit', { path: corrected, acceptGoodRows: true });
      expect(second).toMatchObject({ rowsLoaded: 1, study: 'own' });
      const [, first] = await session.call('import.batches', {});
      expect(first).toMatchObject({ id: batch.id, rowsOpen: 1 });
      // The same row again, in another file, is not taken twice; the one that is still open may come.
      own[1]![7] = '7';
      own[1]![10] = "'=1+1";
      const both = write(
        session,
        'both.csv',
        [headers, ...own].map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')),
      );
      expect((await session.call('import.preview', { path: both })).counts).toMatchObject({
        read: 2,
        accepted: 1,
        rejected: 0,
        loadedBefore: 1,
      });
      const third = await session.call('import.commit', { path: both });
      expect(third.rowsLoaded).toBe(1);
      expect((await session.call('import.batches', {})).at(-1)).toMatchObject({ rowsOpen: 0 });
      const overview = await session.call('overview.get', {
        scheme: 2,
        scope: 'overall',
        quarter: q('2026Q2'),
      });
      expect(overview.channels[0]!.score!.n).toBeLessThanOrEqual(60);
      // Undoing a correction opens its row again; undoing the batch forgets them all.
      await session.call('import.undo', { batch: third.id });
      expect((await session.call('import.batches', {})).at(-1)).toMatchObject({ rowsOpen: 1 });
      await session.call('import.undo', { batch: batch.id });
      expect((await session.call('import.quarantine', { batch: batch.id })).rows).toEqual([]);
      expect((await session.fault('import.commit', { path: both })).code).toBe('import-mapping');
    },
  );

  test('can be written before anything is imported', async () => {
    const session = await testSession();
    const path = faultyFile(session);
    const before = session.hash('whole');
    const target = join(session.folder, 'faults.csv');
    const mapping = responsesMapping();
    expect(await session.call('import.exportFaults', { path, mapping, target })).toEqual({ rows: 2 });
    const { headers, rows: cells } = await textOf(target);
    expect(cells[0]![headers.indexOf('#批次 batch')]).toBe('');
    expect(cells[0]![headers.indexOf('#原因 reason')]).toContain('火星市');
    expect(readFileSync(target, 'utf8')).toContain("'=1+1");
    expect(session.hash('whole')).toBe(before);
  });

  test('are not doubled when the whole file comes again, corrected', async () => {
    const { session } = await loaded();
    const lines = [RESPONSE_HEADER, ...responseLines(rows)];
    const path = write(session, 'again.csv', lines);
    const preview = await session.call('import.preview', { path });
    expect(preview.counts).toMatchObject({
      read: 60,
      accepted: 2,
      rejected: 0,
      loadedBefore: 58,
      loadedBatches: [1],
      skipLoaded: true,
    });
    expect((await session.call('import.commit', { path })).rowsLoaded).toBe(2);
    const all = await testSession();
    await all.call('import.commit', {
      path: write(all, 'whole.csv', [RESPONSE_HEADER, ...responseLines(rows)]),
      mapping: responsesMapping(),
    });
    expect(await figures(session)).toEqual(await figures(all));
  });

  test('hold nothing that identifies a person', async () => {
    const session = await testSession();
    const path = write(session, 'p.csv', [
      `${RESPONSE_HEADER},phone`,
      '1,2026-05-01,D1,店,上海市,East,1,5,3,50,f,13900000001',
      '2,2026-05-01,D1,店,火星市,East,1,5,3,50,f,13900000002',
    ]);
    const mapping = responsesMapping({ identity: [{ column: 'phone', kind: 'phone' }] });
    await session.call('import.commit', { path, mapping, acceptGoodRows: true });
    const target = join(session.folder, 'p-out.csv');
    await session.call('import.exportQuarantine', { batch: 1, target });
    expect(readFileSync(target, 'utf8')).not.toContain('1390000');
    const kept = await session.call('import.quarantine', { batch: 1 });
    expect(JSON.stringify(kept)).not.toContain('1390000');
  });

  test('are refused as corrections of a batch that is not here', async () => {
    const { session, batch } = await loaded();
    const before = session.hash('whole');
    for (const named of [`${batch.id}-000000000000`, `99-${batch.sha256.slice(0, 12)}`, '=cmd', '-1']) {
      const path = write(session, 'forged.csv', [
        `${RESPONSE_HEADER},#批次 batch,#行 row`,
        `1,2026-05-01,D1,店,上海市,East,1,5,3,50,f,${named},1`,
      ]);
      const fault = await session.fault('import.commit', { path, mapping: responsesMapping() });
      expect(fault.code, named).toBe('import-mapping');
      expect(session.hash('whole')).toBe(before);
    }
  });
});

test('rows without a respondent number are only left out when the user says so', async () => {
  const session = await testSession();
  const rows = respondents('2026Q2', 40);
  const mapping = responsesMapping({ respondent: undefined });
  const first = write(session, 'a.csv', [RESPONSE_HEADER, ...responseLines(rows)]);
  await session.call('import.commit', { path: first, mapping });
  const path = write(session, 'b.csv', [RESPONSE_HEADER, ...responseLines(rows), '']);
  const preview = await session.call('import.preview', { path, mapping });
  expect(preview.counts).toMatchObject({ accepted: 40, loadedBefore: 40, skipLoaded: false });
  const skipping = await session.call('import.preview', { path, mapping, skipLoaded: true });
  expect(skipping.counts).toMatchObject({ accepted: 0, loadedBefore: 40, skipLoaded: true });
});

describe('the effect of a batch', () => {
  test('is what the figures are after the import, and looking changes nothing', async () => {
    const session = await testSession();
    const first = writeResponses(session.folder, 'a.csv', respondents('2026Q2', 300, 1));
    await session.call('import.commit', { path: first, mapping: responsesMapping() });
    const second = writeResponses(
      session.folder,
      'b.csv',
      respondents('2026Q2', 200, 2).map((row) => ({ ...row, id: `x${row.id}` })),
    );
    const before = session.hash('whole');
    const was = await figures(session);
    const effect = await session.call('import.effect', { path: second, mapping: responsesMapping() });
    expect(session.hash('whole')).toBe(before);
    expect(await figures(session)).toEqual(was);
    await session.call('import.commit', { path: second, mapping: responsesMapping() });
    for (const scope of ['overall', 'region:South', 'region:North'])
      for (const indicator of ['', 'A', 'C']) {
        const row = effect.rows.find((one) => one.scope === scope && one.indicator === indicator)!;
        const now = await session.call('overview.get', { scheme: 2, scope, indicator });
        expect(row.after!.score100).toBeCloseTo(now.channels[0]!.score!.score100, 12);
        expect(row.after!.n).toBe(now.channels[0]!.score!.n);
        expect(row.before!.n).toBeLessThan(row.after!.n);
      }
    await session.call('import.undo', { batch: 2 });
    const { channels } = await session.call('overview.get', { scheme: 2, scope: 'overall', indicator: 'A' });
    const row = effect.rows.find((one) => one.scope === 'overall' && one.indicator === 'A')!;
    expect(row.before!.score100).toBeCloseTo(channels[0]!.score!.score100, 12);
  });

  test('names the forecasts, plans and reports that become outdated', async () => {
    const session = await testSession();
    for (const [i, quarter] of ['2025Q2', '2025Q3', '2025Q4', '2026Q1'].entries())
      await session.call('import.commit', {
        path: writeResponses(session.folder, `${quarter}.csv`, respondents(quarter, 300, i + 1)),
        mapping: responsesMapping(),
      });
    await session.call('forecast.run', { scheme: 2 });
    await session.call('plan.save', { scheme: 2, year: 2026, channel: 'in-house', uplift: 1, name: '草案' });
    const late = writeResponses(
      session.folder,
      'late.csv',
      respondents('2025Q4', 50, 9).map((row) => ({ ...row, id: `x${row.id}` })),
    );
    const { outdated } = await session.call('import.effect', { path: late, mapping: responsesMapping() });
    expect(outdated.forecasts.map(({ quarter }) => quarter)).toEqual([q('2026Q1'), q('2026Q2')]);
    expect(outdated.plans).toMatchObject([{ name: '草案', year: 2026 }]);
    const next = writeResponses(session.folder, '2026Q2.csv', respondents('2026Q2', 50, 5));
    const fresh = await session.call('import.effect', { path: next, mapping: responsesMapping() });
    expect(fresh.outdated.forecasts.map(({ quarter }) => quarter)).toEqual([q('2026Q2')]);
  });

  test('of a first file has no figures before', async () => {
    const session = await testSession();
    const path = writeResponses(session.folder, 'a.csv', respondents('2026Q2', 300, 1));
    const { rows } = await session.call('import.effect', { path, mapping: responsesMapping() });
    expect(rows.length).toBeGreaterThan(10);
    expect(rows.every(({ before, after }) => before === null && after !== null)).toBe(true);
  });
});
