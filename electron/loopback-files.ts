/**
 * The browser host's substitute for file dialogs. Chosen files are uploaded into a folder of this process and
 * vanish with it. Databases (.csi) are kept beside each other under `databases/`, and none is ever overwritten.
 */
import { createWriteStream, existsSync } from 'node:fs';
import { mkdir, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import { type Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { openExchange } from './exchange-folder.ts';
import { safeFileName } from './file-name.ts';
import { type ChosenFile, createFileGrants, type FileGrants } from './grants.ts';

const DATABASE = '.csi';

/** The upload was larger than the host takes. */
export class UploadTooLarge extends Error {}

export interface LoopbackFiles {
  grants: FileGrants;
  upload(name: string, body: Readable): Promise<ChosenFile>;
  /** A place for a call to write to; a name that ends in .csi stays, anything else goes with the host. */
  reserve(name: string): Promise<ChosenFile>;
  /** What a call wrote to a reserved place; null for any other path, a database included. */
  written(token: string): string | null;
  close(): void;
}

export function createLoopbackFiles(dataFolder: string, maxBytes: number): LoopbackFiles {
  const { own, freshPlace, close } = openExchange(dataFolder);
  const databases = join(dataFolder, 'databases');
  const grants = createFileGrants();

  const granted = async (path: string): Promise<ChosenFile> => {
    const found = await stat(path).catch(() => null);
    return { path: grants.grant(path), name: basename(path), sizeBytes: found?.size ?? 0 };
  };
  const isDatabase = (name: string) => extname(safeFileName(name)).toLowerCase() === DATABASE;

  return {
    grants,
    async upload(name, body) {
      const place = await freshPlace(name);
      try {
        await pipeline(body, limit(maxBytes), createWriteStream(place, { flags: 'wx', mode: 0o600 }));
        if (!isDatabase(name)) return await granted(place);
        const kept = await unusedName(databases, name);
        await rename(place, kept);
        return await granted(kept);
      } catch (error) {
        await rm(dirname(place), { recursive: true, force: true });
        throw error;
      }
    },
    async reserve(name) {
      return granted(isDatabase(name) ? await unusedName(databases, name) : await freshPlace(name));
    },
    written(token) {
      const path = grants.find(token);
      return path && dirname(dirname(path)) === own && existsSync(path) ? path : null;
    },
    close,
  };
}

async function unusedName(folder: string, name: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  const safe = safeFileName(name);
  const stem = basename(safe, extname(safe));
  let path = join(folder, stem + DATABASE);
  for (let n = 2; existsSync(path); n++) path = join(folder, `${stem}-${n}${DATABASE}`);
  return path;
}

function limit(maxBytes: number): Transform {
  let bytes = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      if (bytes > maxBytes) done(new UploadTooLarge(`more than ${maxBytes} bytes`));
      else done(null, chunk);
    },
  });
}
