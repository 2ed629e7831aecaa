/**
 * Memory, pace and stalls of an import through the engine, in a process of its own as hosts run it:
 * `node test/bench/import-memory.ts [responses] [items]` (200,000 x 20 unless told).
 */
import { spawn } from 'node:child_process';
import { createWriteStream, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { finished } from 'node:stream/promises';
import { createEngine } from '../../electron/engine/engine.ts';
import { ENGINE_FLAGS } from '../../electron/engine-client.ts';
import type { StudyMappingInput } from '../../shared/domain/study-mapping.ts';
import { seededRandom } from '../../shared/math/random.ts';

const LIMIT_MB = 512;
const DEALERS = 600;
const CITIES = ['北京市', '上海市', '广州市', '深圳市', '成都市', '武汉市', '西安市', '杭州市'];

const [role, ...rest] = process.argv.slice(2);
if (role === 'child') await importInChild(rest[0]!, Number(rest[1]));
else await measure(Number(role ?? 200_000), Number(rest[0] ?? 20));

function mappingOf(items: number): StudyMappingInput {
  const name = { zh: 'x', en: 'x' };
  const codes = Array.from({ length: items }, (_, i) => `I${i + 1}`);
  return {
    version: 1,
    study: { code: 'bench', channel: 'in-house', name },
    kind: 'responses',
    questionnaire: '1',
    period: { kind: 'date', column: 'date' },
    place: { dealerCode: { column: 'dealer' }, city: { column: 'city' } },
    respondent: { column: 'id' },
    weight: { column: 'weight' },
    items: codes.map((code) => ({
      column: code,
      indicator: code,
      scale: { min: 1, max: 10 },
      missing: [99],
    })),
    attributes: ['sex', 'age', 'model'].map((code) => ({ column: code, code, label: name })),
    indicators: codes.map((code) => ({ code, role: 'item', name })),
  };
}

async function writeFile(path: string, responses: number, items: number): Promise<void> {
  const random = seededRandom(7);
  const out = createWriteStream(path);
  out.write(
    `id,date,dealer,city,weight,sex,age,model,${Array.from({ length: items }, (_, i) => `I${i + 1}`)}\n`,
  );
  for (let i = 0; i < responses; i++) {
    const dealer = random.whole(DEALERS);
    const month = String(1 + random.whole(9)).padStart(2, '0');
    const answers = Array.from({ length: items }, () => (random.whole(12) === 0 ? 99 : 1 + random.whole(10)));
    const line = `R${i},2026-${month}-${10 + random.whole(18)},D${dealer},${CITIES[dealer % CITIES.length]},${0.5 + random.whole(100) / 100},${'fm'[random.whole(2)]},${18 + random.whole(60)},M${random.whole(30)},${answers}\n`;
    if (!out.write(line)) await new Promise<void>((resolve) => out.once('drain', () => resolve()));
  }
  out.end();
  await finished(out);
}

async function measure(responses: number, items: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'csi-bench-'));
  try {
    await writeFile(join(folder, 'bench.csv'), responses, items);
    const child = spawn(
      process.execPath,
      ['--no-warnings', ...ENGINE_FLAGS, import.meta.filename, 'child', folder, String(items)],
      { stdio: 'inherit' },
    );
    const code = await new Promise((resolve) => child.on('close', resolve));
    process.exitCode = Number(code);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The highest resident size so far, in MB; Linux tells it. */
function peakMb(): number {
  const status = readFileSync('/proc/self/status', 'utf8');
  return Number(/VmHWM:\s+(\d+)/.exec(status)?.[1]) / 1024;
}

async function importInChild(folder: string, items: number): Promise<void> {
  const engine = createEngine({
    dataFolder: folder,
    resourcesFolder: folder,
    clock: () => new Date('2026-11-21T08:00:00Z'),
    log: console.error,
  });
  await engine.call('app.create', { path: join(folder, 'bench.csi') });
  const before = peakMb();
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  const startedAt = performance.now();
  const answer = await engine.call('import.commit', {
    path: join(folder, 'bench.csv'),
    mapping: mappingOf(items),
  });
  const seconds = (performance.now() - startedAt) / 1000;
  await new Promise((resolve) => setTimeout(resolve, 20));
  delay.disable();
  if (!answer.ok) throw new Error(answer.error.message.en);
  const rows = answer.value.rowsLoaded;
  const peak = peakMb();
  await engine.close();
  const megabytes = statSync(join(folder, 'bench.csi')).size / 1e6;
  const ms = (nanoseconds: number) => (nanoseconds / 1e6).toFixed(0);
  console.log(
    `${rows} responses x ${items} items: ${seconds.toFixed(1)} s, ${(rows / seconds).toFixed(0)} rows/s; ` +
      `database ${megabytes.toFixed(1)} MB`,
  );
  console.log(`peak memory ${peak.toFixed(0)} MB (${before.toFixed(0)} MB before), limit ${LIMIT_MB} MB`);
  console.log(`event loop: p99 ${ms(delay.percentile(99))} ms, longest stall ${ms(delay.max)} ms`);
  if (peak > LIMIT_MB) process.exitCode = 1;
}
