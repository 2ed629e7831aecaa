// Multiple-response sets of an SPSS file: several columns that are one question, read as one column of choices.
import type { Issue } from '../../../shared/domain/import-issue.ts';
import { issueValue } from '../../../shared/domain/import-issue.ts';
import { CHOICE_SEPARATOR, joinedCell } from '../../../shared/domain/joined-columns.ts';
import { type RawSet, readSets } from './sav-set-record.ts';
import type { SavVariable } from './sav-variables.ts';
import type { ColumnMeaning, RawCell } from './table.ts';
import { cellText } from './values.ts';

/** A set as one column beside those it is made of. */
export interface SavSet {
  name: string;
  meaning: ColumnMeaning;
  /** Positions of its columns. */
  members: number[];
  /** From the cells of a row, user-missing ones already empty. */
  cellOf(cells: readonly RawCell[]): RawCell;
}

/** A set that cannot be read is left out with a warning: its columns are still there one by one. */
export function savSets(
  records: readonly Buffer[],
  variables: readonly SavVariable[],
  decode: (bytes: Buffer) => string,
  file: string,
): { sets: SavSet[]; warnings: Issue[] } {
  const byName = new Map<string, number>();
  variables.forEach(({ name }, i) => {
    byName.set(name.toLowerCase(), i);
  });
  variables.forEach(({ key }, i) => {
    byName.set(`${KEY}${asciiLower(key)}`, i);
  });
  const warnings: Issue[] = [];
  const sets = new Map<string, SavSet>();
  const warn = (value: string) =>
    warnings.push({ code: 'sav-set-left-out', severity: 'warning', file, value: issueValue(value) });
  for (const raw of records.flatMap((data) => [...readSets(data, decode)])) {
    if ('unreadable' in raw) {
      warn(raw.unreadable);
      continue;
    }
    const places = raw.members.map(
      (member) => byName.get(`${KEY}${asciiLower(member)}`) ?? byName.get(decodeKey(member, decode)),
    );
    const members = [...new Set(places.filter((at) => at !== undefined))];
    const absent = raw.members
      .filter((_, i) => places[i] === undefined)
      .map((name) => decodeKey(name, decode));
    if (absent.length > 0 || members.length < 2) {
      warn(absent.length > 0 ? `${raw.name}: ${absent.join(' ')}` : raw.name);
      continue;
    }
    sets.set(raw.name, columnOf(raw, members, variables));
  }
  return { sets: [...sets.values()], warnings };
}

const KEY = '\u0000';

/** Members are named by their short names in lower case, other writers use the whole name. */
function asciiLower(latin1: string): string {
  return latin1.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}

function decodeKey(latin1: string, decode: (bytes: Buffer) => string): string {
  return decode(Buffer.from(latin1, 'latin1')).toLowerCase();
}

function columnOf(raw: RawSet, members: number[], variables: readonly SavVariable[]): SavSet {
  const { name, label, counted } = raw;
  const columns = members.map((at) => variables[at]!);
  const meaning: ColumnMeaning = {
    label: label || name,
    measure: 'nominal',
    choicesBy: CHOICE_SEPARATOR,
    valueLabels: counted === undefined ? sharedLabels(columns) : ownLabels(columns, raw),
  };
  const chosen = (cell: RawCell, i: number) =>
    counted === undefined ? cellText(cell) : isCounted(cell, counted) ? columns[i]!.name : '';
  return {
    name,
    meaning,
    members,
    cellOf(cells) {
      return joinedCell(
        members.map((at, i) => {
          const cell = cells[at] ?? null;
          return cell === null ? null : chosen(cell, i);
        }),
      );
    },
  };
}

function isCounted(cell: RawCell, counted: string): boolean {
  if (typeof cell === 'number') return cell === Number(counted);
  return cellText(cell).trim() === counted;
}

function sharedLabels(columns: readonly SavVariable[]): ColumnMeaning['valueLabels'] {
  const labels = new Map<string, { value: string | number; label: string }>();
  for (const { meaning } of columns)
    for (const one of meaning.valueLabels ?? [])
      if (!labels.has(String(one.value))) labels.set(String(one.value), one);
  return labels.size > 0 ? [...labels.values()] : undefined;
}

function ownLabels(
  columns: readonly SavVariable[],
  { counted, byValue }: RawSet,
): ColumnMeaning['valueLabels'] {
  return columns.map(({ name, meaning }) => {
    const ofValue = byValue
      ? meaning.valueLabels?.find(({ value }) => isCounted(value, counted!))?.label
      : undefined;
    return { value: name, label: ofValue ?? (meaning.label || name) };
  });
}
