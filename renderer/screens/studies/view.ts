import type { QuestionnaireInfo } from '../../../shared/calls/studies.ts';
import type { WeightRow } from '../../../shared/calls/weights.ts';
import type { TreeChange, TreeIndicator } from '../../../shared/domain/indicator-tree.ts';
import { formatQuarter } from '../../../shared/domain/quarter.ts';
import type { QuestionChangeKind } from '../../../shared/domain/questionnaire.ts';
import type { Said } from '../../text/both.ts';
import type { studiesText } from '../../text/studies.ts';

type Text = Said<typeof studiesText>;

/** A name for the version after this one: the next year where it names one, else a suffix. */
export function nextVersion(version: string): string {
  const year = /^\d{4}$/.exec(version);
  return year ? String(Number(version) + 1) : `${version}-2`;
}

export function changeNames(text: Text): Record<QuestionChangeKind, string> {
  return {
    added: text.kindAdded,
    removed: text.kindRemoved,
    moved: text.kindMoved,
    wording: text.kindWording,
    scale: text.kindScale,
    direction: text.kindDirection,
    missing: text.kindMissing,
    codes: text.kindCodes,
    multiple: text.kindMultiple,
    group: text.kindGroup,
  };
}

/** Colour of a difference: what breaks the comparison of scores stands out. */
export function changeTone(kind: QuestionChangeKind | TreeChange['kinds'][number]): string | undefined {
  if (kind === 'added') return 'success';
  if (kind === 'removed') return 'error';
  return kind === 'moved' || kind === 'scale' || kind === 'direction' ? 'warning' : undefined;
}

export function treeChangeNames(text: Text): Record<TreeChange['kinds'][number], string> {
  return {
    added: text.kindAdded,
    removed: text.kindRemoved,
    moved: text.kindPlace,
    weight: text.kindWeight,
    renamed: text.kindRenamed,
    role: text.kindRole,
  };
}

/** One row of the tree while it is edited. */
export type TreeRow = TreeIndicator & { asked: boolean };

export function editableRows(rows: readonly WeightRow[]): TreeRow[] {
  return rows.map(({ share: _, ...row }) => ({ ...row }));
}

/** How deep a row stands below the top. */
export function depthOf(rows: readonly TreeRow[], row: TreeRow): number {
  const above = rows.find(({ code }) => code === row.parent);
  return above ? 1 + depthOf(rows, above) : 0;
}

/** A row among its brothers, one place up or down; at the end of the line nothing moves. */
export function moved(rows: readonly TreeRow[], code: string, by: -1 | 1): TreeRow[] {
  const row = rows.find((one) => one.code === code);
  const brothers = rows.filter((one) => one.parent === row?.parent);
  const other = brothers[brothers.findIndex((one) => one.code === code) + by];
  if (!row || !other) return [...rows];
  return rows.map((one) => (one === row ? other : one === other ? row : one));
}

/** A code that no row has yet. */
export function freeCode(rows: readonly TreeRow[], prefix: string): string {
  const taken = new Set(rows.map(({ code }) => code));
  for (let number = 1; ; number++) if (!taken.has(`${prefix}${number}`)) return `${prefix}${number}`;
}

/** Rows that may stand above a row: the index and groups, none of its own line. */
export function possibleParents(rows: readonly TreeRow[], row: TreeRow): TreeRow[] {
  const isBelow = (one: TreeRow): boolean => {
    if (one.code === row.code) return true;
    const above = rows.find(({ code }) => code === one.parent);
    return above !== undefined && isBelow(above);
  };
  return rows.filter((one) => (one.role === 'index' || one.role === 'factor') && !isBelow(one));
}

/** Weights of rows by code, set where the row takes one. */
export function withWeights(rows: readonly TreeRow[], weights: ReadonlyMap<string, number>): TreeRow[] {
  return rows.map((row) =>
    row.role === 'item' && weights.has(row.code) ? { ...row, weight: weights.get(row.code)! } : row,
  );
}

/** A questionnaire version with the quarters it was in the field. */
export function versionLabel(
  one: QuestionnaireInfo,
  text: Pick<Text, 'versionSpan' | 'versionEmpty'>,
): string {
  if (one.firstQuarter === null || one.lastQuarter === null) return text.versionEmpty(one.version);
  return text.versionSpan(one.version, formatQuarter(one.firstQuarter), formatQuarter(one.lastQuarter));
}

/** A code with its wording; the wording alone where a file writes the answers out. */
export function codeText(value: string, wording: string): string {
  return value === wording ? value : `${value} ${wording}`;
}

/** Whether an indicator that both have is called something else: its name belongs to every version. */
export function hasRenamed(before: readonly TreeRow[], after: readonly TreeRow[]): boolean {
  const names = new Map(before.map(({ code, name }) => [code, name]));
  return after.some(({ code, name }) => {
    const former = names.get(code);
    return former !== undefined && (former.zh !== name.zh || former.en !== name.en);
  });
}

/** Whether a version follows the chosen one; a mapping of a version that nobody imported yet follows all. */
export function comesAfter(versions: readonly string[], chosen: string, other: string | undefined): boolean {
  if (other === undefined) return false;
  const place = versions.indexOf(other);
  return place < 0 || place >= versions.indexOf(chosen);
}

/** The first code that stands twice in a list; empty ones are not given yet. */
export function twiceGiven(values: readonly string[]): string | null {
  const given = values.map((value) => value.trim()).filter((value) => value !== '');
  return given.find((value, i) => given.indexOf(value) < i) ?? null;
}
