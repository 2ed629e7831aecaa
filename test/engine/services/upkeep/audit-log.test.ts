// The audit log as people read it: who did what when, before and after; nothing in it can be changed.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { AUDIT_ACTIONS, auditChange } from '../../../../shared/domain/audit-action.ts';
import { startSession } from '../../../support/engine-session.ts';

async function sessionWithEntries() {
  const session = await startSession();
  const mapping = JSON.parse(
    readFileSync(
      join(import.meta.dirname, '../../../../resources/sample/mappings/in-house-2025.mapping.json'),
      'utf8',
    ),
  );
  await session.call('mappings.save', { name: '=2+3 first', mapping });
  await session.call('mappings.save', { name: 'second', mapping });
  await session.call('mappings.delete', { name: 'second' });
  await session.call('backups.create', {});
  return session;
}

test('the log is narrowed by area, person, day and words', async () => {
  const session = await sessionWithEntries();
  const actions = async (filter: object) =>
    (await session.call('audit.list', filter)).map((entry) => entry.action);
  expect(await actions({})).toEqual(['backup.create', 'mapping.delete', 'mapping.save', 'mapping.save']);
  expect(await actions({ areas: ['upkeep'] })).toEqual(['backup.create']);
  expect(await actions({ areas: ['data'], text: 'SECOND' })).toEqual(['mapping.delete', 'mapping.save']);
  expect(await actions({ actors: ['somebody else'] })).toEqual([]);
  expect(await actions({ actors: ['tester'], limit: 1 })).toEqual(['backup.create']);
  // The test's clock stands at 08:00 UTC: 16:00 of the same day at +08:00, the day before at -09:00.
  expect(await actions({ from: '2026-11-21', to: '2026-11-21', offsetMinutes: 480 })).toHaveLength(4);
  expect(await actions({ from: '2026-11-21', offsetMinutes: -540 })).toEqual([]);
  expect(await actions({ to: '2026-11-20', offsetMinutes: -540 })).toHaveLength(4);
  expect(await session.call('audit.summary', {})).toMatchObject({ actors: ['tester'], entries: 4 });
  await session.close();
});

test('a filter is taken as text, never as a pattern or SQL', async () => {
  const session = await sessionWithEntries();
  for (const text of ['%', "'; DROP TABLE audit_log; --", '_'])
    expect(await session.call('audit.list', { text })).toEqual([]);
  expect(await session.call('audit.list', {})).toHaveLength(4);
  await session.close();
});

test('the exported log holds every line that passes, with formulas made inert', async () => {
  const session = await sessionWithEntries();
  const path = join(session.folder, 'log.csv');
  await session.call('audit.export', { path, areas: ['data'], language: 'en' });
  const lines = readFileSync(path, 'utf8').trimEnd().split('\r\n');
  expect(lines).toHaveLength(4);
  expect(lines[1]).toContain('tester,Mapping deleted,second');
  expect(lines.at(-1)).toContain("'=2+3 first");
  await session.close();
});

test('a change is told by the fields that differ', () => {
  expect(auditChange({ a: 1, b: [1], c: 'x' }, { a: 1, b: [2], d: null })).toEqual({
    before: { b: [1], c: 'x' },
    after: { b: [2], d: null },
  });
});

test('every action has its words in both languages', () => {
  for (const { name } of Object.values(AUDIT_ACTIONS)) {
    expect(name.zh).toMatch(/\p{Script=Han}/u);
    expect(name.en).toMatch(/^[A-Z]/);
  }
});
