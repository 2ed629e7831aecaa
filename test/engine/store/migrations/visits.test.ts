import { expect, test } from 'vitest';
import { addVisits, forgetCustomer, listVisits } from '../../../../electron/engine/store/visits.ts';
import { aroundMigration } from '../../../support/old-database.ts';

test('a database made before visits has none, keeps them exactly, forgets a customer and tells damage', () => {
  const { open, step } = aroundMigration('visits');
  open(step).close();
  const now = open(step + 1);
  const db = now.connection;
  db.exec(`INSERT INTO studies (id, code, channel, kind, name_zh, name_en) VALUES (1, 'v', 'lost-customer', 'responses', 'v', 'v');
    INSERT INTO questionnaires (id, study_id, version) VALUES (1, 1, 'v');
    INSERT INTO import_batches (id, state, study_id, questionnaire_id, file_name, sha256, mapping, created_at)
      VALUES (1, 'committed', 1, 1, 'f', 'x', '{}', '2026')`);
  expect(listVisits(db)).toEqual([]);
  const visits = {
    dealerCodes: ['D1'],
    adviserNames: ['', 'a'],
    pseudonyms: Buffer.from(`${'ab'.repeat(16)}${'cd'.repeat(16)}`, 'hex'),
    customers: Uint32Array.of(0, 1, 1),
    days: Int32Array.of(20_000, -1, 20_001),
    dealers: Uint32Array.of(0, 0, 0),
    advisers: Uint32Array.of(1, 0, 1),
  };
  addVisits(db, 1, visits);
  expect(listVisits(db)).toEqual([visits]);
  expect(forgetCustomer(db, 'cd'.repeat(32), '01'.repeat(16))).toBe(1);
  expect(Buffer.from(listVisits(db)[0]!.pseudonyms).toString('hex')).toBe(
    `${'ab'.repeat(16)}${'01'.repeat(16)}`,
  );
  db.prepare('UPDATE service_visits SET crc = crc + 1').run();
  expect(() => listVisits(db)).toThrow('checksum');
  db.prepare('DELETE FROM import_batches').run();
  expect(db.prepare('SELECT count(*) FROM service_visits').pluck().get()).toBe(0);
  now.close();
});
