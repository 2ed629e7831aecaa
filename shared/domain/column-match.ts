/**
 * Which columns of a new file are those of an earlier one, although the questionnaire was renamed: by equal names, by
 * likeness of name and question number, and by standing in the same place between columns that are sure.
 */
import { editDistance } from './edit-distance.ts';

/** How two columns were found to be the same. */
export type MatchReason = 'same' | 'similar' | 'place';

/** One column of the earlier file and its counterpart; `likeness` 0-1 is that of the names. */
export interface ColumnMatch {
  from: string;
  to: string;
  reason: MatchReason;
  likeness: number;
}

interface Name {
  key: string;
  /** Question number, '' for none. */
  number: string;
  bare: string;
}

/** Longer lists are matched by equal names alone. */
const MOST_COLUMNS = 600;
const SAME = 4;

/**
 * Counterparts of the earlier headers, in their order; each header at most once. Order matters: two similar columns
 * keep theirs, and a column that only its place gives away must have no other neighbour there. Columns without a
 * counterpart are left out. `fits` may refuse a pair, as when the values cannot be answers to that question.
 * Example: `Q7A_ART, Q7O_WHOLE, Q8COM1` against `Q7ART, Q7ALL, Q8IMPROVE1` pairs all three.
 */
export function matchColumns(
  former: readonly string[],
  headers: readonly string[],
  fits: (from: string, to: string) => boolean = () => true,
): ColumnMatch[] {
  const names = { from: former.map(nameOf), to: headers.map(nameOf) };
  const pairs = new Map<number, { to: number; reason: MatchReason; likeness: number }>();
  const places = new Map(names.to.map(({ key }, i) => [key, i]));
  names.from.forEach(({ key }, i) => {
    const to = places.get(key);
    if (to === undefined) return;
    pairs.set(i, { to, reason: 'same', likeness: 1 });
    places.delete(key);
  });
  if (former.length <= MOST_COLUMNS && headers.length <= MOST_COLUMNS)
    for (const [i, to] of aligned(names.from, names.to, pairs)) {
      const likeness = textLikeness(names.from[i]!.bare, names.to[to]!.bare);
      if (!fits(former[i]!, headers[to]!)) continue;
      pairs.set(i, { to, reason: likeness >= 0.5 ? 'similar' : 'place', likeness });
    }
  for (const [i, to] of moved(names.from, names.to, pairs))
    if (fits(former[i]!, headers[to]!))
      pairs.set(i, {
        to,
        reason: 'similar',
        likeness: textLikeness(names.from[i]!.bare, names.to[to]!.bare),
      });
  return former.flatMap((from, i) => {
    const pair = pairs.get(i);
    return pair ? [{ from, to: headers[pair.to]!, reason: pair.reason, likeness: pair.likeness }] : [];
  });
}

/** The pairs of the alignment that keeps order and whose likeness sums highest; equal names are fixed points. */
function aligned(
  from: readonly Name[],
  to: readonly Name[],
  sure: ReadonlyMap<number, { to: number }>,
): [number, number][] {
  const takenTo = new Set([...sure.values()].map((pair) => pair.to));
  const single = { from: onlyOnes(from), to: onlyOnes(to) };
  const width = to.length + 1;
  const best = new Float64Array((from.length + 1) * width);
  const gain = (i: number, j: number): number => {
    const fixed = sure.get(i);
    if (fixed) return fixed.to === j ? SAME : 0;
    return takenTo.has(j) ? 0 : likenessOf(from[i]!, to[j]!, single);
  };
  for (let i = from.length - 1; i >= 0; i--)
    for (let j = to.length - 1; j >= 0; j--) {
      const skip = Math.max(best[(i + 1) * width + j]!, best[i * width + j + 1]!);
      const own = gain(i, j);
      best[i * width + j] = own > 0 ? Math.max(skip, own + best[(i + 1) * width + j + 1]!) : skip;
    }
  const pairs: [number, number][] = [];
  for (let i = 0, j = 0; i < from.length && j < to.length; ) {
    const own = gain(i, j);
    if (own > 0 && best[i * width + j] === own + best[(i + 1) * width + j + 1]!) {
      if (!sure.has(i)) pairs.push([i, j]);
      i++;
      j++;
    } else if (best[(i + 1) * width + j]! >= best[i * width + j + 1]!) i++;
    else j++;
  }
  return pairs;
}

/** Very like names that stand elsewhere, each with the one column that is like it. */
function moved(
  from: readonly Name[],
  to: readonly Name[],
  found: ReadonlyMap<number, { to: number }>,
): [number, number][] {
  if (from.length > MOST_COLUMNS || to.length > MOST_COLUMNS) return [];
  const taken = new Set([...found.values()].map((pair) => pair.to));
  const pairs: [number, number][] = [];
  from.forEach((name, i) => {
    if (found.has(i)) return;
    const like = to.flatMap((other, j) =>
      !taken.has(j) && name.number === other.number && textLikeness(name.bare, other.bare) >= 0.8 ? [j] : [],
    );
    if (like.length !== 1) return;
    taken.add(like[0]!);
    pairs.push([i, like[0]!]);
  });
  return pairs;
}

/** 0 for columns that cannot be the same. A like name outweighs a like number; a number alone needs its kind. */
function likenessOf(a: Name, b: Name, single: { from: Set<string>; to: Set<string> }): number {
  const text = textLikeness(a.bare, b.bare);
  const sameNumber = a.number !== '' && a.number === b.number;
  if (text === 1 && a.bare.length > 1) return sameNumber ? 3 : 2.5;
  if (text >= 0.75) return (sameNumber ? 1 : 0.6) + text;
  if (!sameNumber) return text >= 0.6 && a.number === '' && b.number === '' ? text : 0;
  const only = single.from.has(a.number) && single.to.has(b.number);
  return 0.2 + text * 0.8 + (only ? 0.3 : 0);
}

function onlyOnes(names: readonly Name[]): Set<string> {
  const counts = new Map<string, number>();
  for (const { number } of names) counts.set(number, (counts.get(number) ?? 0) + 1);
  return new Set([...counts].flatMap(([number, count]) => (number !== '' && count === 1 ? [number] : [])));
}

/** 1 for equal texts, 0 for texts that share nothing; one that holds the other counts at least 0.8. */
export function textLikeness(a: string, b: string): number {
  if (a === b) return 1;
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  if (short === '') return 0;
  const edits = 1 - editDistance(a, b) / Math.max(Array.from(a).length, Array.from(b).length);
  return short.length >= 3 && long.includes(short) ? Math.max(edits, 0.8) : edits;
}

/** `Q7A_ART` is question 7, `art`; `*RESPNUM` is `respnum`; `7.服务态度` is question 7, `服务态度`. */
function nameOf(header: string): Name {
  const plain = header.normalize('NFKC').toLowerCase().replaceAll(/\s+/g, ' ').trim();
  const key = plain.replaceAll(/[^\p{L}\p{N}]+/gu, '');
  const match =
    /^(?:q|第|问|题|v|var)?[ _.-]*(\d{1,3})(?:题)?(?:([a-z]{1,2}|\d{1,2})?[_ .、:：)-]+)?(.*)$/u.exec(plain);
  const bare = (match?.[3] ?? plain).replaceAll(/[^\p{L}\p{N}]+/gu, '');
  if (!match || bare === '') return { key, number: '', bare: key };
  return { key, number: match[1]!, bare };
}
