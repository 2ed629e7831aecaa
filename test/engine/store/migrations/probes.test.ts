import { expect, test } from 'vitest';
import {
  addProbeRun,
  deleteProbe,
  hitsOnlyIn,
  listProbeRuns,
  listProbes,
  putProbe,
} from '../../../../electron/engine/store/probes.ts';
import { aroundMigration } from '../../../support/old-database.ts';

test('a database made before probes existed has none, and keeps one with its runs until it is deleted', () => {
  const { open, step } = aroundMigration('probes');
  open(step).close();
  const now = open(step + 1);
  const db = now.connection;
  expect(listProbes(db)).toEqual([]);
  const probeId = putProbe(db, { id: null, name: 'a', definition: '{}', actor: '', savedAt: '2026' });
  const run = { probeId, definition: '{}', dataVersion: 1, actor: '', at: '2026' };
  const hit = { unit: 'dealer:a', indicator: '', quarter: 8104, score: 60, nEff: 40 };
  const first = addProbeRun(db, run, []);
  const second = addProbeRun(db, run, [hit]);
  expect(hitsOnlyIn(db, second, first)).toEqual([hit]);
  expect(listProbeRuns(db, probeId).map(({ hits }) => hits)).toEqual([1, 0]);
  deleteProbe(db, probeId);
  expect(db.prepare('SELECT count(*) FROM probe_hits').pluck().get()).toBe(0);
  expect(now.check()).toEqual([]);
  now.close();
});
