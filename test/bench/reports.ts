/**
 * How fast the report batch is, and how much memory it takes: 300 invented dealers, as PDF, as XLSX and both, on two
 * workers beside one, each with the processor time a dealer takes (which other programs disturb less). Run: `npx node test/bench/reports.ts [dealers]`. Goal: 20 PDF a second on two cores, 512 MB.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ReportFormat } from '../../electron/engine/documents/manifest.ts';
import { runReportBatch } from '../../electron/engine/services/reports/report-batch.ts';
import { sampleFacts } from '../shared/report/sample-facts.ts';

const dealers = Number(process.argv[2] ?? 300);
const resourcesFolder = join(import.meta.dirname, '../../resources');

async function measure(formats: ReportFormat[], workers: number) {
  const folder = mkdtempSync(join(tmpdir(), 'csi-bench-'));
  let peak = 0;
  const watch = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage.rss());
  }, 50);
  const start = performance.now();
  const used = process.cpuUsage();
  const manifest = await runReportBatch({
    folder,
    resourcesFolder,
    identity: 'bench',
    template: 'dealer',
    formats,
    workers,
    items: Array.from({ length: dealers }, (_, i) => ({ key: `D${i}`, name: `D${i}`, fileStem: `D${i}` })),
    factsFor: (key) => sampleFacts(Number(key.slice(1))),
  });
  const seconds = (performance.now() - start) / 1000;
  const { user, system } = process.cpuUsage(used);
  const cpuMs = (user + system) / 1000 / dealers;
  clearInterval(watch);
  rmSync(folder, { recursive: true });
  const bytes = manifest.files.reduce((sum, file) => sum + file.bytes, 0) / manifest.files.length;
  return {
    cpuMs,
    perSecond: dealers / seconds,
    peak: peak / 2 ** 20,
    kilobytes: bytes / 1024,
    state: manifest.state,
  };
}

const [, , , formatsArgument, workersArgument] = process.argv;
if (formatsArgument) {
  const run = await measure(formatsArgument.split('+') as ReportFormat[], Number(workersArgument));
  console.log(JSON.stringify(run));
} else {
  console.log(`${dealers} dealers\nformats    workers  dealers/s  ratio  cpu ms  peak MB  kB/file`);
  for (const formats of ['pdf', 'xlsx', 'pdf+xlsx']) {
    let base = 0;
    for (const workers of [1, 2]) {
      // A process of its own: memory once taken is not given back.
      const child = execFileSync(process.execPath, [
        import.meta.filename,
        String(dealers),
        formats,
        String(workers),
      ]);
      const run = JSON.parse(child.toString()) as Awaited<ReturnType<typeof measure>>;
      base ||= run.perSecond;
      console.log(
        [
          formats.padEnd(10),
          String(workers).padStart(7),
          run.perSecond.toFixed(1).padStart(10),
          (run.perSecond / base).toFixed(2).padStart(6),
          run.cpuMs.toFixed(0).padStart(7),
          run.peak.toFixed(0).padStart(8),
          run.kilobytes.toFixed(0).padStart(8),
          run.state === 'complete' ? '' : run.state,
        ].join(' '),
      );
    }
  }
}
