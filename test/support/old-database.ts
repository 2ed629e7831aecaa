import { join } from 'node:path';
import { openDatabase } from '../../electron/engine/store/database.ts';
import { MIGRATIONS } from '../../electron/engine/store/migrations/registry.ts';
import { tempFolder } from './temp-folder.ts';

/** A database file of its own that `open` brings up to so many migrations; `step` of them come before the one named. */
export function aroundMigration(name: string) {
  const path = join(tempFolder(), 'a.csi');
  const step = MIGRATIONS.findIndex((one) => one.name === name);
  if (step < 0) throw new Error(`No migration is called ${name}`);
  const open = (count: number) =>
    openDatabase(path, { migrations: MIGRATIONS.slice(0, count), clock: () => 0, appVersion: '0.1.0' });
  return { path, step, open };
}
