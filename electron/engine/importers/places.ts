// Names of places and dealers: made comparable, and the nearest known ones for a name that is not known.
import { plainText } from './values.ts';

/**
 * The form in which names are compared: plain text (see `plainText`), lower case, no blanks between Chinese
 * characters, one kind of bracket. Example: `placeKey('Ａ店（ 北京\u00a0）')` is `'a店(北京)'`.
 */
export function placeKey(name: string): string {
  return plainText(name)
    .toLowerCase()
    .replaceAll(/[【〔[]/g, '(')
    .replaceAll(/[】〕\]]/g, ')')
    .replaceAll(/ *([\p{Script=Han}()·]) */gu, '$1');
}

export interface NearName {
  name: string;
  /** Edits between the keys; a key that contains the other counts as at most 1. */
  distance: number;
}

/**
 * The nearest known names, best first, at most `count`; equally near ones keep their order. Names that share nothing
 * with the one asked for are left out. Example: `nearestNames('延边', ['延边朝鲜族自治州', '延安市'])` begins with the first.
 */
export function nearestNames(name: string, known: readonly string[], count = 3): NearName[] {
  const key = Array.from(placeKey(name));
  const whole = key.join('');
  if (whole === '') return [];
  const ranked = known.flatMap((candidate): NearName[] => {
    const other = Array.from(placeKey(candidate));
    const inside =
      other.length > 1 &&
      key.length > 1 &&
      (other.join('').includes(whole) || whole.includes(other.join('')));
    const edits = editDistance(key, other);
    const distance = inside ? Math.min(edits, 1) : edits;
    return distance < Math.max(key.length, other.length) ? [{ name: candidate, distance }] : [];
  });
  return ranked.sort((a, b) => a.distance - b.distance).slice(0, count);
}

/** Insertions, deletions, replacements and swaps of neighbours (optimal string alignment). */
export function editDistance(a: readonly string[], b: readonly string[]): number {
  let before: number[] = [];
  let above = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = above[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      row[j] = Math.min(replaced, above[j]! + 1, row[j - 1]! + 1);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        row[j] = Math.min(row[j]!, before[j - 2]! + 1);
    }
    before = above;
    above = row;
  }
  return above[b.length]!;
}
