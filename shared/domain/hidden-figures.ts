import { suppress } from './suppression.ts';

/** Figures that add up to another one: the items of a factor, or all items of the index. */
export interface FigureGroup {
  /** Position of the whole in `bases`. */
  whole: number;
  /** Positions of its parts in `bases`. */
  parts: readonly number[];
}

/** Rounds after which whatever still moves is left; each round only hides more, so this is never reached in practice. */
const MOST_ROUNDS = 12;

/**
 * Which figures of one quarter must not be shown: those whose effective base is below `least`, and those that would
 * give one of them away by subtraction, in the tree of places (a parent less its shown children) as well as in the
 * tree of indicators (a whole less its shown parts). Both trees are protected in turn until nothing changes, because
 * a figure hidden in one must not follow from the other.
 * `parents[i]` is the place above place i (-1 for the root), parents first; `bases[f][i]` is the effective base of
 * figure f at place i, 0 where nobody answered. Returns one flag a figure and place, 1 = hidden.
 * Example: places all > a, b, c with bases 100, 5, 25, 70 of a single figure at `least` 10 hide a and b.
 */
export function hiddenFigures(
  parents: readonly number[],
  bases: readonly Float64Array[],
  groups: readonly FigureGroup[],
  least: number,
): Uint8Array[] {
  const hidden = bases.map((base) => base.map((n) => (isSmall(n, least) ? 1 : 0))).map(toFlags);
  if (hidden.every((flags) => !flags.includes(1))) return hidden;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const byPlace = bases.map((base, f) => hideAmongPlaces(parents, base, hidden[f]!, least));
    const byFigure = hideAmongFigures(bases, groups, hidden);
    if (!byPlace.includes(true) && !byFigure) break;
  }
  return hidden;
}

/** A base of ten equal weights can sum to 9.999999999999998. */
function isSmall(n: number, least: number): boolean {
  return n > 0 && n * (1 + 1e-12) < least;
}

function toFlags(values: Float64Array): Uint8Array {
  return Uint8Array.from(values);
}

function hideAmongPlaces(
  parents: readonly number[],
  base: Float64Array,
  hidden: Uint8Array,
  least: number,
): boolean {
  if (!hidden.includes(1)) return false;
  const nodes = parents.map((parent, i) => ({
    parent,
    nEff: base[i]!,
    hidden: hidden[i] === 1,
  }));
  let changed = false;
  suppress(nodes, least).forEach((reason, i) => {
    if (reason === undefined || hidden[i] === 1) return;
    hidden[i] = 1;
    changed = true;
  });
  return changed;
}

function hideAmongFigures(
  bases: readonly Float64Array[],
  groups: readonly FigureGroup[],
  hidden: readonly Uint8Array[],
): boolean {
  let changed = false;
  const places = bases[0]?.length ?? 0;
  for (const { whole, parts } of groups)
    for (let place = 0; place < places; place++) {
      if (hidden[whole]![place] === 1) continue;
      const answered = parts.filter((f) => bases[f]![place]! > 0);
      if (answered.filter((f) => hidden[f]![place] === 1).length !== 1) continue;
      const shown = answered.filter((f) => hidden[f]![place] === 0);
      const next = shown.sort((a, b) => bases[a]![place]! - bases[b]![place]!)[0] ?? whole;
      hidden[next]![place] = 1;
      changed = true;
    }
  return changed;
}
