// An earlier mapping for a file: the one whose columns it has, else the one whose columns were renamed.
import type { MappingBasis } from '../../../../shared/calls/import.ts';
import { carryMapping } from '../../../../shared/domain/carry-mapping.ts';
import { type ColumnMatch, matchColumns } from '../../../../shared/domain/column-match.ts';
import { type StudyMapping, studyMapping } from '../../../../shared/domain/study-mapping.ts';
import type { Table } from '../../importers/table.ts';
import { listFormerMappings } from '../../store/import-memory.ts';
import { listMappings } from '../../store/ledger.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { fileColumns, mappedColumns } from './mapped-columns.ts';
import { type ColumnProfile, fitsScale, type Rating, ratingOf, rolesOf } from './profile-columns.ts';

interface Former {
  kind: 'saved' | 'batch';
  source: string;
  mapping: StudyMapping;
  headers: readonly string[];
}

/** An earlier mapping as it fits this file, and how it came to do so. */
export interface FormerGuess {
  mapping: StudyMapping;
  name?: string;
  basis: MappingBasis;
}

/** Least share of the columns in use that must have a counterpart. */
const CLOSE_ENOUGH = 0.5;

/** The earlier mapping that fits best; saved ones before batches where they fit equally well. */
export function closestFormer(
  workspace: Workspace,
  columns: readonly ColumnProfile[],
  table: Table,
  fileName: string,
): FormerGuess | undefined {
  const headers = columns.map(({ header }) => header);
  const byHeader = new Map(columns.map((column) => [column.header, column]));
  const batches = listFormerMappings(workspace.reader);
  const formers: Former[] = [
    ...listMappings(workspace.reader).map((row): Former => {
      const mapping = parsedMapping(row.mapping);
      const used = fileColumns(mapping);
      const like = batches.find((one) => used.every((column) => one.headers.includes(column)));
      return { kind: 'saved', source: row.name, mapping, headers: like?.headers ?? used };
    }),
    ...batches.map((row): Former => {
      const mapping = parsedMapping(row.mapping);
      const made = new Set(mapping.table.joined?.map(({ name }) => name));
      const all = row.headers.length > 0 ? row.headers.filter((one) => !made.has(one)) : fileColumns(mapping);
      return { kind: 'batch', source: row.fileName, mapping, headers: all };
    }),
  ];
  let best: { former: Former; matches: ColumnMatch[]; closeness: number } | undefined;
  for (const former of formers) {
    const ratings = new Map(
      former.mapping.items.map(({ column, scale, missing }) => [
        column,
        { scale, missing: missing.filter((one) => typeof one === 'number') } satisfies Rating,
      ]),
    );
    const matches = matchColumns(former.headers, headers, (from, to) => {
      const rating = ratings.get(from);
      return rating === undefined || fitsScale(byHeader.get(to)!, rating);
    });
    const closeness = closenessOf(former.mapping, matches);
    if (closeness >= CLOSE_ENOUGH && closeness > (best?.closeness ?? 0))
      best = { former, matches, closeness };
  }
  if (!best) return undefined;
  const found = completed(carried(best.former, best.matches, table, fileName), best.former.mapping, columns);
  return { ...found, basis: { ...found.basis, unused: unusedRatings(columns, found.mapping) } };
}

/** Share of the columns in use that have a counterpart, one under its own name counting fully; more columns break ties. */
function closenessOf(mapping: StudyMapping, matches: readonly ColumnMatch[]): number {
  const found = new Map(matches.map((match) => [match.from, match]));
  const used = fileColumns(mapping);
  const itemColumns = new Set(mapping.items.map(({ column }) => column));
  const items = mapping.items.filter(({ column }) => found.has(column)).length;
  if (used.length === 0 || items < Math.max(1, itemColumns.size * CLOSE_ENOUGH)) return 0;
  const worth = used.reduce((sum, column) => {
    const match = found.get(column);
    return sum + (match === undefined ? 0 : match.from === match.to ? 1 : 0.85);
  }, 0);
  return worth / used.length + used.length * 1e-6;
}

function carried(
  { kind, source, mapping, headers }: Former,
  matches: readonly ColumnMatch[],
  table: Table,
  fileName: string,
): FormerGuess {
  const used = new Set(fileColumns(mapping));
  const exact =
    matches.filter((match) => match.from === match.to && used.has(match.from)).length === used.size;
  const sameFile = exact && headers.length > 0;
  const sheet = mapping.table.sheet;
  const hasSheet = sheet !== undefined && (table.sheets ?? []).some((one) => one.name === sheet);
  const named = kind === 'saved' ? { name: source } : {};
  if (sameFile && mapping.period.kind !== 'constant') {
    const fitting = hasSheet ? mapping : { ...mapping, table: { ...mapping.table, sheet: undefined } };
    return { mapping: withoutEncoding(fitting), ...named, basis: plainBasis(kind, source) };
  }
  const { mapping: made, ...basis } = carryMapping(mapping, matches, fileName);
  return { mapping: made, ...(exact ? named : {}), basis: { kind, source, unused: [], ...basis } };
}

/** Dates and places that the earlier mapping had and whose columns are gone are told from the headers of this file. */
function completed(guess: FormerGuess, former: StudyMapping, columns: readonly ColumnProfile[]): FormerGuess {
  const { period } = guess.mapping;
  const roles = rolesOf(columns, undefined);
  const notes = [...guess.basis.notes];
  const take = (from: string, to: string) =>
    notes.push({
      zh: `没有“${from}”列，改取自“${to}”，请核对`,
      en: `there is no column "${from}"; "${to}" is taken instead, check that`,
    });
  const mapping = { ...guess.mapping, place: { ...guess.mapping.place } };
  if ('column' in period && roles.period && !columns.some(({ header }) => header === period.column)) {
    take(period.column, roles.period);
    mapping.period = { ...period, column: roles.period };
  }
  for (const field of ['dealerCode', 'dealerName', 'city'] as const) {
    const before = former.place[field];
    const now = roles[field];
    if (!before || !('column' in before) || mapping.place[field] || !now) continue;
    take(before.column, now);
    mapping.place[field] = { column: now };
  }
  return { ...guess, mapping, basis: { ...guess.basis, notes } };
}

/** A saved encoding was that of another file; this one's is told anew. */
function withoutEncoding(mapping: StudyMapping): StudyMapping {
  return { ...mapping, table: { ...mapping.table, encoding: undefined, delimiter: undefined } };
}

/** Columns that look rated and are not used, so that a new question is not overlooked. */
function unusedRatings(columns: readonly ColumnProfile[], mapping: StudyMapping): MappingBasis['unused'] {
  const used = new Set(mappedColumns(mapping));
  const scales = new Set(mapping.items.map(({ scale }) => `${scale.min} ${scale.max}`));
  return columns.flatMap((column) => {
    const rating = used.has(column.header) ? undefined : ratingOf(column);
    if (!rating || !scales.has(`${rating.scale.min} ${rating.scale.max}`)) return [];
    return [{ column: column.header, ...rating }];
  });
}

function parsedMapping(mapping: string): StudyMapping {
  return studyMapping.parse(JSON.parse(mapping));
}

export function plainBasis(kind: MappingBasis['kind'], source: string): MappingBasis {
  return { kind, source, renamed: [], gone: [], unused: [], notes: [] };
}
