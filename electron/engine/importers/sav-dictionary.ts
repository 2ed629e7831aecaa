// The dictionary at the head of an SPSS system file: variables with labels, value labels, user-missing values.
// Layout after the PSPP developers' guide, chapter "System File Format".

import { ImportFault } from './import-fault.ts';
import type { SavCursor } from './sav-cursor.ts';
import { readExtension, type SavExtensions } from './sav-extensions.ts';

/** One record of the file: a segment of a variable. */
export interface RawVariable {
  index: number;
  width: number;
  format: number;
  label?: Buffer;
  missing: Buffer[];
  isRange: boolean;
  shortName: Buffer;
  valueLabels: { value: Buffer; label: Buffer }[];
}

const MAX_VARIABLES = 16_384;

export interface SavHeader {
  elements: number;
  compression: 'none' | 'bytecode' | 'zlib';
  cases: number;
  bias: number;
  /** Element of the weight variable, counted from 1; 0 for none. */
  weight: number;
}

/** Everything up to the data, still as bytes: the encoding is known only at the end. */
export interface RawDictionary {
  header: SavHeader;
  variables: RawVariable[];
  extensions: SavExtensions;
}

export async function readRawDictionary(cursor: SavCursor): Promise<RawDictionary> {
  const header = await readHeader(cursor);
  const variables: RawVariable[] = [];
  const extensions: SavExtensions = {
    longNames: new Map(),
    veryLong: new Map(),
    longLabels: [],
    longMissing: [],
    sets: [],
  };
  let elements = 0;
  let labels: RawVariable['valueLabels'] = [];
  for (;;) {
    const at = cursor.at;
    const kind = await cursor.int();
    if (kind === 2) elements += await readVariable(cursor, elements, variables);
    else if (kind === 3) labels = await readValueLabels(cursor);
    else if (kind === 4) await assignLabels(cursor, variables, labels);
    else if (kind === 6) await cursor.bytes((await cursor.int()) * 80);
    else if (kind === 7) await readExtension(cursor, extensions);
    else if (kind === 999) break;
    else throw new ImportFault('sav-malformed', { value: `record ${kind} @${at}` });
  }
  await cursor.int();
  if (elements === 0) throw new ImportFault('sav-malformed', { value: 'no variables' });
  return { header: { ...header, elements }, variables, extensions };
}

async function readHeader(cursor: SavCursor): Promise<SavHeader> {
  await cursor.bytes(64);
  const layout = await cursor.bytes(4);
  cursor.littleEndian = layout.readInt32LE() === 2 || layout.readInt32LE() === 3;
  if (!cursor.littleEndian && layout.readInt32BE() !== 2 && layout.readInt32BE() !== 3)
    throw new ImportFault('sav-malformed', { value: 'layout code' });
  const elements = await cursor.int();
  const compression = (['none', 'bytecode', 'zlib'] as const)[await cursor.int()];
  if (compression === undefined) throw new ImportFault('sav-malformed', { value: 'compression' });
  const weight = await cursor.int();
  const cases = await cursor.int();
  const bias = await cursor.float();
  await cursor.bytes(84);
  return { elements, compression, cases, bias, weight };
}

/** Returns how many elements of a case the record stands for: one, also for the continuation of a string. */
async function readVariable(cursor: SavCursor, index: number, variables: RawVariable[]): Promise<1> {
  const width = await cursor.int();
  const hasLabel = await cursor.int();
  const missingCount = await cursor.int();
  const format = ((await cursor.int()) >> 16) & 0xff;
  await cursor.int();
  const shortName = Buffer.from(await cursor.bytes(8));
  if (width < -1 || width > 255 || Math.abs(missingCount) > 3)
    throw new ImportFault('sav-malformed', { value: 'variable' });
  let label: Buffer | undefined;
  if (hasLabel === 1) {
    const length = await cursor.int();
    label = Buffer.from((await cursor.bytes(Math.ceil(length / 4) * 4)).subarray(0, length));
  }
  const missing: Buffer[] = [];
  for (let i = 0; i < Math.abs(missingCount); i++) missing.push(Buffer.from(await cursor.bytes(8)));
  if (width < 0) return 1;
  if (variables.length === MAX_VARIABLES)
    throw new ImportFault('too-many-columns', { value: `> ${MAX_VARIABLES}` });
  variables.push({
    index,
    width,
    format,
    label,
    missing,
    isRange: missingCount < 0,
    shortName,
    valueLabels: [],
  });
  return 1;
}

async function readValueLabels(cursor: SavCursor): Promise<RawVariable['valueLabels']> {
  const count = await cursor.int();
  const labels: RawVariable['valueLabels'] = [];
  for (let i = 0; i < count; i++) {
    const value = Buffer.from(await cursor.bytes(8));
    const length = (await cursor.bytes(1))[0]!;
    const label = Buffer.from((await cursor.bytes(Math.ceil((length + 1) / 8) * 8 - 1)).subarray(0, length));
    labels.push({ value, label });
  }
  return labels;
}

async function assignLabels(
  cursor: SavCursor,
  variables: readonly RawVariable[],
  labels: RawVariable['valueLabels'],
): Promise<void> {
  const count = await cursor.int();
  for (let i = 0; i < count; i++) {
    const index = (await cursor.int()) - 1;
    const variable = variables.find((candidate) => candidate.index === index);
    if (!variable) throw new ImportFault('sav-malformed', { value: `labels of ${index + 1}` });
    variable.valueLabels = labels;
  }
}
