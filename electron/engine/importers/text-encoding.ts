// Which encoding a text file is in: byte-order mark, else UTF-16 by its zeros, else strict UTF-8, else GB18030.
// Guessing libraries misname short GBK files; two strict decoders do not.

import { ImportFault } from './import-fault.ts';
import type { SourceFile } from './source-file.ts';

export type TextEncoding = 'utf-8' | 'gb18030' | 'utf-16le' | 'utf-16be' | 'big5' | 'windows-1252';

/** What the user may choose from. */
const TEXT_ENCODINGS: readonly TextEncoding[] = [
  'utf-8',
  'gb18030',
  'utf-16le',
  'utf-16be',
  'big5',
  'windows-1252',
];

export interface EncodingChoice {
  encoding: TextEncoding;
  /** True when nothing but the bytes themselves spoke for it. */
  guessed: boolean;
}

/** The text of the file in pieces; what cannot be decoded becomes U+FFFD, a byte-order mark is dropped. */
export async function* decoded(
  source: SourceFile,
  encoding: TextEncoding,
  signal?: AbortSignal,
): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding);
  for await (const piece of source.chunks(signal)) {
    const text = decoder.decode(piece, { stream: true });
    if (text !== '') yield text;
  }
  const rest = decoder.decode();
  if (rest !== '') yield rest;
}

/** Picks the encoding; reads the whole file unless a mark or the user decides. */
export async function chooseEncoding(
  source: SourceFile,
  wanted?: string,
  signal?: AbortSignal,
): Promise<EncodingChoice> {
  if (wanted !== undefined) return { encoding: known(wanted, source.name), guessed: false };
  const marked = markedEncoding(source.head);
  if (marked) return { encoding: marked, guessed: false };
  const wide = unmarkedUtf16(source.head);
  if (wide) return { encoding: wide, guessed: true };
  const utf8 = await countWith(source, 'utf-8', signal);
  if (utf8.bad === 0) return { encoding: 'utf-8', guessed: false };
  // Real GBK text hardly ever forms UTF-8 sequences: many good ones and a few bad bytes are damaged UTF-8,
  // even where GB18030 would decode the file without complaint into nonsense.
  if (utf8.good >= utf8.bad * 10) return { encoding: 'utf-8', guessed: true };
  const gb = await countWith(source, 'gb18030', signal);
  if (gb.bad === 0 || gb.good >= gb.bad * 10) return { encoding: 'gb18030', guessed: true };
  if (utf8.bad <= Math.max(3, utf8.good)) return { encoding: 'utf-8', guessed: true };
  throw new ImportFault('encoding-unknown', { file: source.name });
}

function known(wanted: string, file: string): TextEncoding {
  const name = wanted.toLowerCase().replace(/^(gbk|gb2312)$/, 'gb18030');
  const match = TEXT_ENCODINGS.find((encoding) => encoding === name);
  if (!match) throw new ImportFault('encoding-unknown', { file, value: wanted });
  return match;
}

function markedEncoding(head: Uint8Array): TextEncoding | undefined {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return 'utf-8';
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  if (head[0] === 0x84 && head[1] === 0x31 && head[2] === 0x95 && head[3] === 0x33) return 'gb18030';
  return undefined;
}

/**
 * UTF-16 without a mark shows in its delimiters and line ends: their high byte is zero, always on the same side.
 * A single NUL in a text file does not look like that. Zeros on the other side prove nothing: 一 is U+4E00.
 */
export function unmarkedUtf16(head: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  const pairs = head.length >> 1;
  let zeroLow = 0;
  let zeroHigh = 0;
  let lineLow = 0;
  let lineHigh = 0;
  for (let i = 0; i < pairs * 2; i += 2) {
    const first = head[i]!;
    const second = head[i + 1]!;
    if (second === 0) zeroHigh++;
    if (first === 0) zeroLow++;
    if (first === 0x0a && second === 0) lineLow++;
    if (first === 0 && second === 0x0a) lineHigh++;
  }
  const many = Math.max(2, pairs * 0.05);
  if (zeroHigh >= many && lineLow > 0 && lineHigh === 0) return 'utf-16le';
  if (zeroLow >= many && lineHigh > 0 && lineLow === 0) return 'utf-16be';
  return undefined;
}

interface Count {
  /** Characters beyond ASCII that decode. */
  good: number;
  bad: number;
}

async function countWith(source: SourceFile, encoding: TextEncoding, signal?: AbortSignal): Promise<Count> {
  const decoder = new TextDecoder(encoding);
  const count: Count = { good: 0, bad: 0 };
  const take = (text: string) => {
    for (const run of text.match(/[^\0-\x7f]+/g) ?? []) {
      const bad = run.split('\ufffd').length - 1;
      count.bad += bad;
      count.good += run.length - bad;
    }
  };
  for await (const piece of source.chunks(signal)) take(decoder.decode(piece, { stream: true }));
  take(decoder.decode());
  return count;
}
