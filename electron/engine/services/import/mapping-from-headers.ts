// A first mapping read from the headers and values of a table alone.
import type { Bands } from '../../../../shared/domain/band.ts';
import type { Bilingual } from '../../../../shared/domain/language.ts';
import {
  type StudyMapping,
  studyMapping,
  type TableLayout,
} from '../../../../shared/domain/study-mapping.ts';
import { isUnitRow } from '../../importers/header.ts';
import type { Table } from '../../importers/table.ts';
import { WAVE_HEADER } from '../../importers/unpivot.ts';
import { plainText } from '../../importers/values.ts';
import { amountBands } from './amount-columns.ts';
import {
  type ColumnProfile,
  isCoded,
  type Rating,
  type Role,
  ratedColumns,
  rolesOf,
} from './profile-columns.ts';

/** The mapping as far as the headers tell; `problems` says what they do not. */
export function mappingFromHeaders(
  columns: readonly ColumnProfile[],
  table: Table,
  fileName: string,
  layout: Partial<TableLayout>,
): { mapping?: StudyMapping; problems: Bilingual[] } {
  const roles = rolesOf(columns, table.weightColumn);
  if (table.headers.includes(WAVE_HEADER)) roles.period = WAVE_HEADER;
  // The columns of a set are answered in the set's own.
  const parts = columns.filter(({ meaning }) => meaning.partOf !== undefined).map(({ header }) => header);
  const taken = new Set([...Object.values(roles), ...parts]);
  const rated = ratedColumns(columns, taken);
  const problems = missingRoles(roles, rated.size, fileName);
  if (rated.size === 0) return { problems };
  const free = columns.filter(({ header }) => !taken.has(header) && !rated.has(header));
  const bands = new Map(
    free.flatMap((column) => {
      const found = amountBands(column);
      return found ? [[column.header, found] as const] : [];
    }),
  );
  const attributes = free.filter((column) => bands.has(column.header) || isCoded(column));
  const mapping = assemble({ fileName, roles, rated, attributes, bands, columns, layout });
  const checked = studyMapping.safeParse(mapping);
  return checked.success ? { mapping: checked.data, problems } : { problems };
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
  bands: ReadonlyMap<string, Bands>;
  columns: readonly ColumnProfile[];
  layout: Partial<TableLayout>;
}

function assemble({ fileName, roles, rated, attributes, bands, columns, layout }: Found): unknown {
  const column = (role: Role) => (roles[role] === undefined ? undefined : { column: roles[role] });
  const study = studyName(fileName);
  const code = study.replace(/[^\p{L}\p{N}._-]+/gu, '-').replace(/^-+|-+$/g, '') || 'study';
  const root = { code: 'CSI', role: 'index', name: { zh: '总体满意度', en: 'Overall satisfaction' } };
  const labels = new Map(
    columns.map(({ header, meaning }) => [header, meaning.label || withoutUnit(header)]),
  );
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
          ...(meaning.choicesBy === undefined ? {} : { multiple: { separator: meaning.choicesBy } }),
          ...(bands.has(header) ? { bands: bands.get(header) } : {}),
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

/** `裸车价 / （万元）` is called `裸车价`. */
function withoutUnit(header: string): string {
  const parts = header.split(' / ');
  return parts.length > 1 && isUnitRow([parts.at(-1)!]) ? parts.slice(0, -1).join(' / ') : header;
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
