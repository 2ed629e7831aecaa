// How should a vector's bytes be kept? Size against the time to have codes to scan, on the sample's own answers.
import {
  constants,
  crc32,
  deflateRawSync,
  inflateRawSync,
  zstdCompressSync,
  zstdDecompressSync,
} from 'node:zlib';
import { forEachRow, type SampleShape } from './sample.ts';

const ROWS = 65_535;
const ZSTD = { params: { [constants.ZSTD_c_compressionLevel]: 1 } };

interface Coding {
  encode(codes: Uint8Array): Uint8Array;
  decode(bytes: Uint8Array): Uint8Array;
}

const CODINGS: Record<string, Coding> = {
  'a byte a value': { encode: (codes) => codes, decode: (bytes) => Uint8Array.from(bytes) },
  'four bits a value': { encode: toNibbles, decode: fromNibbles },
  'deflate level 1': {
    encode: (codes) => deflateRawSync(codes, { level: 1 }),
    decode: (bytes) => inflateRawSync(bytes),
  },
  'zstd level 1': {
    encode: (codes) => zstdCompressSync(codes, ZSTD),
    decode: (bytes) => zstdDecompressSync(bytes),
  },
};

export function codings(shape: SampleShape): void {
  const codes = new Uint8Array(ROWS);
  forEachRow({ ...shape, responses: ROWS * 12 }, 0, ({ id, answers }) => {
    codes[id] = answers[0] ?? 0;
  });
  const rows: Record<string, Record<string, string>> = {};
  for (const [name, { encode, decode }] of Object.entries(CODINGS)) {
    const bytes = encode(codes);
    if (Buffer.compare(decode(bytes), codes) !== 0) throw new Error(`${name} changes the codes`);
    rows[name] = {
      'bits a value': ((8 * bytes.length) / ROWS).toFixed(2),
      'MB for 2 million x 30': ((bytes.length / ROWS) * 60).toFixed(0),
      'encode, ns a value': perValue(() => encode(codes)),
      'checksum + decode, ns a value': perValue(() => crc32(bytes) + decode(bytes).length),
    };
  }
  console.table(rows);
}

function perValue(work: () => unknown): string {
  const times = Array.from({ length: 30 }, () => {
    const start = performance.now();
    work();
    return performance.now() - start;
  }).sort((a, b) => a - b);
  return ((times[10]! * 1e6) / ROWS).toFixed(2);
}

function toNibbles(codes: Uint8Array): Uint8Array {
  const out = new Uint8Array((codes.length + 1) >> 1);
  for (let i = 0; i < codes.length; i++) out[i >> 1]! |= codes[i]! << ((i & 1) * 4);
  return out;
}

function fromNibbles(bytes: Uint8Array): Uint8Array {
  const out = new Uint8Array(ROWS);
  for (let i = 0; i < ROWS; i++) out[i] = (bytes[i >> 1]! >> ((i & 1) * 4)) & 15;
  return out;
}
