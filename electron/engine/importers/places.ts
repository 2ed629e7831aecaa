// Names of places and dealers: made comparable, and the nearest known ones for a name that is not known.
import { editDistance } from '../../../shared/domain/edit-distance.ts';
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
  const key = placeKey(name);
  const length = Array.from(key).length;
  if (key === '') return [];
  const ranked = known.flatMap((candidate): NearName[] => {
    const other = placeKey(candidate);
    const otherLength = Array.from(other).length;
    const inside = otherLength > 1 && length > 1 && (other.includes(key) || key.includes(other));
    const edits = editDistance(key, other);
    const distance = inside ? Math.min(edits, 1) : edits;
    return distance < Math.max(length, otherLength) ? [{ name: candidate, distance }] : [];
  });
  return ranked.sort((a, b) => a.distance - b.distance).slice(0, count);
}
