// One column of a chunk of responses, in memory as typed arrays and on disk as a checked header and bytes.
// Values are kept exactly as given: a code indexes a table of the distinct values, code 0 is "missing", so any
// scale, half points and texts round-trip, and a scan is a histogram over small whole numbers.
import { constants, crc32, zstdCompressSync, zstdDecompressSync } from 'node:zlib';

/** The most rows of a chunk: with 0 for missing, every row may hold its own value and codes still fit 16 bits. */
export const MAX_CHUNK_ROWS = 65_535;

export type Codes = Uint8Array | Uint16Array;

/** Code 0 is missing, code k is `values[k - 1]`. `missing` counts the zeros. */
export interface NumberVector {
  kind: 'numbers';
  codes: Codes;
  values: readonly number[];
  missing: number;
}

/** As numbers, over coded answers; a multiple choice is one value per combination of choices that occurs. */
export interface ChoiceVector {
  kind: 'choices';
  codes: Codes;
  values: readonly (string | readonly string[])[];
  missing: number;
}

/** Whole numbers that mostly rise by one: the row of the source file. */
export interface RowVector {
  kind: 'rows';
  rows: Uint32Array;
}

export type CodedVector = NumberVector | ChoiceVector;
export type Vector = CodedVector | RowVector;

export interface EncodedVector {
  encoding: string;
  data: Uint8Array;
}

/** What the header tells without the data: mostly enough to see that a filter can match nothing in a chunk. */
export interface VectorHeader {
  kind: Vector['kind'];
  bytes: 0 | 1 | 2 | 4;
  rows: number;
  zstd: boolean;
  /** CRC-32 of the data as stored. */
  crc: number;
  missing?: number;
  values?: CodedVector['values'];
  /** In place of `values`, when they are many: how many doubles precede the codes. */
  table?: number;
}

/** Stored bytes are not what was written; the message says which check failed. */
export class DamagedVectorError extends Error {}

const NO_BYTES = new Uint8Array(0);
const ZSTD = { params: { [constants.ZSTD_c_compressionLevel]: 1 } };
const CRC_LENGTH = 8;
const MAX_HEADER_VALUES = 1024;

/** Every row has the same code, which the header alone tells. */
export function isUniform({ values, missing }: Pick<CodedVector, 'values' | 'missing'>): boolean {
  return values.length === 0 || (values.length === 1 && missing === 0);
}

export function encodeVector(vector: Vector): EncodedVector {
  const { header, data: plain } = pack(vector);
  const smaller = zstdCompressSync(plain, ZSTD);
  const zstd = smaller.length < plain.length;
  const data = zstd ? smaller : plain;
  const json = JSON.stringify({ ...header, rows: rowsOf(vector), zstd, crc: crc32(data) });
  return { encoding: checksum(json) + json, data };
}

/** Throws `DamagedVectorError` unless the header is as written; the data are not looked at. */
export function readHeader(encoding: string): VectorHeader {
  const json = encoding.slice(CRC_LENGTH);
  if (encoding.slice(0, CRC_LENGTH) !== checksum(json))
    throw new DamagedVectorError('the checksum of the header differs');
  return JSON.parse(json) as VectorHeader;
}

/** Throws `DamagedVectorError` unless every byte is as written. */
export function decodeVector({ encoding, data }: EncodedVector, rows: number): Vector {
  const header = readHeader(encoding);
  if (crc32(data) !== header.crc) throw new DamagedVectorError('the checksum of the data differs');
  if (header.rows !== rows) throw new DamagedVectorError(`${header.rows} rows instead of ${rows}`);
  const bytes = header.zstd ? inflate(data, 8 * (header.table ?? 0) + header.bytes * rows) : data;
  return unpack(header, bytes, rows);
}

function rowsOf(vector: Vector): number {
  return vector.kind === 'rows' ? vector.rows.length : vector.codes.length;
}

function checksum(json: string): string {
  return crc32(json).toString(16).padStart(CRC_LENGTH, '0');
}

// One output buffer of the known size: the default grows in small steps, which costs more than the decoding.
function inflate(data: Uint8Array, bytes: number): Uint8Array {
  return zstdDecompressSync(data, { chunkSize: bytes + 64 });
}

function pack(vector: Vector): { header: Omit<VectorHeader, 'rows' | 'zstd' | 'crc'>; data: Uint8Array } {
  if (vector.kind === 'rows') {
    const steps = vector.rows.map((row, i) => (i === 0 ? row : row - vector.rows[i - 1]!));
    return { header: { kind: 'rows', bytes: 4 }, data: bytesOf(steps) };
  }
  const { kind, values, missing, codes } = vector;
  if (isUniform(vector)) return { header: { kind, bytes: 0, missing, values }, data: NO_BYTES };
  const bytes = codes.BYTES_PER_ELEMENT as 1 | 2;
  if (kind === 'choices' || values.length <= MAX_HEADER_VALUES)
    return { header: { kind, bytes, missing, values }, data: bytesOf(codes) };
  const table = bytesOf(Float64Array.from(values));
  return {
    header: { kind, bytes, missing, table: values.length },
    data: Buffer.concat([table, bytesOf(codes)]),
  };
}

function unpack(header: VectorHeader, bytes: Uint8Array, rows: number): Vector {
  if (header.kind === 'rows') {
    const at = aligned(bytes, 4);
    const steps = new Uint32Array(at.buffer, at.byteOffset, rows);
    for (let i = 1; i < rows; i++) steps[i]! += steps[i - 1]!;
    return { kind: 'rows', rows: steps };
  }
  const cut = 8 * (header.table ?? 0);
  const values = header.values ?? float64s(bytes.subarray(0, cut));
  const codes =
    header.bytes === 0 ? new Uint8Array(rows).fill(values.length) : codesOf(header, bytes.subarray(cut));
  return { kind: header.kind, codes, values, missing: header.missing ?? 0 } as CodedVector;
}

function codesOf(header: VectorHeader, bytes: Uint8Array): Codes {
  if (header.bytes === 1) return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const at = aligned(bytes, 2);
  return new Uint16Array(at.buffer, at.byteOffset, at.byteLength / 2);
}

function float64s(bytes: Uint8Array): number[] {
  const at = aligned(bytes, 8);
  return Array.from(new Float64Array(at.buffer, at.byteOffset, at.byteLength / 8));
}

// Bytes may start anywhere in a larger buffer, wide typed arrays only at multiples of their width.
function aligned(bytes: Uint8Array, width: number): Uint8Array {
  return bytes.byteOffset % width === 0 ? bytes : new Uint8Array(bytes);
}

function bytesOf(array: Codes | Float64Array | Uint32Array): Uint8Array {
  return new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
}
