/** One unit below a planned area: its present score and its share of the area's volume (any unit). */
export interface DealerBaseline {
  baseline100: number;
  volumeShare: number;
  /** Attainable ceiling, default 100. */
  ceiling100?: number | undefined;
}

/** The targets in the order of the dealers, or how far they can get together. */
export type DealerTargets =
  | { kind: 'shared'; targets100: number[]; partOfRoom: number }
  | { kind: 'out-of-reach'; reachable100: number };

/**
 * Hands an area's target down to its dealers: every dealer closes the same part of its own distance to the ceiling, so
 * the weak are asked for more points and nobody for the impossible, and the volume-weighted mean of the targets is
 * exactly the area's. When the dealers already stand above the target each keeps its score (`partOfRoom` 0).
 * Pass shrunken baselines for small dealers. Throws without dealers or volume.
 * Example: dealers at 70 and 90 of equal volume under target 84 get 76 and 92 (a fifth of the way).
 */
export function dealerTargets(dealers: readonly DealerBaseline[], target100: number): DealerTargets {
  let volume = 0;
  let score = 0;
  let room = 0;
  const rooms = dealers.map((d) => Math.max(0, (d.ceiling100 ?? 100) - d.baseline100));
  dealers.forEach(({ baseline100, volumeShare }, i) => {
    if (!(volumeShare >= 0)) throw new RangeError(`dealerTargets: volumeShare ${volumeShare}`);
    volume += volumeShare;
    score += volumeShare * baseline100;
    room += volumeShare * rooms[i]!;
  });
  if (!(volume > 0)) throw new RangeError(`dealerTargets: volume ${volume} of ${dealers.length} dealers`);
  const missing = target100 - score / volume;
  const partOfRoom = missing <= 0 ? 0 : missing / (room / volume);
  if (partOfRoom > 1 + 1e-12) return { kind: 'out-of-reach', reachable100: (score + room) / volume };
  return {
    kind: 'shared',
    targets100: dealers.map((d, i) => d.baseline100 + partOfRoom * rooms[i]!),
    partOfRoom,
  };
}
