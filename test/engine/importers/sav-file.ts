// Writes SPSS system files for tests, in every compression and byte order.
import { deflateSync } from 'node:zlib';

interface SavColumn {
  name: string;
  /** Bytes of a string up to 255; 0 or absent for a number. */
  width?: number;
  label?: Buffer;
  valueLabels?: readonly { value: number; label: Buffer }[];
  /** Discrete codes, or a range. */
  missing?: readonly number[] | { from: number; to: number };
  format?: number;
}

export interface SavParts {
  columns: readonly SavColumn[];
  cases: readonly (readonly (number | null | Buffer)[])[];
  compression?: 'none' | 'bytecode' | 'zlib';
  bigEndian?: boolean;
  encodingName?: string;
  characterCode?: number;
  /** What the header says instead of the truth; -1 is "unknown". */
  announced?: number;
  /** Records of multiple-response sets: their subtype and lines. */
  sets?: readonly { subtype: 7 | 19; text: string | Buffer }[];
  /** Element of the weight variable, counted from 1. */
  weight?: number;
}

export function savFile(parts: SavParts): Buffer {
  const out = new Writer(parts.bigEndian ?? false);
  const compression = parts.compression ?? 'none';
  writeHeader(out, parts, compression);
  for (const column of parts.columns) writeVariable(out, column);
  writeLabels(out, parts.columns);
  if (parts.characterCode !== undefined)
    out.extension(
      3,
      4,
      [20, 0, 0, -1, 1, 1, parts.bigEndian ? 1 : 2, parts.characterCode].map((n) => out.asInt(n)),
    );
  for (const { subtype, text } of parts.sets ?? []) out.extension(subtype, 1, [Buffer.from(text as string)]);
  if (parts.encodingName) out.extension(20, 1, [Buffer.from(parts.encodingName)]);
  out.ints(999, 0);
  const data = compression === 'none' ? plainData(out, parts) : codedData(out, parts);
  if (compression === 'zlib') writeBlocks(out, data);
  else out.raw(data);
  return out.bytes();
}

class Writer {
  readonly #pieces: Buffer[] = [];
  readonly #big: boolean;
  at = 0;

  constructor(big: boolean) {
    this.#big = big;
  }

  raw(bytes: Buffer): void {
    this.#pieces.push(bytes);
    this.at += bytes.length;
  }

  text(text: string | Buffer, length: number): void {
    const padded = Buffer.alloc(length, 0x20);
    Buffer.from(text as string).copy(padded);
    this.raw(padded);
  }

  asInt(value: number): Buffer {
    const bytes = Buffer.alloc(4);
    if (this.#big) bytes.writeInt32BE(value);
    else bytes.writeInt32LE(value);
    return bytes;
  }

  asFloat(value: number): Buffer {
    const bytes = Buffer.alloc(8);
    if (this.#big) bytes.writeDoubleBE(value);
    else bytes.writeDoubleLE(value);
    return bytes;
  }

  ints(...values: number[]): void {
    for (const value of values) this.raw(this.asInt(value));
  }

  longs(...values: number[]): void {
    for (const value of values) {
      const bytes = Buffer.alloc(8);
      if (this.#big) bytes.writeBigInt64BE(BigInt(value));
      else bytes.writeBigInt64LE(BigInt(value));
      this.raw(bytes);
    }
  }

  extension(subtype: number, size: number, items: readonly Buffer[]): void {
    const data = Buffer.concat(items);
    this.ints(7, subtype, size, data.length / size);
    this.raw(data);
  }

  bytes(): Buffer {
    return Buffer.concat(this.#pieces);
  }
}

const elementsOf = (column: SavColumn) => Math.max(1, Math.ceil((column.width ?? 0) / 8));

function writeHeader(out: Writer, parts: SavParts, compression: 'none' | 'bytecode' | 'zlib'): void {
  out.text(compression === 'zlib' ? '$FL3' : '$FL2', 4);
  out.text('@(#) SPSS DATA FILE test', 60);
  const elements = parts.columns.reduce((sum, column) => sum + elementsOf(column), 0);
  out.ints(
    2,
    elements,
    ['none', 'bytecode', 'zlib'].indexOf(compression),
    parts.weight ?? 0,
    parts.announced ?? parts.cases.length,
  );
  out.raw(out.asFloat(100));
  out.text('01 Jan 2600:00:00', 17);
  out.text('', 64);
  out.raw(Buffer.alloc(3));
}

function writeVariable(out: Writer, column: SavColumn): void {
  const width = column.width ?? 0;
  const range =
    column.missing && 'from' in column.missing ? [column.missing.from, column.missing.to] : undefined;
  const codes = range ?? [...((column.missing as readonly number[] | undefined) ?? [])];
  out.ints(2, width, column.label ? 1 : 0, range ? -2 : codes.length);
  out.ints((column.format ?? (width ? 1 : 5)) << 16, 0);
  out.text(column.name, 8);
  if (column.label) {
    out.ints(column.label.length);
    out.text(column.label, Math.ceil(column.label.length / 4) * 4);
  }
  for (const code of codes) out.raw(out.asFloat(code));
  for (let i = 1; i < elementsOf(column); i++) {
    out.ints(2, -1, 0, 0, 0, 0);
    out.text('', 8);
  }
}

function writeLabels(out: Writer, columns: readonly SavColumn[]): void {
  let element = 1;
  for (const column of columns) {
    if (column.valueLabels) {
      out.ints(3, column.valueLabels.length);
      for (const { value, label } of column.valueLabels) {
        out.raw(out.asFloat(value));
        out.raw(Buffer.from([label.length]));
        out.text(label, Math.ceil((label.length + 1) / 8) * 8 - 1);
      }
      out.ints(4, 1, element);
    }
    element += elementsOf(column);
  }
}

function elements(parts: SavParts): (Buffer | number | null)[] {
  return parts.cases.flatMap((values) =>
    parts.columns.flatMap((column, i): (Buffer | number | null)[] => {
      const value = values[i] ?? null;
      if (!column.width) return [typeof value === 'number' ? value : null];
      const bytes = Buffer.alloc(elementsOf(column) * 8, 0x20);
      if (Buffer.isBuffer(value)) value.copy(bytes);
      return Array.from({ length: bytes.length / 8 }, (_, k) => bytes.subarray(k * 8, k * 8 + 8));
    }),
  );
}

function plainData(out: Writer, parts: SavParts): Buffer {
  return Buffer.concat(
    elements(parts).map((value) =>
      Buffer.isBuffer(value) ? value : out.asFloat(value ?? -Number.MAX_VALUE),
    ),
  );
}

function codedData(out: Writer, parts: SavParts): Buffer {
  const pieces: Buffer[] = [];
  const all = elements(parts);
  for (let i = 0; i < all.length; i += 8) {
    const group = all.slice(i, i + 8);
    const codes = Buffer.alloc(8);
    const literals: Buffer[] = [];
    group.forEach((value, k) => {
      if (value === null) codes[k] = 255;
      else if (Buffer.isBuffer(value) && value.every((byte) => byte === 0x20)) codes[k] = 254;
      else if (typeof value === 'number' && Number.isInteger(value) && value >= -99 && value <= 151)
        codes[k] = value + 100;
      else {
        codes[k] = 253;
        literals.push(Buffer.isBuffer(value) ? value : out.asFloat(value));
      }
    });
    pieces.push(codes, ...literals);
  }
  return Buffer.concat(pieces);
}

function writeBlocks(out: Writer, data: Buffer): void {
  const half = data.length >> 1;
  const blocks = [data.subarray(0, half), data.subarray(half)].map((plain) => ({
    plain,
    packed: deflateSync(plain),
  }));
  const start = out.at;
  const packedBytes = blocks.reduce((sum, { packed }) => sum + packed.length, 0);
  out.longs(start, start + 24 + packedBytes, 24 + blocks.length * 24);
  for (const { packed } of blocks) out.raw(packed);
  out.longs(-100, 0);
  out.ints(0x3ff000, blocks.length);
  let plainAt = start;
  let packedAt = start + 24;
  for (const { plain, packed } of blocks) {
    out.longs(plainAt, packedAt);
    out.ints(plain.length, packed.length);
    plainAt += plain.length;
    packedAt += packed.length;
  }
}
