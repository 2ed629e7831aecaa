/** A dimension of one side of a table. */
export interface AxisDimension {
  size: number;
  /** All members together mean something and are printed (areas, time, answers; not channels or indicators). */
  total: boolean;
  /** The members share nobody and add up to the total (not so for choices of many). */
  additive: boolean;
}

/** A row or column: the chosen member of each dimension, null for all of them. */
export interface AxisEntry {
  members: readonly (number | null)[];
  /** Position of the entry that holds this one, -1 where none is printed. */
  parent: number;
  /** `parent`, or -1 where the parts overlap, so that nothing follows by subtraction. */
  sum: number;
}

/**
 * The rows (or columns) of a table over up to two dimensions, parents before their parts: the grand total, then each
 * member of the first dimension followed by its members of the second. Without a dimension there is one entry of no
 * members. `allowed` leaves out combinations that cannot be (a province outside its region).
 * Example: one dimension of 2 with a total gives all, 0, 1.
 */
export function axisEntries(
  dimensions: readonly AxisDimension[],
  allowed: (members: readonly (number | null)[]) => boolean,
): AxisEntry[] {
  const entries: AxisEntry[] = [];
  const positions = new Map<string, number>();
  const add = (members: (number | null)[], above: (number | null)[] | undefined, additive: boolean) => {
    if (!allowed(members)) return;
    const parent = above === undefined ? -1 : (positions.get(above.join()) ?? -1);
    positions.set(members.join(), entries.length);
    entries.push({ members, parent, sum: additive ? parent : -1 });
  };
  const [outer, inner] = dimensions;
  if (!outer) return [{ members: [], parent: -1, sum: -1 }];
  const every = ({ size }: AxisDimension) => Array.from({ length: size }, (_, i) => i);
  if (!inner) {
    if (outer.total) add([null], undefined, true);
    for (const i of every(outer)) add([i], [null], outer.additive);
    return entries;
  }
  if (outer.total && inner.total) add([null, null], undefined, true);
  else if (outer.total) for (const j of every(inner)) add([null, j], undefined, true);
  for (const i of every(outer)) {
    if (inner.total) add([i, null], [null, null], outer.additive);
    for (const j of every(inner))
      if (inner.total) add([i, j], [i, null], inner.additive);
      else add([i, j], [null, j], outer.additive);
  }
  return entries;
}
