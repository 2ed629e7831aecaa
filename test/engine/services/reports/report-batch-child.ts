// A batch in a process of its own, to be killed: prints a line a finished dealer. Arguments: folder, dealers.
import { join } from 'node:path';
import { runReportBatch } from '../../../../electron/engine/services/reports/report-batch.ts';
import { sampleFacts } from '../../../shared/report/sample-facts.ts';

const folder = process.argv[2]!;
const dealers = Number(process.argv[3]);

await runReportBatch({
  folder,
  resourcesFolder: join(import.meta.dirname, '../../../../resources'),
  identity: 'batch 1',
  template: 'dealer',
  formats: ['pdf', 'xlsx'],
  workers: 2,
  items: Array.from({ length: dealers }, (_, i) => ({ key: `D${i}`, name: `店 ${i}`, fileStem: `店 ${i}` })),
  factsFor: (key) => sampleFacts(Number(key.slice(1))),
  onProgress: (done) => process.stdout.write(`${done}\n`),
});
