/**
 * How long a file of service visits takes and how much memory: read, committed, and counted by month, through the engine
 * in a process of its own as hosts run it: `node test/bench/import-visits.ts [visits]` (2,000,000 unless told).
 */
import { spawn } from 'node:child_process';
import { createWriteStream, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { finished } from 'node:stream/promises';
import { createEngine } from '../../electron/engine/engine.ts';
import { ENGINE_FLAGS } from '../../electron/engine-client.ts';
import type { CallInput, CallName, CallOutput } from '../../shared/contract.ts';
import { seededRandom } from '../../shared/math/random.ts';

const LIMIT_MB = 512;
const DEALERS = 600;
const ADVISERS = 6;
const VISITS_EACH = 5;
const FIRST_DAY = Date.UTC(2023, 0, 1) / 86_400_000;
const DAYS = 1320;

const [role, ...rest] = process.argv.slice(2);
if (role === 'child') await measureInChild(rest[0]!, Number(rest[1]));
else await measure(Number(role ?? 2_000_000));

async function measure(visits: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'csi-visits-'));
  try {
    await writeVisits(join(folder, 'visits.csv'), visits);
    writeNetwork(join(folder, 'network.csv'));
    const child = spawn(
      process.execPath,
      ['--no-warnings', ...ENGINE_FLAGS, import.meta.filename, 'child', folder, String(visits)],
      { stdio: 'inherit' },
    );
    process.exitCode = Number(await new Promise((resolve) => child.on('close', resolve)));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function writeVisits(path: string, visits: number): Promise<void> {
  const random = seededRandom(11);
  const out = createWriteStream(path);
  out.write('VIN,经销商代码,服务顾问,进店日期\n');
  const customers = Math.max(1, Math.floor(visits / VISITS_EACH));
  for (let from = 0; from < visits; from += 1000) {
    const lines = Array.from({ length: Math.min(1000, visits - from) }, () => {
      const customer = random.whole(customers);
      const dealer = random.whole(10) === 0 ? random.whole(DEALERS) : customer % DEALERS;
      const day = new Date((FIRST_DAY + random.whole(DAYS)) * 86_400_000).toISOString().slice(0, 10);
      return `LSVAA4187${String(customer).padStart(8, '0')},D${dealer},顾问${dealer % 97}-${random.whole(ADVISERS)},${day}\n`;
    });
    if (!out.write(lines.join(''))) await new Promise<void>((resolve) => out.once('drain', () => resolve()));
  }
  out.end();
  await finished(out);
}

function writeNetwork(path: string): void {
  const rows = Array.from(
    { length: DEALERS },
    (_, i) => `D${i},上海,2026-08-01,${1 + (i % 10)},${1 + (i % 7)}`,
  );
  writeFileSync(path, ['经销商代码,城市,日期,总体满意度,服务满意度', ...rows].join('\n'));
}

/** The highest resident size so far, in MB; Linux tells it. */
function peakMb(): number {
  return Number(/VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]) / 1024;
}

async function measureInChild(folder: string, visits: number): Promise<void> {
  const engine = createEngine({
    dataFolder: folder,
    resourcesFolder: folder,
    clock: () => new Date('2026-11-21T08:00:00Z'),
    log: console.error,
  });
  const call = async <N extends CallName>(name: N, input: CallInput<N>): Promise<CallOutput<N>> => {
    const answer = await engine.call(name, input);
    if (!answer.ok) throw new Error(answer.error.message.en);
    return answer.value as CallOutput<N>;
  };
  await call('app.create', { path: join(folder, 'bench.csi') });
  await call('import.commit', { path: join(folder, 'network.csv') });
  const file = { path: join(folder, 'visits.csv') };
  const delay = monitorEventLoopDelay({ resolution: 5 });
  const timed = async <T>(what: string, work: () => Promise<T>): Promise<T> => {
    delay.reset();
    delay.enable();
    const [from, cpu] = [performance.now(), process.cpuUsage()];
    const value = await work();
    const seconds = (performance.now() - from) / 1000;
    await new Promise((resolve) => setTimeout(resolve, 20));
    delay.disable();
    const { user, system } = process.cpuUsage(cpu);
    const stall = (delay.max / 1e6).toFixed(0);
    console.log(
      [
        what.padEnd(24),
        `${seconds.toFixed(1).padStart(5)} s`,
        `${((user + system) / 1e6).toFixed(1).padStart(5)} s of processor time`,
        `longest stall ${stall} ms`,
        `peak memory ${peakMb().toFixed(0)} MB`,
      ].join(' | '),
    );
    return value;
  };
  const megabytes = (statSync(file.path).size / 1e6).toFixed(0);
  console.log(`${visits} visits of ${Math.floor(visits / VISITS_EACH)} customers, ${megabytes} MB of CSV`);
  const preview = await timed('preview', () => call('visits.preview', file));
  if (preview.counts.accepted !== visits) throw new Error(`${preview.counts.accepted} visits were accepted`);
  await timed('import', () => call('visits.import', file));
  await timed('states by month, first', () => call('lost.visits', { scheme: 1 }));
  await timed('states by month, again', () => call('lost.visits', { scheme: 1, scope: 'dealer:D7' }));
  await engine.close();
  const size = (statSync(join(folder, 'bench.csi')).size / 1e6).toFixed(1);
  console.log(`database ${size} MB; memory limit ${LIMIT_MB} MB`);
  if (peakMb() > LIMIT_MB) process.exitCode = 1;
}
