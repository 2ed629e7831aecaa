/** An earlier mapping for a file whose columns were renamed, came or went. */
import type { ColumnMatch } from './column-match.ts';
import type { Bilingual } from './language.ts';
import { formatQuarter, parseQuarter } from './quarter.ts';
import type { MappedSource, StudyMapping } from './study-mapping.ts';

/** An earlier mapping as it fits another file. */
export interface CarriedMapping {
  mapping: StudyMapping;
  /** Columns under another name that the mapping uses. */
  renamed: ColumnMatch[];
  /** Columns that the mapping used and the file lacks. */
  gone: { column: string; indicator: string | null }[];
  /** What to look at, in words. */
  notes: Bilingual[];
}

/**
 * The mapping with each column replaced by its counterpart; questions and attributes without one are left out and named.
 * A questionnaire that lost or renamed a question gets a version of its own: the year in the file's name, else the former
 * version with `-2`. A fixed quarter moves to the year in the file's name. Places that lose their column stay unset.
 * A question that is joined of several columns keeps those that are there, and their answers their former names.
 * Example: with `Q7A_ART` matched to `Q7ART` the item keeps its indicator and scale.
 */
export function carryMapping(
  former: StudyMapping,
  matches: readonly ColumnMatch[],
  fileName: string,
): CarriedMapping {
  const to = new Map(matches.map((match) => [match.from, match]));
  const gone: CarriedMapping['gone'] = [];
  const used = new Set<ColumnMatch>();
  const find = (column: string, indicator: string | null = null): string | undefined => {
    const match = to.get(column);
    if (match) used.add(match);
    else gone.push({ column, indicator });
    return match?.to;
  };
  const optional = (one: { column: string } | undefined) => {
    const column = one && find(one.column);
    return column === undefined ? undefined : { column };
  };
  const source = (one: MappedSource | undefined): MappedSource | undefined =>
    one && 'column' in one ? optional(one) : one;
  const { place, period } = former;
  const joined = former.table.joined?.flatMap((one) => {
    const columns = one.columns.flatMap((member) => {
      const column = find(member.column);
      return column === undefined ? [] : [{ choice: member.choice || member.column, column }];
    });
    return columns.length > 1 ? [{ ...one, columns }] : [];
  });
  const made = new Set(joined?.map(({ name }) => name));
  const items = former.items.flatMap((item) => {
    const column = find(item.column, item.indicator);
    if (column === undefined) return [];
    const baseColumn = item.baseColumn && find(item.baseColumn);
    const sdColumn = item.sdColumn && find(item.sdColumn);
    return [{ ...item, column, baseColumn, sdColumn }];
  });
  const mapping: StudyMapping = {
    ...former,
    table: { ...former.table, sheet: undefined, encoding: undefined, delimiter: undefined, joined },
    place: {
      ...place,
      dealerCode: source(place.dealerCode),
      dealerName: source(place.dealerName),
      city: source(place.city),
      province: source(place.province),
      region: source(place.region),
    },
    respondent: optional(former.respondent),
    weight: optional(former.weight),
    base: optional(former.base),
    items,
    attributes: former.attributes.flatMap((one) => {
      const column = made.has(one.column) ? one.column : find(one.column);
      return column === undefined ? [] : [{ ...one, column }];
    }),
    identity: former.identity.flatMap((one) => {
      const column = find(one.column);
      return column === undefined ? [] : [{ ...one, column }];
    }),
    period:
      'column' in period
        ? { ...period, column: find(period.column) ?? period.column }
        : movedPeriod(period, fileName),
  };
  const renamed = [...used].filter((match) => match.from !== match.to);
  const asked = new Set(former.items.map((item) => item.column));
  // A version that is named by its year is that year's questionnaire, whichever of its columns changed.
  const counts = (column: string) => YEAR.test(former.questionnaire) || asked.has(column);
  const changed = renamed.some((match) => counts(match.from)) || gone.some((one) => counts(one.column));
  mapping.questionnaire = changed ? nextVersion(former.questionnaire, fileName) : former.questionnaire;
  return { mapping, renamed, gone, notes: notesOn(former, mapping) };
}

/** What was changed without being asked, so that the user looks at it. */
function notesOn(former: StudyMapping, mapping: StudyMapping): Bilingual[] {
  const notes: Bilingual[] = [];
  if (mapping.questionnaire !== former.questionnaire)
    notes.push({
      zh: `题目有变化，问卷版本改为“${mapping.questionnaire}”`,
      en: `the questions changed, so the questionnaire became "${mapping.questionnaire}"`,
    });
  const { period } = mapping;
  if (period.kind === 'constant')
    notes.push({
      zh: `所有数据记入 ${period.quarter}，请核对`,
      en: `all rows count for ${period.quarter}; check that`,
    });
  return notes;
}

const YEAR = /(?<!\d)(19|20)\d{2}(?!\d)/;

function nextVersion(former: string, fileName: string): string {
  const year = YEAR.exec(fileName)?.[0];
  if (year !== undefined && YEAR.test(former) && !former.includes(year)) return former.replace(YEAR, year);
  const counted = /^(.*)-(\d+)$/.exec(former);
  return counted ? `${counted[1]}-${Number(counted[2]) + 1}` : `${former}-2`;
}

function movedPeriod(
  period: Exclude<StudyMapping['period'], { column: string }>,
  fileName: string,
): StudyMapping['period'] {
  if (period.kind !== 'constant') return period;
  const whole = /(?<!\d)((?:19|20)\d{2})[-_ ]?[Qq]([1-4])(?!\d)/.exec(fileName);
  if (whole) return { kind: 'constant', quarter: `${whole[1]}Q${whole[2]}` };
  const year = YEAR.exec(fileName)?.[0];
  if (year !== undefined) return { kind: 'constant', quarter: `${year}${period.quarter.slice(4)}` };
  return { kind: 'constant', quarter: formatQuarter(parseQuarter(period.quarter)! + 1) };
}
