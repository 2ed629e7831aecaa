import { expect, test } from 'vitest';
import {
  batchHeaders,
  countOpenQuarantined,
  listAliases,
  listFormerMappings,
  listRowMarks,
} from '../../../../electron/engine/store/import-memory.ts';
import { aroundMigration } from '../../../support/old-database.ts';

test('batches from before imports had a memory keep everything and remember nothing', () => {
  const { open, step } = aroundMigration('import-memory');
  const before = open(step);
  before.connection.exec(`
    INSERT INTO studies (id, code, channel, kind, name_zh, name_en) VALUES (1, 's', 'in-house', 'responses', 's', 's');
    INSERT INTO questionnaires (id, study_id, version) VALUES (1, 1, '1');
    INSERT INTO questions (id, questionnaire_id, code, role, label_zh, label_en) VALUES (1, 1, 'q', 'item', 'q', 'q');
    INSERT INTO import_batches (id, sequence, state, study_id, questionnaire_id, file_name, sha256, mapping, created_at)
      VALUES (1, 1, 'committed', 1, 1, 'a.csv', 'x', '{"items":[]}', '2026-01-01')`);
  before.close();
  const { connection, close } = open(step + 1);
  expect(batchHeaders(connection, 1)).toEqual([]);
  expect(listRowMarks(connection, 's')).toEqual([]);
  expect(countOpenQuarantined(connection).size).toBe(0);
  expect(listAliases(connection)).toEqual([]);
  expect(listFormerMappings(connection)).toEqual([
    { batch: 1, fileName: 'a.csv', mapping: '{"items":[]}', headers: [] },
  ]);
  close();
});
