// The extension records of an SPSS file: encoding, long names, very long strings and what belongs to them.

import { ImportFault } from './import-fault.ts';
import type { SavCursor } from './sav-cursor.ts';

export interface SavExtensions {
  characterCode?: number;
  encodingName?: string;
  cases?: number;
  measures?: number[];
  longNames: Map<string, Buffer>;
  /** Whole width by short name. */
  veryLong: Map<string, number>;
  longLabels: { name: string; value: Buffer; label: Buffer }[];
  longMissing: { name: string; value: Buffer }[];
  /** Records of multiple-response sets. */
  sets: Buffer[];
}

export async function readExtension(cursor: SavCursor, into: SavExtensions): Promise<void> {
  const subtype = await cursor.int();
  const size = await cursor.int();
  const count = await cursor.int();
  if (size < 0 || count < 0) throw new ImportFault('sav-malformed', { value: `extension ${subtype}` });
  const data = Buffer.from(await cursor.bytes(size * count));
  const int = (at: number) => (cursor.littleEndian ? data.readInt32LE(at) : data.readInt32BE(at));
  if (subtype === 3 && data.length >= 32) into.characterCode = int(28);
  else if (subtype === 7 || subtype === 19) into.sets.push(data);
  else if (subtype === 11) into.measures = Array.from({ length: count }, (_, i) => int(i * 4));
  else if (subtype === 13) readPairs(data, (key, value) => into.longNames.set(key, value));
  else if (subtype === 14)
    readPairs(data, (key, value) => into.veryLong.set(key, Number.parseInt(value.toString('latin1'), 10)));
  else if (subtype === 16 && data.length >= 16)
    into.cases = Number(cursor.littleEndian ? data.readBigInt64LE(8) : data.readBigInt64BE(8));
  else if (subtype === 20) into.encodingName = data.toString('latin1').trim();
  else if (subtype === 21) readLongLabels(new Pieces(data, int), into);
  else if (subtype === 22) readLongMissing(new Pieces(data, int), into);
}

/** `KEY=value` separated by tabs; a key is a short name, which may be of any encoding. */
function readPairs(data: Buffer, take: (key: string, value: Buffer) => void): void {
  for (let at = 0; at < data.length; ) {
    const tab = data.indexOf(0x09, at);
    const end = tab < 0 ? data.length : tab;
    const equals = data.indexOf(0x3d, at);
    if (equals > at && equals < end)
      take(shortKey(data.subarray(at, equals)), Buffer.from(data.subarray(equals + 1, end)));
    at = end + 1;
  }
}

/** Short names are compared as bytes, without padding. */
export function shortKey(name: Buffer): string {
  return name.toString('latin1').replace(/[ \0]+$/, '');
}

class Pieces {
  at = 0;
  readonly data: Buffer;
  readonly #int: (at: number) => number;

  constructor(data: Buffer, int: (at: number) => number) {
    this.data = data;
    this.#int = int;
  }

  int(): number {
    if (this.at + 4 > this.data.length) throw new ImportFault('sav-malformed', { value: 'long strings' });
    this.at += 4;
    return this.#int(this.at - 4);
  }

  bytes(length: number): Buffer {
    if (length < 0 || this.at + length > this.data.length)
      throw new ImportFault('sav-malformed', { value: 'long strings' });
    this.at += length;
    return this.data.subarray(this.at - length, this.at);
  }
}

function readLongLabels(pieces: Pieces, into: SavExtensions): void {
  while (pieces.at < pieces.data.length) {
    const name = shortKey(pieces.bytes(pieces.int()));
    pieces.int();
    for (let count = pieces.int(); count > 0; count--) {
      const value = pieces.bytes(pieces.int());
      into.longLabels.push({ name, value, label: pieces.bytes(pieces.int()) });
    }
  }
}

function readLongMissing(pieces: Pieces, into: SavExtensions): void {
  while (pieces.at < pieces.data.length) {
    const name = shortKey(pieces.bytes(pieces.int()));
    const count = pieces.bytes(1)[0]!;
    const length = pieces.int();
    for (let i = 0; i < count; i++) into.longMissing.push({ name, value: pieces.bytes(length) });
  }
}
