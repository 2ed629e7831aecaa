/**
 * Builds everything that is shipped: the page, the Node side, the preload, the fonts and the sample studies.
 * `--if-stale` builds only parts whose sources have changed since the last build; names limit it to those parts.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  globSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { build } from 'vite';
import { nodeBuild, pageBuild, preloadBuild } from './vite-builds.ts';

const ROOT = join(import.meta.dirname, '../..');
const DIST = join(ROOT, 'dist');
const TOOLS = ['test/support/vite-builds.ts', 'package-lock.json', 'test/support/build.ts'];

interface Part {
  name: string;
  /** What it is made from: changed sources make it stale. */
  sources: string[];
  /** What must be there for it to count as built. */
  product: string;
  make(): Promise<void>;
}

const PARTS: Part[] = [
  {
    name: 'page',
    sources: ['renderer/**/*', 'shared/**/*'],
    product: 'dist/renderer/index.html',
    make: async () => void (await build(pageBuild)),
  },
  {
    name: 'node',
    sources: ['electron/**/*', 'shared/**/*'],
    product: 'dist/electron/main.js',
    make: makeNodeSide,
  },
  { name: 'fonts', sources: [], product: 'resources/fonts/NotoSansSC_700Bold.ttf', make: copyFonts },
  {
    name: 'sample',
    sources: ['resources/sample/*.ts', 'resources/sample/*.json'],
    product: 'resources/sample/data',
    make: makeSample,
  },
];

/** Builds parts (all when none is named), only stale ones if so asked. Answers the names of those built. */
export async function buildParts(
  names: string[],
  options: { onlyStale: boolean; log: (line: string) => void },
): Promise<string[]> {
  const unknown = names.find((name) => !PARTS.some((part) => part.name === name));
  if (unknown) throw new Error(`No part "${unknown}": ${PARTS.map((part) => part.name).join(', ')}`);
  const built: string[] = [];
  for (const part of PARTS.filter(({ name }) => names.length === 0 || names.includes(name))) {
    const stamp = fingerprint(part);
    const stampFile = join(DIST, `.${part.name}.stamp`);
    const fresh =
      existsSync(join(ROOT, part.product)) &&
      existsSync(stampFile) &&
      readFileSync(stampFile, 'utf8') === stamp;
    if (options.onlyStale && fresh) continue;
    const started = performance.now();
    await part.make();
    mkdirSync(DIST, { recursive: true });
    writeFileSync(stampFile, stamp);
    options.log(`${part.name}: ${((performance.now() - started) / 1000).toFixed(1)} s`);
    built.push(part.name);
  }
  return built;
}

function fingerprint(part: Part): string {
  const hash = createHash('sha256');
  for (const path of [...globSync([...part.sources, ...TOOLS], { cwd: ROOT })].sort()) {
    const found = statSync(join(ROOT, path), { throwIfNoEntry: false });
    if (found?.isFile()) hash.update(`${path}\0${found.size}\0${found.mtimeMs}\n`);
  }
  return hash.digest('hex');
}

async function makeNodeSide(): Promise<void> {
  for (const folder of ['electron', 'shared']) rmSync(join(DIST, folder), { recursive: true, force: true });
  const entries = ['electron/{main,engine-process,cli}.ts', 'electron/engine/**/*-worker.ts'];
  await build(nodeBuild(globSync(entries, { cwd: ROOT })));
  await build(preloadBuild());
  // Read at run time beside the module that names them.
  for (const path of globSync('electron/engine/**/*.{sql,typ}', { cwd: ROOT })) {
    mkdirSync(dirname(join(DIST, path)), { recursive: true });
    copyFileSync(join(ROOT, path), join(DIST, path));
  }
}

async function copyFonts(): Promise<void> {
  const from = join(ROOT, 'node_modules/@expo-google-fonts/noto-sans-sc');
  const to = join(ROOT, 'resources/fonts');
  mkdirSync(to, { recursive: true });
  copyFileSync(join(from, '400Regular/NotoSansSC_400Regular.ttf'), join(to, 'NotoSansSC_400Regular.ttf'));
  copyFileSync(join(from, '700Bold/NotoSansSC_700Bold.ttf'), join(to, 'NotoSansSC_700Bold.ttf'));
  copyFileSync(join(from, 'LICENSE_FONT'), join(to, 'OFL.txt'));
}

async function makeSample(): Promise<void> {
  const script = join(ROOT, 'resources/sample/generate.ts');
  if (!existsSync(script)) return;
  const made = join(ROOT, 'resources/sample/data');
  const fresh = `${made}.new`;
  rmSync(fresh, { recursive: true, force: true });
  const run = spawnSync(process.execPath, [script, '--out', fresh], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  if (run.status !== 0) throw new Error(`${script} ended with ${run.status ?? run.signal}`);
  rmSync(made, { recursive: true, force: true });
  renameSync(fresh, made);
}

if (import.meta.main) {
  const names = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
  const onlyStale = process.argv.includes('--if-stale');
  await buildParts(names, { onlyStale, log: (line) => console.log(line) });
}
