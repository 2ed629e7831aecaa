import { ImportFault } from './import-fault.ts';
import type { SourceFile } from './source-file.ts';

const MAX_RECORD_BYTES = 64 * 1024 ** 2;

/** Reads numbers and bytes one after the other; the end of the file is a fault of its own. */
export class SavCursor {
  at = 0;
  littleEndian = true;
  #window: Buffer = Buffer.alloc(0);
  #windowAt = 0;
  readonly #source: SourceFile;

  constructor(source: SourceFile) {
    this.#source = source;
  }

  async bytes(length: number): Promise<Buffer> {
    if (length < 0 || length > MAX_RECORD_BYTES)
      throw new ImportFault('sav-malformed', { value: `@${this.at}` });
    if (this.at + length > this.#source.size) throw new ImportFault('sav-cut-short');
    const from = this.at - this.#windowAt;
    if (from < 0 || from + length > this.#window.length) {
      this.#windowAt = this.at;
      this.#window = await this.#source.bytesAt(
        this.at,
        Math.min(Math.max(length, 65_536), this.#source.size - this.at),
      );
    }
    const start = this.at - this.#windowAt;
    this.at += length;
    return this.#window.subarray(start, start + length);
  }

  async int(): Promise<number> {
    const raw = await this.bytes(4);
    return this.littleEndian ? raw.readInt32LE() : raw.readInt32BE();
  }

  async float(): Promise<number> {
    const raw = await this.bytes(8);
    return this.littleEndian ? raw.readDoubleLE() : raw.readDoubleBE();
  }

  async long(): Promise<number> {
    const raw = await this.bytes(8);
    return Number(this.littleEndian ? raw.readBigInt64LE() : raw.readBigInt64BE());
  }
}
