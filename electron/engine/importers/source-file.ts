// A file that is read in pieces through one handle and that notices when it changes under us.
import { createHash } from 'node:crypto';
import { constants, type Stats } from 'node:fs';
import { type FileHandle, open, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { IssueCode } from '../../../shared/domain/import-issue.ts';
import { ImportFault } from './import-fault.ts';

const MAX_FILE_BYTES = 2 * 1024 ** 3;
const CHUNK_BYTES = 128 * 1024;
const HEAD_BYTES = 64 * 1024;

const SYSTEM_FAULTS: Record<string, IssueCode> = {
  ENOENT: 'file-missing',
  ENOTDIR: 'file-missing',
  EACCES: 'no-permission',
  EPERM: 'no-permission',
  EBUSY: 'file-in-use',
  EISDIR: 'not-a-file',
  ENXIO: 'not-a-file',
};

export class SourceFile {
  readonly name: string;
  readonly size: number;
  readonly head: Buffer;
  readonly #handle: FileHandle;
  readonly #opened: Stats;
  #sha256: string | undefined;

  private constructor(name: string, handle: FileHandle, opened: Stats, head: Buffer) {
    this.name = name;
    this.#handle = handle;
    this.#opened = opened;
    this.size = opened.size;
    this.head = head;
  }

  static async open(path: string): Promise<SourceFile> {
    const name = basename(path);
    return await asFault(name, async () => {
      refuseOdd(name, await stat(path));
      // O_NONBLOCK: what became a pipe since the stat must not block the engine.
      const handle = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
      try {
        const opened = await handle.stat();
        refuseOdd(name, opened);
        const head = Buffer.alloc(Math.min(HEAD_BYTES, opened.size));
        await readFully(handle, head, 0, name);
        return new SourceFile(name, handle, opened, head);
      } catch (error) {
        await handle.close();
        throw error;
      }
    });
  }

  /** Set after the first whole reading. */
  get sha256(): string | undefined {
    return this.#sha256;
  }

  /**
   * All bytes in order; the digest of the first whole reading is kept and every later one is compared with it. Each
   * piece is overwritten by the next, so that reading a large file leaves no garbage behind.
   */
  async *chunks(signal?: AbortSignal): AsyncGenerator<Buffer> {
    const hash = createHash('sha256');
    const buffer = Buffer.allocUnsafe(Math.min(CHUNK_BYTES, this.size));
    for (let at = 0; at < this.size; at += CHUNK_BYTES) {
      signal?.throwIfAborted();
      const piece = buffer.subarray(0, Math.min(CHUNK_BYTES, this.size - at));
      await this.#read(piece, at);
      hash.update(piece);
      yield piece;
    }
    await this.assertUnchanged();
    const digest = hash.digest('hex');
    this.#sha256 ??= digest;
    if (digest !== this.#sha256) throw new ImportFault('file-changed', { file: this.name });
  }

  async bytesAt(position: number, length: number): Promise<Buffer> {
    const buffer = Buffer.allocUnsafe(length);
    await this.#read(buffer, position);
    return buffer;
  }

  async #read(into: Buffer, position: number): Promise<void> {
    await asFault(this.name, () => readFully(this.#handle, into, position, this.name));
  }

  async digest(signal?: AbortSignal): Promise<string> {
    for await (const _ of this.chunks(signal));
    return this.#sha256!;
  }

  async assertUnchanged(): Promise<void> {
    const now = await asFault(this.name, () => this.#handle.stat());
    if (now.size !== this.#opened.size || now.mtimeMs !== this.#opened.mtimeMs)
      throw new ImportFault('file-changed', { file: this.name });
  }

  async close(): Promise<void> {
    await this.#handle.close();
  }
}

async function readFully(handle: FileHandle, into: Buffer, position: number, name: string): Promise<void> {
  for (let done = 0; done < into.length; ) {
    const { bytesRead } = await handle.read(into, done, into.length - done, position + done);
    if (bytesRead === 0) throw new ImportFault('file-changed', { file: name });
    done += bytesRead;
  }
}

function refuseOdd(name: string, stats: Stats): void {
  const details = { file: name };
  if (!stats.isFile()) throw new ImportFault('not-a-file', details);
  if (stats.size > MAX_FILE_BYTES)
    throw new ImportFault('file-too-large', { ...details, limit: MAX_FILE_BYTES });
  if (stats.size === 0) throw new ImportFault('empty-file', details);
}

async function asFault<T>(name: string, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof ImportFault) throw error;
    const code = (error as NodeJS.ErrnoException).code;
    if (code === undefined) throw error;
    throw new ImportFault(SYSTEM_FAULTS[code] ?? 'read-failed', { file: name }, error);
  }
}
