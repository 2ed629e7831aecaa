/* Writes the sample studies of a fictitious car maker. `node resources/sample/generate.ts [--out folder]
   [--dealers N] [--quarters N] [--seed S]`: the same options give the same bytes. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { formatQuarter, type Quarter, quarterOf } from '../../shared/domain/quarter.ts';
import type { Channel } from '../../shared/domain/study-mapping.ts';
import { inHouseTable } from './in-house.ts';
import { questionnaireOf } from './indicators.ts';
import { lostTable } from './lost-customers.ts';
import { dealerTable, isTrading, makeNetwork, type SampleDealer } from './network.ts';
import { makeSatisfaction, type Satisfaction } from './satisfaction.ts';
import { type Cell, gb18030Csv, utf8Csv, workbook } from './tables.ts';
import { thirdPartyTable } from './third-party.ts';
import { visitTable } from './visits.ts';

/** The last quarter of the sample; the quarter after it is the one to forecast. */
const LAST_QUARTER: Quarter = quarterOf(2026, 3);

export interface SampleOptions {
  /** Size of the dealer network; 300 unless told. */
  dealers?: number;
  /** Quarters up to 2026Q3; 12 unless told, which is also the most. */
  quarters?: number;
  seed?: number;
}

interface SampleFile {
  fileName: string;
  channel: Channel;
  /** As `2026Q3`. */
  quarter: string;
  /** Name of the mapping, as `sampleMapping` takes it. */
  mapping: string;
  /** Data rows, the header not counted. */
  rows: number;
}

/** What was written, in the order in which it should be imported: quarter by quarter. */
export interface SampleManifest {
  seed: number;
  dealers: number;
  quarters: string[];
  dealerFile: string;
  visitFile: string;
  files: SampleFile[];
}

/**
 * Writes the dealer list, the service visits and one file a channel and quarter into `folder`, which is made where it is missing, with
 * `manifest.json` beside them. Throws on options that are no whole numbers within range.
 */
export async function generateSampleStudies(
  folder: string,
  options: SampleOptions = {},
): Promise<SampleManifest> {
  const { dealers, quarters, seed } = checked(options);
  const first = LAST_QUARTER - 11;
  const network = makeNetwork(seed, dealers, first, LAST_QUARTER);
  const truth = makeSatisfaction(seed, network, first);
  mkdirSync(folder, { recursive: true });
  const wanted = Array.from({ length: quarters }, (_, i) => LAST_QUARTER - quarters + 1 + i);
  const files: SampleFile[] = [];
  for (const quarter of wanted) {
    const trading = network.filter((d) => isTrading(d, quarter));
    for (const channel of STUDY_FILES.keys())
      files.push(await writeStudy(folder, channel, seed, trading, truth, quarter));
  }
  const dealerFile = 'dealers.csv';
  writeFileSync(join(folder, dealerFile), utf8Csv(dealerTable(network)));
  const visitFile = 'service-visits.csv';
  writeFileSync(join(folder, visitFile), utf8Csv(visitTable(seed, network, first, LAST_QUARTER)));
  const quarterNames = wanted.map(formatQuarter);
  const manifest = { seed, dealers, quarters: quarterNames, dealerFile, visitFile, files };
  writeFileSync(join(folder, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  return manifest;
}

type TableMaker = (seed: number, dealers: SampleDealer[], truth: Satisfaction, quarter: Quarter) => Cell[][];
type TableWriter = (rows: Cell[][]) => Uint8Array | Promise<Uint8Array>;

const STUDY_FILES: ReadonlyMap<Channel, { ending: string; table: TableMaker; bytes: TableWriter }> = new Map([
  ['third-party', { ending: 'xlsx', table: thirdPartyTable, bytes: (rows) => workbook('经销商得分', rows) }],
  ['in-house', { ending: 'csv', table: inHouseTable, bytes: utf8Csv }],
  [
    'lost-customer',
    {
      ending: 'csv',
      table: (seed, dealers, truth, quarter) => lostTable(seed, 'lost-customer', dealers, truth, quarter),
      bytes: gb18030Csv,
    },
  ],
  [
    'lost-sale',
    {
      ending: 'xlsx',
      table: (seed, dealers, truth, quarter) => lostTable(seed, 'lost-sale', dealers, truth, quarter),
      bytes: (rows) => workbook('战败客户', rows),
    },
  ],
]);

async function writeStudy(
  folder: string,
  channel: Channel,
  seed: number,
  dealers: SampleDealer[],
  truth: Satisfaction,
  quarter: Quarter,
): Promise<SampleFile> {
  const study = STUDY_FILES.get(channel)!;
  const rows = study.table(seed, dealers, truth, quarter);
  const fileName = `${channel}-${formatQuarter(quarter)}.${study.ending}`;
  writeFileSync(join(folder, fileName), await study.bytes(rows));
  const mapping = `${channel}-${questionnaireOf(channel, quarter).version}`;
  return { fileName, channel, quarter: formatQuarter(quarter), mapping, rows: rows.length - 1 };
}

function checked(options: SampleOptions): Required<SampleOptions> {
  const { dealers = 300, quarters = 12, seed = 6 } = options;
  if (!Number.isInteger(dealers) || dealers < 1 || dealers > 9999)
    throw new RangeError(`generateSampleStudies: dealers ${dealers}, wanted 1 to 9999`);
  if (!Number.isInteger(quarters) || quarters < 1 || quarters > 12)
    throw new RangeError(`generateSampleStudies: quarters ${quarters}, wanted 1 to 12`);
  if (!Number.isInteger(seed)) throw new RangeError(`generateSampleStudies: seed ${seed}`);
  return { dealers, quarters, seed };
}

// The second condition keeps a bundle that contains this file from taking itself for the command.
if (import.meta.main && basename(import.meta.filename) === 'generate.ts') {
  const { values } = parseArgs({
    options: {
      out: { type: 'string', default: join(import.meta.dirname, 'data') },
      dealers: { type: 'string', default: '300' },
      quarters: { type: 'string', default: '12' },
      seed: { type: 'string', default: '6' },
    },
  });
  const manifest = await generateSampleStudies(values.out, {
    dealers: Number(values.dealers),
    quarters: Number(values.quarters),
    seed: Number(values.seed),
  });
  const rows = manifest.files.reduce((sum, file) => sum + file.rows, 0);
  console.log(`${manifest.files.length} files, ${rows} rows in ${values.out}`);
}
