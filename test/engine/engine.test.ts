import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { HANDLERS } from '../../electron/engine/handlers.ts';
import type { EngineEvent } from '../../shared/calls/app.ts';
import { CALL_NAMES, CALLS } from '../../shared/contract.ts';
import { AppError, describeError, ERROR_CODES, reportError } from '../../shared/errors.ts';
import { testSession } from '../support/engine-session.ts';
import { minimalInput } from '../support/minimal-input.ts';
import { respondents, responsesMapping, writeResponses } from '../support/survey-files.ts';

describe('the contract', () => {
  test('has a handler for every call, and no handler without a call', () => {
    const handled = [...Object.keys(HANDLERS), 'jobs.cancel'];
    expect(handled.sort()).toEqual([...CALL_NAMES].sort());
  });

  test('lets every long call take the name of its job', () => {
    for (const name of CALL_NAMES) {
      if (!CALLS[name].job) continue;
      const shape = (CALLS[name].input as unknown as { shape: Record<string, unknown> }).shape;
      expect(Object.keys(shape), name).toContain('job');
    }
  });

  test.each(CALL_NAMES)('%s refuses input it does not know, with its place', async (name) => {
    const { fault } = await testSession({ open: false });
    const error = await fault(name, { noSuchField: 1 });
    expect(error.code).toBe('call-input-invalid');
    expect(error.details.call).toBe(name);
    expect(error.details.path).not.toBe('');
    const wrong = await fault(name, 7);
    expect(wrong).toMatchObject({ code: 'call-input-invalid', details: { path: '(input)' } });
  });

  test('names the place of a fault deep in the input', async () => {
    const { fault } = await testSession();
    const mapping = responsesMapping();
    mapping.items[1]!.scale.max = 'five' as unknown as number;
    expect(await fault('import.preview', { path: '/x.csv', mapping })).toMatchObject({
      code: 'call-input-invalid',
      details: { path: 'mapping.items.1.scale.max' },
    });
  });

  test.each(['toString', '__proto__', 'constructor', 'app.statuss', ''])(
    'does not know a call "%s"',
    async (name) => {
      const { fault } = await testSession({ open: false });
      expect(await fault(name, {})).toMatchObject({ code: 'call-unknown', details: { call: name } });
    },
  );

  test.each(CALL_NAMES.filter((name) => !CALLS[name].offline))(
    '%s asks for an open database first',
    async (name) => {
      const { fault } = await testSession({ open: false });
      expect((await fault(name, minimalInput(CALLS[name].input))).code).toBe('database-not-open');
    },
  );
});

describe('a fault', () => {
  test.each(ERROR_CODES)('%s has a sentence in both languages with nothing left to fill', (code) => {
    for (const language of ['zh-CN', 'en'] as const) {
      const bare = describeError(code, {}, language);
      expect(bare.length).toBeGreaterThan(5);
      expect(bare).not.toMatch(/[{}]|undefined/);
      const anything = new Proxy({}, { get: () => '值' }) as Record<string, string>;
      expect(describeError(code, anything, language)).not.toMatch(/[{}—]|undefined/);
    }
    expect(describeError(code, {}, 'zh-CN')).toMatch(/\p{Script=Han}/u);
    expect(describeError(code, {}, 'en')).not.toMatch(/\p{Script=Han}/u);
  });

  test('that nobody expected becomes an engine fault without its stack', () => {
    const report = reportError(new TypeError('boom'));
    expect(report.code).toBe('engine-fault');
    expect(report.message.zh).toContain('boom');
    expect(JSON.stringify(report)).not.toContain('engine.test');
    expect(reportError(new AppError('study-unknown', { study: 's' })).message.en).toContain('"s"');
  });

  test.each([
    ['database-not-found', 'app.open', { path: '/nowhere/x.csi' }],
    ['scheme-unknown', 'scopes.tree', { scheme: 99 }],
    ['scheme-unknown', 'overview.get', { scheme: 99, scope: 'overall' }],
    ['scope-unknown', 'overview.get', { scheme: 1, scope: 'city:0000' }],
    ['channel-without-data', 'overview.get', { scheme: 1, scope: 'overall' }],
    ['channel-without-data', 'forecast.run', { scheme: 1 }],
    ['channel-without-data', 'forecast.table', { scheme: 1, channel: 'lost-sale' }],
    ['channel-without-data', 'plan.suggest', { year: 2027, channel: 'in-house', scheme: 1, uplift: 1 }],
    ['mapping-unknown', 'import.preview', { path: '/x.csv', mappingName: 'none' }],
    ['mapping-unknown', 'mappings.get', { name: 'none' }],
    ['import-file', 'import.commit', { path: '/nowhere/x.csv', mapping: responsesMapping() }],
    ['batch-unknown', 'import.undo', { batch: 9 }],
    ['batch-unknown', 'import.undoPreview', { batch: 9 }],
    ['alert-unknown', 'alerts.update', { alert: 9, state: 'closed' }],
    ['alert-unknown', 'alerts.get', { alert: 9 }],
    ['alert-unknown', 'alerts.responses', { alert: 9 }],
    ['channel-without-data', 'forecast.series', minimalInput(CALLS['forecast.series'].input)],
    ['channel-without-data', 'forecast.backtest', minimalInput(CALLS['forecast.backtest'].input)],
    ['channel-without-data', 'quarter.close', { scheme: 1 }],
    ['plan-unknown', 'plan.get', { plan: 9 }],
    ['plan-unknown', 'plan.approve', { plan: 9 }],
    ['plan-unknown', 'plan.delete', { plan: 9 }],
    ['report-nothing', 'reports.run', { scheme: 1 }],
    ['report-batch-unknown', 'reports.files', { batch: 9 }],
    ['report-batch-unknown', 'reports.run', { scheme: 1, resume: 9 }],
    ['backup-unknown', 'backups.verify', { name: 'none' }],
    ['backup-unknown', 'backups.restore', { name: 'none' }],
  ])('%s is what %s answers on an empty database, and nothing changes', async (code, name, input) => {
    const session = await testSession();
    const before = session.hash('whole');
    expect((await session.fault(name, input)).code).toBe(code);
    expect(session.hash('whole')).toBe(before);
  });
});

describe('the engine', () => {
  test('opens nothing that is no database of ours, and keeps what is open', async () => {
    const session = await testSession();
    const stranger = join(session.folder, 'stranger.csi');
    writeFileSync(stranger, 'SQLite format 3 but not really');
    expect((await session.fault('app.open', { path: stranger })).code).toBe('database-not-ours');
    expect((await session.fault('app.create', { path: join(session.folder, 'work.csi') })).code).toBe(
      'database-exists',
    );
    const status = await session.call('app.status', {});
    expect(status.database?.name).toBe('work.csi');
    expect((await session.call('app.close', {})).database).toBeNull();
    expect(status.recent).toEqual([
      { path: status.database!.path, openedAt: expect.any(String), exists: true },
    ]);
  });

  test('tells how far a job is and that it has ended', async () => {
    const session = await testSession();
    const events: EngineEvent[] = [];
    session.engine.subscribe((event) => events.push(event));
    const path = writeResponses(session.folder, 'a.csv', respondents('2026Q2', 2500));
    await session.call('import.commit', { path, mapping: responsesMapping(), job: 'j1' });
    const progress = events.flatMap((event) => (event.name === 'job.progress' ? [event.payload] : []));
    expect(progress.at(-1)).toMatchObject({ job: 'j1', call: 'import.commit', done: 2500, total: 2500 });
    expect(progress.map(({ done }) => done)).toEqual(progress.map(({ done }) => done).sort((a, b) => a - b));
    expect(events.at(-1)).toEqual({
      name: 'job.ended',
      payload: { job: 'j1', call: 'import.commit', ok: true },
    });
    expect(events).toContainEqual({ name: 'data.changed', payload: { dataVersion: 1 } });
    expect(await session.call('jobs.cancel', { job: 'j1' })).toEqual({ cancelled: false });
  });

  test('lets one change of the data wait for the other, and imports the same file once', async () => {
    const session = await testSession();
    const path = writeResponses(session.folder, 'a.csv', respondents('2026Q2', 3000));
    const other = writeResponses(session.folder, 'b.csv', respondents('2026Q1', 3000, 2));
    const mapping = responsesMapping();
    const answers = await Promise.all([
      session.engine.call('import.commit', { path, mapping }),
      session.engine.call('import.commit', { path, mapping }),
      session.engine.call('import.commit', { path: other, mapping }),
      session.engine.call('app.close', {}),
    ]);
    expect(answers.map((answer) => (answer.ok ? 'done' : answer.error.code))).toEqual([
      'done',
      'import-duplicate',
      'done',
      'done',
    ]);
    await session.call('app.open', { path: join(session.folder, 'work.csi') });
    expect((await session.call('app.status', {})).database?.counts).toMatchObject({
      batches: 2,
      responses: 6000,
    });
  });

  test('stops what still reads a database that is closed', async () => {
    const session = await testSession();
    const path = writeResponses(session.folder, 'long.csv', respondents('2026Q2', 6_000));
    let closing: Promise<unknown> | undefined;
    session.engine.subscribe((event) => {
      if (event.name === 'job.progress') closing ??= session.engine.call('app.close', {});
    });
    const error = await session.fault('import.preview', { path, mapping: responsesMapping(), job: 'p' });
    expect(error.code).toBe('job-cancelled');
    await closing;
  });

  test('refuses a job under the name of one that runs', async () => {
    const session = await testSession();
    const path = writeResponses(session.folder, 'a.csv', respondents('2026Q2', 3000));
    const mapping = responsesMapping();
    const first = session.engine.call('import.preview', { path, mapping, job: 'same' });
    const second = await session.fault('import.preview', { path, mapping, job: 'same' });
    expect(second).toMatchObject({ code: 'call-input-invalid', details: { path: 'job' } });
    expect((await first).ok).toBe(true);
  });

  test('backs up, verifies, and brings the former figures back', async () => {
    const session = await testSession();
    const first = writeResponses(session.folder, 'a.csv', respondents('2026Q2', 500));
    const second = writeResponses(session.folder, 'b.csv', respondents('2026Q3', 500, 2));
    const mapping = responsesMapping();
    await session.call('import.commit', { path: first, mapping });
    const before = await session.call('overview.get', { scheme: 2, scope: 'overall' });
    const backup = await session.call('backups.create', {});
    expect(await session.call('backups.verify', { name: backup.name })).toMatchObject({ ok: true });
    await session.call('import.commit', { path: second, mapping });
    expect(await session.call('overview.get', { scheme: 2, scope: 'overall' })).not.toEqual(before);
    await session.call('backups.restore', { name: backup.name });
    expect(await session.call('overview.get', { scheme: 2, scope: 'overall' })).toEqual(before);
    expect((await session.call('import.batches', {})).map(({ fileName }) => fileName)).toEqual(['a.csv']);
    expect((await session.call('audit.list', {})).map(({ action }) => action)).toContain('backup.restore');
  });

  test('makes its data folder and leaves nothing open behind', async () => {
    const session = await testSession();
    await session.engine.close();
    expect(existsSync(join(session.folder, 'work.csi-wal'))).toBe(false);
  });
});
