import type { MarginChoice, RakingDiagnostics } from '../../../shared/calls/weightings.ts';
import type { Bilingual } from '../../../shared/domain/language.ts';

/** Target shares while they are typed, by dimension and category; null: not given. */
export type Targets = Record<string, Record<string, number | null>>;

/** The present shares as targets, to one decimal. */
export function presentTargets(choice: MarginChoice): Record<string, number | null> {
  return Object.fromEntries(choice.categories.map(({ value, share }) => [value, Number(share.toFixed(1))]));
}

/** Lines of a category and a share, as they come from a spreadsheet or a list. */
export function pastedShares(text: string): { category: string; share: number }[] {
  return text.split(/\r?\n/).flatMap((line) => {
    const found = /^\s*(.+?)\s*[\t,;，；:：]\s*([\d.]+)\s*[%％]?\s*$/.exec(line);
    const share = found ? Number(found[2]) : Number.NaN;
    return found && Number.isFinite(share) ? [{ category: found[1]!, share }] : [];
  });
}

/** Shares put where a category's code or label matches; what matches nothing is left out. */
export function matchShares(
  choice: MarginChoice,
  rows: readonly { category: string; share: number }[],
): Record<string, number> {
  const plain = (text: string) => text.trim().toLowerCase();
  const found: Record<string, number> = {};
  for (const { category, share } of rows) {
    const hit = choice.categories.find(({ value, label }) =>
      [value, value.replace(/^\w+:/, ''), label.zh, label.en].some((name) => plain(name) === plain(category)),
    );
    if (hit) found[hit.value] = share;
  }
  return found;
}

/** The margins as a call takes them: categories without a share are left out, and margins without any. */
export function marginsOf(chosen: readonly string[], targets: Targets) {
  return chosen.flatMap((dimension) => {
    const given = Object.entries(targets[dimension] ?? {}).flatMap(([value, share]) =>
      share === null ? [] : [{ value, share }],
    );
    return given.length === 0 ? [] : [{ dimension, targets: given }];
  });
}

/** Categories with a target and nobody in them, once each. */
export function emptyNames(card: RakingDiagnostics, name: (label: Bilingual) => string): string[] {
  const nameOf = (dimension: string, value: string) => {
    const margin = card.margins.find((one) => one.dimension === dimension);
    const category = margin?.categories.find((one) => one.value === value);
    return category ? name(category.label) : value;
  };
  const empty = card.quarters.flatMap((one) => one.empty);
  return [...new Set(empty.map(({ dimension, value }) => nameOf(dimension, value)))];
}

/** Categories that lose everybody because their target is 0, and those that were given none, with their respondents. */
export function leftOut({ margins }: RakingDiagnostics) {
  const dropped = margins.flatMap(({ categories }) =>
    categories.filter(({ target, n }) => target === 0 && n > 0),
  );
  return { dropped, untargeted: margins.flatMap(({ untargeted = [] }) => untargeted) };
}
