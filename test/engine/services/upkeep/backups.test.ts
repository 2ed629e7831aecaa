// Backups that nobody asked for: once a day, and only when there is something new.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createEngine } from '../../../../electron/engine/engine.ts';
import { RESOURCES } from '../../../support/engine-session.ts';
import {
  RESPONSE_HEADER,
  respondents,
  responseLines,
  responsesMapping,
} from '../../../support/survey-files.ts';

function startAt(folder: string) {
  let now = new Date('2026-11-01T08:00:00Z');
  const engine = createEngine({
    dataFolder: folder,
    resourcesFolder: RESOURCES,
    clock: () => now,
    log: () => undefined,
    actor: 'tester',
  });
  const call = async (name: string, input: unknown) => {
    const answer = await engine.call(name as 'app.open', input as never);
    if (!answer.ok) throw new Error(answer.error.code);
    return answer.value as unknown;
  };
  return {
    call,
    close: () => engine.close(),
    async reopen(at: string) {
      now = new Date(at);
      await call('app.close', {});
      await call('app.open', { path: join(folder, 'work.csi') });
      // Made while the work begins; a call that waits its turn waits for it.
      await call('app.open', { path: join(folder, 'work.csi') });
      return (await call('backups.list', {})) as { reason: string; createdAt: string }[];
    },
  };
}

test('the first opening of a day backs up what was done since the last backup, and nothing else does', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'csi-daily-'));
  const path = join(folder, 'a.csv');
  writeFileSync(path, [RESPONSE_HEADER, ...responseLines(respondents('2026Q2', 40))].join('\n'));
  const session = startAt(folder);
  onTestFinished(async () => {
    await session.close();
    rmSync(folder, { recursive: true, force: true });
  });
  await session.call('app.create', { path: join(folder, 'work.csi') });
  await session.call('import.commit', { path, mapping: responsesMapping() });
  expect(await session.reopen('2026-11-01T20:00:00Z')).toEqual([]);
  const reasons = async (at: string) => (await session.reopen(at)).map((one) => one.reason);
  expect(await reasons('2026-11-03T08:00:00Z')).toEqual(['daily']);
  expect(await reasons('2026-11-03T20:00:00Z')).toEqual(['daily']);
  expect(await reasons('2026-11-09T08:00:00Z')).toEqual(['daily']);
  await session.call('mappings.delete', { name: 'none' });
  expect(await reasons('2026-11-12T08:00:00Z')).toEqual(['daily', 'daily']);
});
