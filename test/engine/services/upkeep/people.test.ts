// Who answered: apart from the answers, found masked, and gone to the last byte when erased.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findPerson } from '../../../../electron/engine/store/people.ts';
import { type Session, startSession } from '../../../support/engine-session.ts';
import { aroundMigration } from '../../../support/old-database.ts';
import {
  DEALERS,
  RESPONSE_HEADER,
  respondents,
  responseLines,
  responsesMapping,
} from '../../../support/survey-files.ts';

const PHONE = '13912345678';
const MAPPING = responsesMapping({
  identity: [
    { column: 'who', kind: 'name' },
    { column: 'phone', kind: 'phone' },
  ],
});

/** Forty people a file; the last of them, 赵不凡, answers in every file. */
function writeWave(session: Session, quarter: '2026Q1' | '2026Q2', phone: string): string {
  const path = join(session.folder, `${quarter}.csv`);
  const lines = responseLines(respondents(quarter, 40)).map((line, i) =>
    i === 39 ? `${line},赵不凡,${phone}` : `${line},王${i},138000000${10 + i}`,
  );
  writeFileSync(path, [`${RESPONSE_HEADER},who,phone`, ...lines].join('\n'));
  return path;
}

/** Every byte of the database and its log. */
function bytesOf(session: Session): Buffer {
  const names = ['work.csi', 'work.csi-wal'].map((name) => join(session.folder, name));
  return Buffer.concat(names.filter((name) => existsSync(name)).map((name) => readFileSync(name)));
}

test('a person who is erased leaves no byte in the database or its log, and no figure changes', async () => {
  const session = await startSession();
  await session.call('import.commit', { path: writeWave(session, '2026Q1', PHONE), mapping: MAPPING });
  await session.call('import.commit', {
    path: writeWave(session, '2026Q2', '+86 139-1234-5678'),
    mapping: MAPPING,
  });
  const { schemes } = await session.call('catalog.get', {});
  const overview = () => session.call('overview.get', { scheme: schemes[0]!.id, scope: 'overall' });
  const figures = await overview();
  const { people, more } = await session.call('people.find', { text: '12345678' });
  expect(more).toBe(false);
  expect(people).toHaveLength(1);
  expect(people[0]!.rows.map(({ fileName, sourceRow }) => [fileName, sourceRow])).toEqual([
    ['2026Q1.csv', 41],
    ['2026Q2.csv', 41],
  ]);
  expect(JSON.stringify(people)).not.toMatch(/不凡|12345678|1234-5678/);
  expect(bytesOf(session).includes('赵不凡')).toBe(true);
  const { pseudonym } = people[0]!;
  expect(await session.call('people.erase', { pseudonym })).toMatchObject({ rows: 2, visits: 0 });
  for (const text of ['赵不凡', PHONE, '139-1234-5678']) expect(bytesOf(session).includes(text)).toBe(false);
  expect(await session.call('people.find', { text: '12345678' })).toEqual({ people: [], more: false });
  expect(await session.call('people.summary', {})).toEqual({ rows: 78, people: 39, visits: 0, erased: 1 });
  expect(await overview()).toEqual(figures);
  expect(await session.fault('people.erase', { pseudonym })).toMatchObject({ code: 'person-unknown' });
  expect(JSON.stringify(await session.call('audit.list', {}))).not.toMatch(/赵不凡|13912345678/);
  await session.close();
});

test('an erased person does not come back with the file, and others do', async () => {
  const session = await startSession();
  const path = writeWave(session, '2026Q1', PHONE);
  const batch = await session.call('import.commit', { path, mapping: MAPPING });
  const { people } = await session.call('people.find', { text: PHONE });
  await session.call('people.erase', { pseudonym: people[0]!.pseudonym });
  await session.call('import.undo', { batch: batch.id });
  await session.call('import.commit', { path, mapping: MAPPING });
  expect(await session.call('people.summary', {})).toEqual({ rows: 39, people: 39, visits: 0, erased: 1 });
  expect(bytesOf(session).includes('赵不凡')).toBe(false);
  await session.close();
});

test('the backups that still name an erased person are told, and can be taken away', async () => {
  const session = await startSession();
  await session.call('import.commit', { path: writeWave(session, '2026Q1', PHONE), mapping: MAPPING });
  const backup = await session.call('backups.create', {});
  const { people } = await session.call('people.find', { text: PHONE });
  const erased = await session.call('people.erase', { pseudonym: people[0]!.pseudonym });
  expect(erased.backups).toEqual([backup.name]);
  await session.call('backups.delete', { name: backup.name });
  expect(await session.fault('backups.delete', { name: backup.name })).toMatchObject({
    code: 'backup-unknown',
  });
  const folder = join(session.folder, 'work.csi-backups');
  expect(readdirSync(folder).filter((name) => name.startsWith(backup.name))).toEqual([]);
  const after = await session.call('backups.create', {});
  expect(readFileSync(join(folder, after.name)).includes('赵不凡')).toBe(false);
  await session.close();
});

test('a person who was erased does not come back with an earlier backup, and what was put aside is told', async () => {
  const session = await startSession();
  await session.call('import.commit', { path: writeWave(session, '2026Q1', PHONE), mapping: MAPPING });
  const backup = await session.call('backups.create', {});
  // Put aside with the person in it.
  await session.call('backups.restore', { name: backup.name });
  const { people } = await session.call('people.find', { text: PHONE });
  const erased = await session.call('people.erase', { pseudonym: people[0]!.pseudonym });
  expect(erased).toMatchObject({ backups: [backup.name], replaced: ['1'] });
  await session.call('backups.restore', { name: backup.name });
  expect(await session.call('people.find', { text: PHONE })).toEqual({ people: [], more: false });
  expect(await session.call('people.summary', {})).toMatchObject({ people: 39, erased: 1 });
  for (const text of ['赵不凡', PHONE]) expect(bytesOf(session).includes(text)).toBe(false);
  const [line] = await session.call('audit.list', {});
  expect(line).toMatchObject({ action: 'person.erase-again', detail: { rows: 1 } });
  const replaced = await session.call('backups.replaced', {});
  expect(replaced.map(({ folder }) => folder)).toEqual(['work.csi-replaced/2', 'work.csi-replaced/1']);
  const heldBy = (folder: string) =>
    readFileSync(join(session.folder, folder, 'work.csi')).includes('赵不凡');
  expect(replaced.map(({ folder }) => heldBy(folder))).toEqual([false, true]);
  await session.call('backups.deleteReplaced', { name: '1' });
  expect(readdirSync(join(session.folder, 'work.csi-replaced'))).toEqual(['2']);
  expect(await session.fault('backups.deleteReplaced', { name: '../..' })).toMatchObject({
    code: 'backup-unknown',
  });
  await session.close();
});

const VIN = 'LSVAA123456789012';

/** Three customers by VIN: the first came twice. */
async function importVisits(session: Session): Promise<void> {
  const path = join(session.folder, 'visits.csv');
  const dealer = DEALERS[0]!.dealer;
  const lines = [
    `${VIN},${dealer},2026-01-10`,
    `lsvaa12345 6789012,${dealer},2026-05-10`,
    `LSVBB0001,${dealer},2026-02-11`,
    `LSVCC0002,${dealer},2026-03-12`,
  ];
  writeFileSync(path, ['VIN,经销商编码,进店日期', ...lines].join('\n'));
  await session.call('visits.import', { path });
}

test('a customer known from visits alone is found by the whole number, and erased to the last byte', async () => {
  const session = await startSession();
  await session.call('import.commit', { path: writeWave(session, '2026Q1', PHONE), mapping: MAPPING });
  await importVisits(session);
  const loss = await session.call('lost.visits', { scheme: 2 });
  expect((await session.call('people.find', { text: VIN.slice(0, 12) })).people).toEqual([]);
  const { people } = await session.call('people.find', { text: 'lsvaa1234 56789012' });
  expect(people).toMatchObject([
    {
      shown: [{ kind: 'vin', text: 'LSV****9012' }],
      rows: [],
      visits: [{ fileName: 'visits.csv', visits: 2 }],
    },
  ]);
  const { pseudonym } = people[0]!;
  const kept = Buffer.from(pseudonym, 'hex').subarray(0, 16);
  expect(bytesOf(session).includes(kept)).toBe(true);
  const backup = await session.call('backups.create', {});
  const erased = await session.call('people.erase', { pseudonym });
  expect(erased).toEqual({ rows: 0, visits: 2, backups: [backup.name], replaced: [] });
  expect(bytesOf(session).includes(kept)).toBe(false);
  expect(bytesOf(session).includes(VIN)).toBe(false);
  expect((await session.call('people.find', { text: VIN })).people).toEqual([]);
  expect(await session.fault('people.erase', { pseudonym })).toMatchObject({ code: 'person-unknown' });
  expect((await session.call('lost.visits', { scheme: 2 })).total).toEqual(loss.total);
  await session.close();
});

test('who is erased takes along the visits under the car as well, and comes back with neither file', async () => {
  const session = await startSession();
  const mapping = responsesMapping({
    identity: [
      { column: 'who', kind: 'vin' },
      { column: 'phone', kind: 'phone' },
    ],
  });
  const [line] = responseLines(respondents('2026Q1', 1));
  const path = join(session.folder, 'one.csv');
  writeFileSync(path, [`${RESPONSE_HEADER},who,phone`, `${line},${VIN},${PHONE}`].join('\n'));
  const batch = await session.call('import.commit', { path, mapping });
  writeFileSync(
    join(session.folder, 'more.csv'),
    [
      `${RESPONSE_HEADER},who,phone`,
      ...responseLines(respondents('2026Q2', 40, 2)).map((row) => `${row},,`),
    ].join('\n'),
  );
  await session.call('import.commit', { path: join(session.folder, 'more.csv'), mapping });
  await importVisits(session);
  const { people } = await session.call('people.find', { text: PHONE });
  expect(people).toMatchObject([{ rows: [{ fileName: 'one.csv' }], visits: [{ visits: 2 }] }]);
  expect((await session.call('people.find', { text: VIN })).people).toEqual(people);
  const erased = await session.call('people.erase', { pseudonym: people[0]!.pseudonym });
  expect(erased).toMatchObject({ rows: 1, visits: 2 });
  await session.call('import.undo', { batch: batch.id });
  await session.call('import.commit', { path, mapping });
  expect((await session.call('people.find', { text: VIN })).people).toEqual([]);
  expect(await session.call('people.summary', {})).toMatchObject({ rows: 0, people: 0, visits: 4 });
  await session.close();
});

test('people of an older database keep their names, kinds and rows', () => {
  const { open, step } = aroundMigration('people');
  const old = open(step);
  old.connection.exec(`
    INSERT INTO studies (id, code, channel, kind, name_zh, name_en) VALUES (1, 's', 'in-house', 'responses', 's', 's');
    INSERT INTO questionnaires (id, study_id, version) VALUES (1, 1, '1');
    INSERT INTO import_batches (id, state, study_id, questionnaire_id, file_name, sha256, mapping, created_at)
      VALUES (1, 'committed', 1, 1, 'a.csv', 'x', '{"identity":[{"column":"a","kind":"name"},{"column":"b","kind":"phone"}]}', '');
    INSERT INTO identities VALUES ('p1', 1, '{"row":7,"fields":["王芳","138"]}'), ('p2', 1, '{"row":9,"fields":["","139"]}')`);
  old.close();
  const now = open(step + 1);
  expect(findPerson(now.connection, 'p1')).toEqual([
    { batch: 1, sourceRow: 7, pseudonym: 'p1', fields: '{"name":"王芳","phone":"138"}' },
  ]);
  expect(findPerson(now.connection, 'p2')[0]).toMatchObject({ sourceRow: 9, fields: '{"phone":"139"}' });
  expect(now.check()).toEqual([]);
  now.close();
});
