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

/** One factor for all rows, or one per row. */
export interface WeightVector {
  kind: 'weights';
  weights: number | Float64Array;
}

/** Whole numbers that mostly rise by one: the row of the source file. */
export interface RowVector {
  kind: 'rows';
  rows: Uint32Array;
}

export type CodedVector = NumberVector | ChoiceVector;
export type Vector = CodedVector | WeightVector | RowVector;

export interface EncodedVector {
  encoding: string;
  data: Uint8Array;
}

/** What the header tells without the data: enough to see that a filter can match nothing in a chunk. */
export interface VectorHeader {
  kind: Vector['kind'];
  bytes: 0 | 1 | 2 | 4 | 8;
  zstd: boolean;
  values?: readonly (string | number | readonly string[])[];
  missing?: number;
  weight?: number;
}

/** A stored vector that is not what was written: the text says which one and which check failed. */
export class DamagedVectorError extends Error {
  constructor(place: string, reason: string) {
    super(`Stored answers are damaged (${place}): ${reason}`);
    this.name = 'DamagedVectorError';
  }
}

const NO_BYTES = new Uint8Array(0);
const ZSTD = { params: { [constants.ZSTD_c_compressionLevel]: 1 } };
const CRC_LENGTH = 8;

/** Every row has the same code, which the header alone tells. */
export function isUniform(header: Pick<VectorHeader, 'values' | 'missing'>): boolean {
  const values = header.values ?? [];
  return values.length === 0 || (values.length === 1 && header.missing === 0);
}

export function encodeVector(vector: Vector): EncodedVector {
  const { header, data } = pack(vector);
  const smaller = zstdCompressSync(data, ZSTD);
  const zstd = smaller.length < data.length;
  const json = JSON.stringify({ ...header, zstd });
  const kept = zstd ? smaller : data;
  return { encoding: checksum(json, kept) + json, data: kept };
}

export function readHeader(encoding: string, place: string): VectorHeader {
  try {
    return JSON.parse(encoding.slice(CRC_LENGTH)) as VectorHeader;
  } catch {
    throw new DamagedVectorError(place, 'the header cannot be read');
  }
}

/** The vector of `rows` rows; `place` names it in the error when a check fails. */
export function decodeVector({ encoding, data }: EncodedVector, rows: number, place: string): Vector {
  if (checksum(encoding.slice(CRC_LENGTH), data) !== encoding.slice(0, CRC_LENGTH))
    throw new DamagedVectorError(place, 'the checksum differs');
  const header = readHeader(encoding, place);
  const bytes = header.zstd ? zstdDecompressSync(data) : data;
  if (bytes.byteLength !== header.bytes * rows)
    throw new DamagedVectorError(place, `${bytes.byteLength} bytes are not ${header.bytes} a row of ${rows}`);
  return unpack(header, bytes, rows);
}

function checksum(json: string, data: Uint8Array): string {
  return crc32(data, crc32(json)).toString(16).padStart(CRC_LENGTH, '0');
}

function pack(vector: Vector): { header: Omit<VectorHeader, 'zstd'>; data: Uint8Array } {
  switch (vector.kind) {
    case 'numbers':
    case 'choices': {
      const { kind, values, missing, codes } = vector;
      if (isUniform(vector)) return { header: { kind, bytes: 0, values, missing }, data: NO_BYTES };
      const bytes = codes.BYTES_PER_ELEMENT as 1 | 2;
      return { header: { kind, bytes, values, missing }, data: bytesOf(codes) };
    }
    case 'weights':
      return typeof vector.weights === 'number'
        ? { header: { kind: 'weights', bytes: 0, weight: vector.weights }, data: NO_BYTES }
        : { header: { kind: 'weights', bytes: 8 }, data: bytesOf(vector.weights) };
    case 'rows': {
      const steps = vector.rows.map((row, i) => (i === 0 ? row : row - vector.rows[i - 1]!));
      return { header: { kind: 'rows', bytes: 4 }, data: bytesOf(steps) };
    }
  }
}

function unpack(header: VectorHeader, bytes: Uint8Array, rows: number): Vector {
  switch (header.kind) {
    case 'numbers':
    case 'choices': {
      const missing = header.missing ?? 0;
      const values = header.values ?? [];
      const codes = isUniform(header) ? new Uint8Array(rows).fill(values.length) : codesOf(header, bytes);
      return { kind: header.kind, codes, values, missing } as CodedVector;
    }
    case 'weights':
      return { kind: 'weights', weights: header.weight ?? new Float64Array(aligned(bytes)) };
    case 'rows': {
      const steps = new Uint32Array(aligned(bytes));
      for (let i = 1; i < steps.length; i++) steps[i]! += steps[i - 1]!;
      return { kind: 'rows', rows: steps };
    }
  }
}

function codesOf(header: VectorHeader, bytes: Uint8Array): Codes {
  return header.bytes === 1 ? new Uint8Array(aligned(bytes)) : new Uint16Array(aligned(bytes));
}

// The driver's buffer may start at any offset and be shared; wide typed arrays need their own.
function aligned(bytes: Uint8Array): ArrayBuffer {
  return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
}

function bytesOf(array: Codes | Float64Array | Uint32Array): Uint8Array {
  return new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
}
