/** The in-house study of the sample for any seed, imported wave by wave; the other channels are left out. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inHouseTable } from '../../resources/sample/in-house.ts';
import { questionnaireOf } from '../../resources/sample/indicators.ts';
import { sampleMapping } from '../../resources/sample/mappings.ts';
import { isTrading, makeNetwork } from '../../resources/sample/network.ts';
import { makeSatisfaction } from '../../resources/sample/satisfaction.ts';
import { utf8Csv } from '../../resources/sample/tables.ts';
import { formatQuarter, quarterOf } from '../../shared/domain/quarter.ts';
import type { Session } from './engine-session.ts';

const LAST = quarterOf(2026, 3);
const QUARTERS = 12;

export async function importInHouse(session: Session, seed: number, dealers: number): Promise<void> {
  const first = LAST - QUARTERS + 1;
  const network = makeNetwork(seed, dealers, first, LAST);
  const truth = makeSatisfaction(seed, network, first);
  for (let quarter = first; quarter <= LAST; quarter++) {
    const trading = network.filter((dealer) => isTrading(dealer, quarter));
    const path = join(session.folder, `in-house-${formatQuarter(quarter)}.csv`);
    writeFileSync(path, utf8Csv(inHouseTable(seed, trading, truth, quarter)));
    const { version } = questionnaireOf('in-house', quarter);
    await session.call('import.commit', { path, mapping: sampleMapping(`in-house-${version}`) });
  }
}
