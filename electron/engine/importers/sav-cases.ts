// The data of an SPSS file as cases of raw bytes: plain, one-byte codes, or those codes in zlib blocks.
import { inflateSync } from 'node:zlib';
import { ImportFault } from './import-fault.ts';
import { SavCursor } from './sav-cursor.ts';
import type { SavHeader } from './sav-dictionary.ts';
import type { SourceFile } from './source-file.ts';

export interface CaseLayout {
  header: SavHeader;
  littleEndian: boolean;
  dataStart: number;
}

const PIECE_BYTES = 256 * 1024;
const MAX_BLOCK_BYTES = 64 * 1024 ** 2;
const LITERAL = 253;
const SPACES = 254;
const SYSTEM_MISSING = 255;

/** Batches of whole cases, each of `elements` x 8 bytes. A case that is cut off is a fault that names its row. */
export async function* rawCases(
  source: SourceFile,
  layout: CaseLayout,
  signal?: AbortSignal,
): AsyncGenerator<Buffer[]> {
  const { header } = layout;
  const builder = new CaseBuilder(layout);
  const pieces =
    header.compression === 'zlib' ? zlibPieces(source, layout) : plainPieces(source, layout.dataStart);
  for await (const piece of pieces) {
    signal?.throwIfAborted();
    if (header.compression === 'none') builder.pushPlain(piece);
    else builder.pushCodes(piece);
    if (builder.done.length > 0) yield builder.done;
    builder.done = [];
  }
  builder.end();
}

async function* plainPieces(source: SourceFile, from: number): AsyncGenerator<Buffer> {
  for (let at = from; at < source.size; at += PIECE_BYTES)
    yield await source.bytesAt(at, Math.min(PIECE_BYTES, source.size - at));
}

/** The list of blocks stands at the end of the file; each block must unpack to exactly the size listed. */
async function* zlibPieces(source: SourceFile, layout: CaseLayout): AsyncGenerator<Buffer> {
  const cursor = new SavCursor(source);
  cursor.littleEndian = layout.littleEndian;
  cursor.at = layout.dataStart;
  const malformed = () => new ImportFault('sav-malformed', { value: 'zlib directory' });
  const [headerAt, trailerAt, trailerBytes] = [await cursor.long(), await cursor.long(), await cursor.long()];
  if (trailerAt + trailerBytes > source.size) throw new ImportFault('sav-cut-short');
  if (headerAt !== layout.dataStart || trailerAt < headerAt) throw malformed();
  cursor.at = trailerAt + 16;
  await cursor.int();
  const count = await cursor.int();
  if (count < 0 || trailerBytes !== 24 + count * 24) throw malformed();
  for (let block = 0; block < count; block++) {
    await cursor.long();
    const packedAt = await cursor.long();
    const [size, packed] = [await cursor.int(), await cursor.int()];
    if (
      size < 0 ||
      size > MAX_BLOCK_BYTES ||
      packed < 0 ||
      packedAt < headerAt + 24 ||
      packedAt + packed > trailerAt
    )
      throw malformed();
    yield unpacked(await source.bytesAt(packedAt, packed), size, block);
  }
}

function unpacked(packed: Buffer, size: number, block: number): Buffer {
  try {
    const data = inflateSync(packed, { maxOutputLength: Math.max(1, size) });
    if (data.length === size) return data;
  } catch (error) {
    throw new ImportFault('sav-bad-block', { value: `block ${block + 1}` }, error);
  }
  throw new ImportFault('sav-bad-block', { value: `block ${block + 1}` });
}

class CaseBuilder {
  done: Buffer[] = [];
  #finished = 0;
  #case: Buffer;
  #filled = 0;
  #rest: Buffer = Buffer.alloc(0);
  /** Codes of the present group of eight that are still to be carried out. */
  #codes: Buffer = Buffer.alloc(0);
  #ended = false;
  readonly #layout: CaseLayout;
  readonly #bytes: number;

  constructor(layout: CaseLayout) {
    this.#layout = layout;
    this.#bytes = layout.header.elements * 8;
    this.#case = Buffer.allocUnsafe(this.#bytes);
  }

  pushPlain(piece: Buffer): void {
    for (let at = 0; at < piece.length; ) {
      const length = Math.min(this.#bytes - this.#filled, piece.length - at);
      piece.copy(this.#case, this.#filled, at, at + length);
      at += length;
      this.#advance(length);
    }
  }

  pushCodes(piece: Buffer): void {
    const data = this.#rest.length > 0 ? Buffer.concat([this.#rest, piece]) : piece;
    let at = 0;
    while (!this.#ended) {
      if (this.#codes.length === 0) {
        if (at + 8 > data.length) break;
        this.#codes = Buffer.from(data.subarray(at, at + 8));
        at += 8;
      }
      const code = this.#codes[0]!;
      if (code === LITERAL) {
        if (at + 8 > data.length) break;
        data.copy(this.#case, this.#filled, at, at + 8);
        at += 8;
        this.#advance(8);
      } else this.#carryOut(code);
      this.#codes = this.#codes.subarray(1);
    }
    this.#rest = Buffer.from(data.subarray(at));
  }

  #carryOut(code: number): void {
    if (code === 0) return;
    if (code === 252) this.#ended = true;
    else if (code === SPACES) {
      this.#case.fill(0x20, this.#filled, this.#filled + 8);
      this.#advance(8);
    } else {
      this.#number(code === SYSTEM_MISSING ? -Number.MAX_VALUE : code - this.#layout.header.bias);
      this.#advance(8);
    }
  }

  #number(value: number): void {
    if (this.#layout.littleEndian) this.#case.writeDoubleLE(value, this.#filled);
    else this.#case.writeDoubleBE(value, this.#filled);
  }

  #advance(bytes: number): void {
    this.#filled += bytes;
    if (this.#filled < this.#bytes) return;
    this.done.push(this.#case);
    this.#finished++;
    this.#case = Buffer.allocUnsafe(this.#bytes);
    this.#filled = 0;
  }

  /** After the last piece: every case whole, and as many as the header announced. */
  end(): void {
    const announced = this.#layout.header.cases;
    const pending = this.#codes.some((code) => code !== 0);
    if (
      this.#filled > 0 ||
      (!this.#ended && (this.#rest.length > 0 || pending)) ||
      this.#finished < announced
    )
      throw new ImportFault('sav-cut-short', { row: this.#finished + 1 });
    if (announced >= 0 && this.#finished > announced)
      throw new ImportFault('sav-count-differs', { value: `${announced} / ${this.#finished}` });
  }
}
