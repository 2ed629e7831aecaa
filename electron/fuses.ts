/**
 * The switches burnt into the packaged Electron binary. electron-builder knows eight of the nine, so its
 * `afterPack` hook sets them all here and refuses a binary that has another number of them: a fuse that nobody
 * has decided on must stop the packaging, not pass.
 */
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { extname, join } from 'node:path';

const SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
const WIRE_VERSION = 1;

/** In the order of the wire. */
export const FUSES = [
  { name: 'runAsNode', on: false },
  { name: 'enableCookieEncryption', on: true },
  { name: 'enableNodeOptionsEnvironmentVariable', on: false },
  { name: 'enableNodeCliInspectArguments', on: false },
  { name: 'enableEmbeddedAsarIntegrityValidation', on: true },
  { name: 'onlyLoadAppFromAsar', on: true },
  { name: 'loadBrowserProcessSpecificV8Snapshot', on: false },
  { name: 'grantFileProtocolExtraPrivileges', on: false },
  { name: 'wasmTrapHandlers', on: true },
] as const;

/** Sets every fuse in the bytes of an Electron binary. Throws unless the binary has exactly the nine. */
export function setFuses(binary: Buffer): void {
  const at = binary.indexOf(SENTINEL);
  if (at < 0 || binary.indexOf(SENTINEL, at + 1) >= 0) throw new Error('not one fuse wire in this binary');
  const wire = at + SENTINEL.length;
  const [version, count] = [binary[wire], binary[wire + 1]];
  if (version !== WIRE_VERSION) throw new Error(`fuse wire version ${version}, wanted ${WIRE_VERSION}`);
  if (count !== FUSES.length)
    throw new Error(`${count} fuses in this binary, ${FUSES.length} are decided on`);
  FUSES.forEach((fuse, index) => {
    const place = wire + 2 + index;
    if (binary[place] !== 0x30 && binary[place] !== 0x31) {
      throw new Error(`the fuse ${fuse.name} has been removed from this binary`);
    }
    binary[place] = fuse.on ? 0x31 : 0x30;
  });
}

/** Hook of electron-builder (Windows, Linux): the folder holds one program with a fuse wire. */
export function afterPack(context: { appOutDir: string }): void {
  const programs = readdirSync(context.appOutDir)
    .filter((name) => ['', '.exe'].includes(extname(name)))
    .map((name) => join(context.appOutDir, name))
    .filter((path) => statSync(path).isFile() && readFileSync(path).includes(SENTINEL));
  if (programs.length !== 1) throw new Error(`${programs.length} Electron programs in ${context.appOutDir}`);
  const [program] = programs as [string];
  const bytes = readFileSync(program);
  setFuses(bytes);
  writeFileSync(program, bytes);
}
