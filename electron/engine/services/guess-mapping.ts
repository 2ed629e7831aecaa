// A first mapping for a file: that of the batch it corrects, an earlier one whose columns it has, an earlier one whose
// columns were renamed, else one read from headers and values.
import type { MappingBasis } from '../../../shared/calls/import.ts';
import { carryMapping } from '../../../shared/domain/carry-mapping.ts';
import { type ColumnMatch, matchColumns } from '../../../shared/domain/column-match.ts';
import type { Bilingual } from '../../../shared/domain/language.ts';
import {
  columnRule,
  LEFT_COLUMNS,
  LEFT_ROWS,
  leaveOutRules,
  matchingRule,
} from '../../../shared/domain/leave-out.ts';
import { type StudyMapping, studyMapping, type TableLayout } from '../../../shared/domain/study-mapping.ts';
import { shapedTable } from '../importers/shape.ts';
import type { Table } from '../importers/table.ts';
import { planUnpivot, WAVE_HEADER } from '../importers/unpivot.ts';
import { plainText } from '../importers/values.ts';
import { batchMapping, listFormerMappings } from '../store/import-memory.ts';
import { listMappings } from '../store/ledger.ts';
import { correctionMapping, correctionOf, isCorrectionColumn } from './correction-file.ts';
import {
  type ColumnProfile,
  fitsScale,
  isCoded,
  profileColumns,
  type Rating,
  type Role,
  ratedColumns,
  ratingOf,
  rolesOf,
} from './profile-columns.ts';
import { mappedColumns } from './read-study.ts';
import type { Workspace } from './workspace.ts';

export interface Guess {
  mapping?: StudyMapping;
  name?: string;
  basis?: MappingBasis;
  problems?: Bilingual[];
}

export async function guessMapping(
  workspace: Workspace,
  raw: Table,
  fileName: string,
  choices: Partial<TableLayout> = {},
): Promise<Guess> {
  const correction = await correctionOf(workspace.reader, raw);
  if (correction !== undefined && correction !== 'unknown') {
    const former = parsed(batchMapping(workspace.reader, correction.batch.id));
    const basis = plainBasis('correction', correction.batch.fileName);
    return { mapping: correctionMapping(former, correction.batch), basis };
  }
  const layout = { ...(await guessLayout(raw)), ...choices };
  const table = shapedTable(raw, layout);
  const columns = (await profileColumns(table)).filter(({ header }) => !isCorrectionColumn(header));
  const former = closestFormer(workspace, columns, raw, fileName);
  if (former)
    return { ...former, basis: { ...former.basis, unused: unusedRatings(columns, former.mapping) } };
  return fromHeaders(columns, table, fileName, layout);
}

function parsed(mapping: string): StudyMapping {
  return studyMapping.parse(JSON.parse(mapping));
}

function plainBasis(kind: MappingBasis['kind'], source: string): MappingBasis {
  return { kind, source, renamed: [], gone: [], unused: [], notes: [] };
}

const LOOKED_AT = 300;

/** Waves side by side, and the usual rules where the table has totals or changes. */
async function guessLayout(table: Table): Promise<Partial<TableLayout>> {
  const leaveOut = { rows: [...LEFT_ROWS], columns: [...LEFT_COLUMNS] };
  const rules = { rows: leaveOutRules(LEFT_ROWS), columns: leaveOutRules(LEFT_COLUMNS) };
  if (!table.headers.includes(WAVE_HEADER) && planUnpivot(table.headers, rules.columns))
    return { unpivot: { columns: {} }, leaveOut };
  if (table.headers.some((header) => columnRule(header, rules.columns))) return { leaveOut };
  let looked = 0;
  for await (const { cells } of table.rows()) {
    // A total stands at the left of its row, where the places are.
    const named = cells
      .slice(0, 6)
      .some((cell) => typeof cell === 'string' && matchingRule(cell, rules.rows));
    if (named) return { leaveOut };
    if (++looked >= LOOKED_AT) break;
  }
  return {};
}

interface Former {
  kind: 'saved' | 'batch';
  source: string;
  mapping: StudyMapping;
  headers: readonly string[];
}

/** Least share of the columns in use that must have a counterpart. */
const CLOSE_ENOUGH = 0.5;

/** The earlier mapping that fits best; saved ones before batches where they fit equally well. */
function closestFormer(
  workspace: Workspace,
  columns: readonly ColumnProfile[],
  table: Table,
  fileName: string,
): { mapping: StudyMapping; name?: string; basis: MappingBasis } | undefined {
  const headers = columns.map(({ header }) => header);
  const byHeader = new Map(columns.map((column) => [column.header, column]));
  const batches = listFormerMappings(workspace.reader);
  const formers: Former[] = [
    ...listMappings(workspace.reader).map((row): Former => {
      const mapping = parsed(row.mapping);
      const used = mappedColumns(mapping);
      const like = batches.find((one) => used.every((column) => one.headers.includes(column)));
      return { kind: 'saved', source: row.name, mapping, headers: like?.headers ?? used };
    }),
    ...batches.map((row): Former => {
      const mapping = parsed(row.mapping);
      const all = row.headers.length > 0 ? row.headers : mappedColumns(mapping);
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
  return best && carried(best.former, best.matches, table, fileName);
}

/** Share of the columns in use that have a counterpart, one under its own name counting fully; more columns break ties. */
function closenessOf(mapping: StudyMapping, matches: readonly ColumnMatch[]): number {
  const found = new Map(matches.map((match) => [match.from, match]));
  const used = mappedColumns(mapping);
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
): { mapping: StudyMapping; name?: string; basis: MappingBasis } {
  const used = new Set(mappedColumns(mapping));
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

function fromHeaders(
  columns: readonly ColumnProfile[],
  table: Table,
  fileName: string,
  layout: Partial<TableLayout>,
): Guess {
  const roles = rolesOf(columns, table.weightColumn);
  if (table.headers.includes(WAVE_HEADER)) roles.period = WAVE_HEADER;
  const taken = new Set(Object.values(roles));
  const rated = ratedColumns(columns, taken);
  const problems = missingRoles(roles, rated.size, fileName);
  if (rated.size === 0) return { problems };
  const attributes = columns.filter(
    (column) => !taken.has(column.header) && !rated.has(column.header) && isCoded(column),
  );
  const mapping = assemble({ fileName, roles, rated, attributes, columns, layout });
  const checked = studyMapping.safeParse(mapping);
  const basis = plainBasis('headers', '');
  return checked.success ? { mapping: checked.data, problems, basis } : { problems };
}

function missingRoles(roles: Partial<Record<Role, string>>, items: number, fileName: string): Bilingual[] {
  const problems: Bilingual[] = [];
  if (items === 0)
    problems.push({ zh: '没有认出评分列，请指定', en: 'no rated column was recognised; choose them' });
  if (roles.period === undefined && !/\d{4}[-_ ]?[Qq][1-4]/.test(fileName))
    problems.push({
      zh: '没有认出日期或季度列，请指定',
      en: 'no date or quarter column was recognised; choose one',
    });
  if (roles.dealerCode === undefined && roles.dealerName === undefined && roles.city === undefined)
    problems.push({
      zh: '没有认出经销商或城市列，请指定',
      en: 'neither a dealer nor a city column was recognised; choose one',
    });
  return problems;
}

interface Found {
  fileName: string;
  roles: Partial<Record<Role, string>>;
  rated: ReadonlyMap<string, Rating>;
  attributes: readonly ColumnProfile[];
  columns: readonly ColumnProfile[];
  layout: Partial<TableLayout>;
}

function assemble({ fileName, roles, rated, attributes, columns, layout }: Found): unknown {
  const column = (role: Role) => (roles[role] === undefined ? undefined : { column: roles[role] });
  const study = studyName(fileName);
  const code = study.replace(/[^\p{L}\p{N}._-]+/gu, '-').replace(/^-+|-+$/g, '') || 'study';
  const root = { code: 'CSI', role: 'index', name: { zh: '总体满意度', en: 'Overall satisfaction' } };
  const labels = new Map(columns.map(({ header, meaning }) => [header, meaning.label || header]));
  const label = (header: string) => {
    const text = (labels.get(header) ?? header).slice(0, 200);
    return { zh: text, en: text };
  };
  const codes = uniqueCodes([...rated.keys(), ...attributes.map(({ header }) => header)]);
  const byYear = attributes.length > 0 && roles.period === WAVE_HEADER;
  return {
    version: 1,
    study: { code, channel: 'in-house', name: { zh: study, en: study } },
    kind: roles.base !== undefined ? 'scores' : 'responses',
    questionnaire: '1',
    table: layout,
    period: periodOf(roles.period, columns),
    place: {
      dealerCode: column('dealerCode'),
      dealerName: column('dealerName'),
      city: column('city'),
      province: column('province'),
      region: column('region'),
      geography: /\p{Script=Han}/u.test(roles.city ?? roles.province ?? roles.dealerName ?? '')
        ? 'national'
        : 'free',
      scheme:
        roles.region === undefined ? undefined : { code: 'regions', name: { zh: '大区', en: 'Regions' } },
    },
    respondent: roles.base === undefined ? column('respondent') : undefined,
    weight: column('weight'),
    base: column('base'),
    items: [...rated].map(([header, rating]) => ({
      column: header,
      ...rating,
      indicator: codes.get(header),
      label: label(header),
    })),
    attributes: byYear
      ? []
      : attributes.map(({ header, meaning }) => ({
          column: header,
          code: codes.get(header),
          label: label(header),
          values: Object.fromEntries(
            (meaning.valueLabels ?? [])
              .filter((one) => one.label.trim() !== '')
              .map((one) => [
                String(one.value),
                { zh: one.label.slice(0, 200), en: one.label.slice(0, 200) },
              ]),
          ),
        })),
    indicators: [
      root,
      ...[...rated.keys()].map((header) => ({
        code: codes.get(header),
        role: 'item',
        parent: 'CSI',
        name: label(header),
      })),
    ],
  };
}

/** The file's name without its ending, wave and dates: `SFO_Customer_Survey` of `2013_SFO_Customer_Survey_20250817.csv`. */
function studyName(fileName: string): string {
  const name = plainText(fileName)
    .replace(/\.[a-z0-9]{1,5}$/i, '')
    .replace(/\d{4}[-_ ]?[Qq][1-4]|\d{4}年?第?[一二三四1-4]季度/g, ' ')
    .replace(/(?<!\d)\d{4}([-_./年]\d{1,2}([-_./月]\d{1,2}日?)?|\d{4})?(?!\d)( \d{1,2}[:-]\d{2})?/g, ' ')
    .replace(/[\s_-]+/g, (run) => run[0]!)
    .replace(/^[\s_-]+|[\s_-]+$/g, '');
  return name.slice(0, 80) || 'study';
}

function periodOf(column: string | undefined, columns: readonly ColumnProfile[]): unknown {
  if (column === undefined) return { kind: 'file-name' };
  const values = columns.find(({ header }) => header === column)?.values ?? [];
  const years = values.length > 0 && values.every((cell) => /^\d{4}$/.test(String(cell)));
  const quarters =
    /季度|quarter|qtr/i.test(column) || values.some((cell) => /^\d{4}Q[1-4]$/.test(String(cell)));
  return { kind: quarters ? 'quarter' : 'date', column, ...(years ? { yearQuarter: 4 } : {}) };
}

function uniqueCodes(headers: readonly string[]): Map<string, string> {
  const codes = new Map<string, string>();
  const taken = new Set(['CSI']);
  for (const header of headers) {
    const base =
      plainText(header)
        .replace(/[^\p{L}\p{N}._-]+/gu, '-')
        .replace(/^-+|-+$/g, '')
        .slice(0, 70) || 'item';
    let code = base;
    for (let n = 2; taken.has(code); n++) code = `${base}-${n}`;
    taken.add(code);
    codes.set(header, code);
  }
  return codes;
}
