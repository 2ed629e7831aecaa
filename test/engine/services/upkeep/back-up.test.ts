// A backup is made beside the work: the engine answers and writes meanwhile, and what is stopped leaves nothing.
import { existsSync, readdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { backupFolder } from '../../../../electron/engine/store/backup.ts';
import { type Session, testSession } from '../../../support/engine-session.ts';
import { importResponses } from '../../../support/small-studies.ts';
import { respondents } from '../../../support/survey-files.ts';

const progressOf = (session: Session) => {
  const steps: string[] = [];
  session.engine.subscribe((event) => {
    if (event.name === 'job.progress') steps.push(event.payload.step.en);
  });
  return steps;
};

test('the engine answers and writes while a backup is made, which holds a whole state of the database', async () => {
  const session = await testSession();
  await importResponses(session, respondents('2026Q2', 400));
  const steps = progressOf(session);
  let made = false;
  const backup = session.call('backups.create', { job: 'one' }).then((view) => {
    made = true;
    return view;
  });
  let answered = 0;
  while (!made) {
    await session.call('aliases.save', {
      choices: [{ kind: 'city', name: `某市${answered}`, province: '', action: 'leave', target: '' }],
    });
    answered++;
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  expect(answered).toBeGreaterThan(1);
  const { name } = await backup;
  expect([...new Set(steps)]).toEqual([
    'Backup: copying the database (MB)',
    "Backup: checking the copy's structure",
    'Backup: comparing it with the database row by row',
    'Backup: computing its checksum',
  ]);
  expect(await session.call('backups.verify', { name })).toMatchObject({ ok: true });
  const before = (await session.call('aliases.list', {})).length;
  await session.call('backups.restore', { name });
  expect((await session.call('aliases.list', {})).length).toBeLessThan(before);
});

test('a backup that is stopped leaves nothing, and the next one is made', async () => {
  const session = await testSession();
  await importResponses(session, respondents('2026Q2', 400));
  session.engine.subscribe((event) => {
    if (event.name === 'job.progress' && event.payload.job === 'one')
      void session.engine.call('jobs.cancel', { job: 'one' });
  });
  expect(await session.fault('backups.create', { job: 'one' })).toMatchObject({ code: 'job-cancelled' });
  expect(readdirSync(backupFolder(join(session.folder, 'work.csi')))).toEqual([]);
  await session.call('backups.create', { job: 'two' });
  expect(await session.call('backups.list', {})).toHaveLength(1);
});

test('a database whose folder was moved while it is open says so, and is backed up again once it is back', async () => {
  const session = await testSession();
  await importResponses(session, respondents('2026Q2', 40));
  const [path, elsewhere] = [join(session.folder, 'work.csi'), `${session.folder}-moved`];
  renameSync(session.folder, elsewhere);
  const fault = await session.fault('backups.create', { job: 'gone' });
  expect(fault).toMatchObject({ code: 'database-moved', details: { path } });
  expect(existsSync(session.folder)).toBe(false);
  renameSync(elsewhere, session.folder);
  await session.call('backups.create', { job: 'back' });
  expect(await session.call('backups.list', {})).toContainEqual(
    expect.objectContaining({ reason: 'manual' }),
  );
});
