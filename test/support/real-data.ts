/** Where the public data lie that the product is tried on: beside the checkout, or where CSI_TEST_DATA says. */
import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';

export const REAL_DATA = resolve(
  process.env.CSI_TEST_DATA ?? join(import.meta.dirname, '../../../shared/data'),
);

/** Whether tests on real data can run; says why not, so that a skipped test is never a silent one. */
export function hasRealData(): boolean {
  const found = existsSync(join(REAL_DATA, 'hospital-panel'));
  if (!found) console.warn(`Tests on real data are skipped: there is no ${REAL_DATA} (set CSI_TEST_DATA).`);
  return found;
}

/** The CSV files of one data set, in the order of their names. */
export function realFiles(folder: string): string[] {
  return readdirSync(join(REAL_DATA, folder))
    .filter((name) => name.endsWith('.csv'))
    .sort()
    .map((name) => join(REAL_DATA, folder, name));
}
