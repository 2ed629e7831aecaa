/** Joining columns of one question with several answers, as pure steps on a mapping. */
import { CHOICE_SEPARATOR } from '../../../shared/domain/joined-columns.ts';
import type { JoinedColumns, MappedAttribute, StudyMapping } from '../../../shared/domain/study-mapping.ts';
import { codeOfHeader } from './mapping-view.ts';

/** The mapping with these columns joined instead of the question named `former`; they lose the uses of their own. */
export function withJoined(mapping: StudyMapping, joined: JoinedColumns, former?: string): StudyMapping {
  const parts = new Set(joined.columns.map(({ column }) => column));
  const all = mapping.table.joined ?? [];
  const known = mapping.attributes.find(({ column }) => column === (former ?? joined.name));
  const others = mapping.attributes.filter((one) => one !== known && !parts.has(one.column));
  const attribute: MappedAttribute = known
    ? { ...known, column: joined.name }
    : {
        column: joined.name,
        code: freeCode(codeOfHeader(joined.name), new Set(others.map(({ code }) => code))),
        label: { zh: joined.name.slice(0, 200), en: joined.name.slice(0, 200) },
        values: {},
        missing: [],
        multiple: { separator: CHOICE_SEPARATOR },
      };
  const kept = all.filter(({ name }) => name !== (former ?? joined.name));
  return {
    ...mapping,
    table: { ...mapping.table, joined: [...kept, joined] },
    items: mapping.items.filter(({ column }) => !parts.has(column)),
    attributes: [...others, attribute],
  };
}

/** The mapping with the columns of a question standing for themselves again, without a use so far. */
export function withoutJoined(mapping: StudyMapping, name: string): StudyMapping {
  const joined = (mapping.table.joined ?? []).filter((one) => one.name !== name);
  return {
    ...mapping,
    table: { ...mapping.table, joined: joined.length > 0 ? joined : undefined },
    attributes: mapping.attributes.filter(({ column }) => column !== name),
  };
}

/** The question that a column is a part of. */
export function joinedWith(mapping: StudyMapping, column: string): string | undefined {
  return mapping.table.joined?.find((one) => one.columns.some((part) => part.column === column))?.name;
}

/** Columns that could be joined and neither are nor share a column with those that are. */
export function stillJoinable(mapping: StudyMapping, proposed: readonly JoinedColumns[]): JoinedColumns[] {
  return proposed.filter((one) =>
    one.columns.every(({ column }) => joinedWith(mapping, column) === undefined),
  );
}

/** What keeps a question from being joined; null for nothing. */
export function joinGap(
  joined: JoinedColumns,
  { headers, others }: { headers: readonly string[]; others: readonly string[] },
): 'name' | 'columns' | 'marks' | null {
  const name = joined.name.trim();
  if (name === '' || headers.includes(name) || others.includes(name)) return 'name';
  if (joined.columns.length < 2) return 'columns';
  return joined.chosen?.length === 0 ? 'marks' : null;
}

function freeCode(code: string, taken: ReadonlySet<string>): string {
  let free = code;
  for (let n = 2; taken.has(free); n++) free = `${code.slice(0, 76)}-${n}`;
  return free;
}
