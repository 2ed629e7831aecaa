// How fast tables are read and how much memory that takes: 200,000 rows of 25 columns as CSV (UTF-8 and GB18030) and
// 100,000 rows of 20 columns as XLSX. Each format runs in a process of its own so that its peak is its own.
// Run: node test/bench/import-read.ts
import { execFileSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, statSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeXlsxStream } from 'hucre/xlsx';
import { openTable } from '../../electron/engine/importers/registry.ts';

const CSV_ROWS = 200_000;
const XLSX_ROWS = 100_000;
/** 经销商 in GB18030, then digits: ASCII. */
const GBK_NAME = Buffer.from('beadcffac9cc', 'hex');

if (process.argv[2]) await measure(process.argv[2]);
else await compare();

async function compare(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'import-read-'));
  try {
    const files = [
      writeCsv(join(folder, 'utf8.csv'), Buffer.from('经销商')),
      writeCsv(join(folder, 'gb18030.csv'), GBK_NAME),
      await writeBook(join(folder, 'book.xlsx')),
    ];
    for (const file of files)
      console.log(execFileSync(process.execPath, [import.meta.filename, file], { encoding: 'utf8' }).trim());
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function measure(path: string): Promise<void> {
  global.gc?.();
  const before = process.memoryUsage.rss();
  let peak = before;
  const started = performance.now();
  const cpu = process.cpuUsage();
  const table = await openTable(path);
  const opened = performance.now();
  let rows = 0;
  for await (const row of table.rows()) {
    rows++;
    if (row.issues) throw new Error(`row ${row.row} has issues`);
    if (rows % 1000 === 0) peak = Math.max(peak, process.memoryUsage.rss());
  }
  await table.close();
  const seconds = (performance.now() - started) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  const cpuSeconds = (user + system) / 1e6;
  const mb = (bytes: number) => `${Math.round(bytes / 1024 ** 2)} MB`;
  console.log(
    [
      path.split('/').at(-1),
      mb(statSync(path).size),
      `${rows} rows x ${table.headers.length}`,
      `open ${((opened - started) / 1000).toFixed(2)} s`,
      `all ${seconds.toFixed(2)} s`,
      `cpu ${cpuSeconds.toFixed(2)} s`,
      `${Math.round(rows / cpuSeconds / 1000)} k rows per cpu second`,
      `rss +${mb(peak - before)} (peak ${mb(process.resourceUsage().maxRSS * 1024)})`,
    ].join(' | '),
  );
}

function writeCsv(path: string, name: Buffer): string {
  const file = openSync(path, 'w');
  writeSync(file, `dealer,${Array.from({ length: 24 }, (_, i) => `Q${i + 1}`).join(',')}\n`);
  for (let block = 0; block < CSV_ROWS / 1000; block++) {
    const rows = Array.from({ length: 1000 }, (_, i) => {
      const scores = Array.from({ length: 24 }, (_, q) => ((i * 7 + q * 3) % 10) + 1).join(',');
      return Buffer.concat([name, Buffer.from(`${block * 1000 + i},${scores}\n`)]);
    });
    writeSync(file, Buffer.concat(rows));
  }
  closeSync(file);
  return path;
}

async function writeBook(path: string): Promise<string> {
  const headers = ['dealer', ...Array.from({ length: 19 }, (_, i) => `Q${i + 1}`)];
  function* rows() {
    yield headers;
    for (let i = 0; i < XLSX_ROWS; i++)
      yield [`经销商${i % 300}`, ...Array.from({ length: 19 }, (_, q) => ((i * 7 + q * 3) % 10) + 1)];
  }
  const stream = writeXlsxStream(rows(), { name: 'data' });
  writeFileSync(path, Buffer.from(await new Response(stream).arrayBuffer()));
  return path;
}
