// What the records of an SPSS dictionary mean together: columns with their names, places in a case, and codes.

import { ImportFault } from './import-fault.ts';
import type { RawDictionary, RawVariable } from './sav-dictionary.ts';
import { shortKey } from './sav-extensions.ts';
import type { ColumnMeaning } from './table.ts';

export interface SavVariable {
  name: string;
  /** Its short name, see `shortKey`. */
  key: string;
  /** Bytes of a string, 0 for a number. */
  width: number;
  /** Where the value lies in a case; a very long string is in several pieces. */
  segments: readonly { at: number; bytes: number }[];
  /** SPSS print format, which tells dates from numbers. */
  format: number;
  meaning: ColumnMeaning;
}

/** A very long string is cut into stored strings of 255 bytes for every 252 bytes of its width. */
const STORED_BYTES = 255;
const COUNTED_BYTES = 252;
const MEASURES = [undefined, 'nominal', 'ordinal', 'scale'] as const;

const CODE_PAGES: Record<number, string> = {
  65001: 'utf-8',
  936: 'gb18030',
  20936: 'gb18030',
  54936: 'gb18030',
  950: 'big5',
  1200: 'utf-16le',
  1250: 'windows-1250',
  1251: 'windows-1251',
  1252: 'windows-1252',
  28591: 'windows-1252',
};

/** The encoding that the file states, as TextDecoder knows it; undefined when it states none that is known. */
export function statedEncoding({ extensions }: RawDictionary): string | undefined {
  const { encodingName, characterCode } = extensions;
  const page = encodingName && /^(?:cp|windows-|ms-?)?(\d{3,5})$/i.exec(encodingName)?.[1];
  if (page) return CODE_PAGES[Number(page)];
  if (encodingName && /^(gbk|gb2312|euc-cn|gb18030)$/i.test(encodingName)) return 'gb18030';
  if (encodingName) {
    try {
      return new TextDecoder(encodingName).encoding;
    } catch {
      return undefined;
    }
  }
  return characterCode === undefined ? undefined : CODE_PAGES[characterCode];
}

export function savVariables(
  raw: RawDictionary,
  decode: (bytes: Buffer) => string,
  littleEndian: boolean,
): SavVariable[] {
  const float = (bytes: Buffer) => (littleEndian ? bytes.readDoubleLE() : bytes.readDoubleBE());
  const perVariable = raw.extensions.measures
    ? Math.floor(raw.extensions.measures.length / raw.variables.length)
    : 0;
  const variables: SavVariable[] = [];
  for (let i = 0; i < raw.variables.length; i++) {
    const record = raw.variables[i]!;
    const key = shortKey(record.shortName);
    const width = raw.extensions.veryLong.get(key) ?? record.width;
    const pieces = width > STORED_BYTES ? Math.ceil(width / COUNTED_BYTES) : 1;
    const segments = raw.variables
      .slice(i, i + pieces)
      .map(({ index, width }) => ({ at: index * 8, bytes: width || 8 }));
    if (segments.length < pieces) throw new ImportFault('sav-malformed', { value: key });
    const meaning: ColumnMeaning = {
      label: record.label && decode(record.label),
      valueLabels: valueLabelsOf(record, key, raw, decode, float),
      missing: missingOf(record, key, raw, decode, float),
      measure: perVariable > 0 ? MEASURES[raw.extensions.measures![i * perVariable]!] : undefined,
    };
    const name = decode(raw.extensions.longNames.get(key) ?? record.shortName);
    variables.push({ name, key, width, segments, format: record.format, meaning });
    i += pieces - 1;
  }
  return variables;
}

function valueLabelsOf(
  record: RawVariable,
  key: string,
  raw: RawDictionary,
  decode: (bytes: Buffer) => string,
  float: (bytes: Buffer) => number,
): ColumnMeaning['valueLabels'] {
  const short = record.valueLabels.map(({ value, label }) => ({
    value: record.width === 0 ? float(value) : decode(value.subarray(0, record.width)),
    label: decode(label),
  }));
  const long = raw.extensions.longLabels
    .filter(({ name }) => name === key || nameOf(key, raw) === name)
    .map(({ value, label }) => ({ value: decode(value), label: decode(label) }));
  return short.length + long.length > 0 ? [...short, ...long] : undefined;
}

function missingOf(
  record: RawVariable,
  key: string,
  raw: RawDictionary,
  decode: (bytes: Buffer) => string,
  float: (bytes: Buffer) => number,
): ColumnMeaning['missing'] {
  const long = raw.extensions.longMissing
    .filter(({ name }) => name === key || nameOf(key, raw) === name)
    .map(({ value }) => decode(value));
  if (record.missing.length === 0) return long.length > 0 ? long : undefined;
  if (record.width > 0) return record.missing.map((value) => decode(value.subarray(0, record.width)));
  const values = record.missing.map(float);
  if (!record.isRange) return values;
  const [from, to, ...single] = values;
  return [{ from: from!, to: to! }, ...single];
}

/** Records about long strings name a variable by its long name. */
function nameOf(key: string, raw: RawDictionary): string {
  const long = raw.extensions.longNames.get(key);
  return long ? shortKey(long) : key;
}
