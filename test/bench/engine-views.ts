/**
 * How long a screen waits: the overview and the catalog through the engine, cold and warm, on the sample studies
 * and, where the public data lie beside the checkout, on 4,400 hospitals. `node test/bench/engine-views.ts [calls]`
 */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEngine, type Engine } from '../../electron/engine/engine.ts';
import type { CallInput, CallName, CallOutput } from '../../shared/contract.ts';
import type { StudyMappingInput } from '../../shared/domain/study-mapping.ts';
import { seededRandom } from '../../shared/math/random.ts';
import { REAL_DATA, realFiles } from '../support/real-data.ts';

const ROOT = join(import.meta.dirname, '../..');
const CALLS = Number(process.argv[2] ?? 200);
const folder = mkdtempSync(join(tmpdir(), 'csi-views-'));

async function ask<N extends CallName>(engine: Engine, name: N, input: CallInput<N>): Promise<CallOutput<N>> {
  const answer = await engine.call(name, input);
  if (!answer.ok) throw new Error(answer.error.message.en);
  return answer.value;
}

function startEngine(): Engine {
  return createEngine({
    dataFolder: folder,
    resourcesFolder: join(ROOT, 'resources'),
    clock: () => new Date(),
    log: console.error,
  });
}

function quantile(sorted: readonly number[], share: number): string {
  return `${sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!.toFixed(1)} ms`;
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}

/** Opens a database anew, so that the first calls are cold, then asks for places and indicators at random. */
async function measure(title: string, path: string): Promise<void> {
  const engine = startEngine();
  await ask(engine, 'app.open', { path });
  const coldCatalog = await timed(() => ask(engine, 'catalog.get', {}));
  const { schemes, indicators } = await ask(engine, 'catalog.get', {});
  const scheme = schemes.find((one) => one.regions > 0)!.id;
  const coldOverview = await timed(() => ask(engine, 'overview.get', { scheme, scope: 'overall' }));
  const scopes = await ask(engine, 'scopes.tree', { scheme });
  const random = seededRandom(1);
  const codes = ['', ...indicators.filter(({ role }) => role === 'item').map(({ code }) => code)];
  const overviews: number[] = [];
  const catalogs: number[] = [];
  for (let i = 0; i < CALLS; i++) {
    // Half of all looks are at the whole, the rest anywhere.
    const scope = i % 2 === 0 ? 'overall' : scopes[random.whole(scopes.length)]!.id;
    const indicator = codes[random.whole(codes.length)]!;
    overviews.push(await timed(() => ask(engine, 'overview.get', { scheme, scope, indicator })));
    catalogs.push(await timed(() => ask(engine, 'catalog.get', {})));
  }
  overviews.sort((a, b) => a - b);
  catalogs.sort((a, b) => a - b);
  console.log(`${title}: ${scopes.length} places, ${codes.length - 1} items`);
  console.log(`  first catalog ${coldCatalog.toFixed(0)} ms, first overview ${coldOverview.toFixed(0)} ms`);
  console.log(`  overview p50 ${quantile(overviews, 0.5)}, p95 ${quantile(overviews, 0.95)}`);
  console.log(`  catalog  p50 ${quantile(catalogs, 0.5)}, p95 ${quantile(catalogs, 0.95)}`);
  await engine.close();
}

async function buildSample(): Promise<string> {
  const engine = startEngine();
  const seconds = (await timed(() => ask(engine, 'app.sample', { fresh: true }))) / 1000;
  console.log(`sample studies imported and forecast in ${seconds.toFixed(1)} s`);
  await engine.close();
  return join(folder, 'sample.csi');
}

async function buildHospitals(): Promise<string> {
  const engine = startEngine();
  const path = join(folder, 'hospitals.csi');
  await ask(engine, 'app.create', { path });
  const mapping = JSON.parse(
    readFileSync(join(ROOT, 'test/fixtures/hospital-panel.mapping.json'), 'utf8'),
  ) as StudyMappingInput;
  const imports = await timed(async () => {
    for (const file of realFiles('hospital-panel'))
      await ask(engine, 'import.commit', { path: file, mapping });
  });
  const forecast = await timed(() => ask(engine, 'forecast.run', { scheme: 2 }));
  console.log(
    `hospitals: import ${(imports / 1000).toFixed(1)} s, forecast ${(forecast / 1000).toFixed(1)} s`,
  );
  await engine.close();
  return path;
}

try {
  if (existsSync(join(ROOT, 'resources/sample/data/manifest.json')))
    await measure('sample', await buildSample());
  else console.log('sample: not built, run "npm run build" first');
  if (existsSync(join(REAL_DATA, 'hospital-panel'))) await measure('hospitals', await buildHospitals());
  else console.log(`hospitals: there is no ${REAL_DATA}`);
} finally {
  rmSync(folder, { recursive: true });
}
