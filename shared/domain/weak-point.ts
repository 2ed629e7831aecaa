/**
 * One figure that a probe can hit: a unit's score on an indicator in a wave of a channel. `wave` counts waves in time
 * order (a quarter number, for example). Scores on 0-100.
 */
export interface ProbeFact {
  unit: string;
  indicator: string;
  channel: string;
  wave: number;
  score100: number;
  nEff: number;
  target100?: number | undefined;
}

/** One condition of a probe; all conditions of a probe must hold. */
export type ProbeCondition =
  /** Score from `from` to `to`, both ends included; an absent end is open. */
  | { kind: 'score'; from?: number; to?: number }
  /** Among the `worst` lowest of its peers; ties share the better chance of being hit. Without a peer, no hit. */
  | { kind: 'rank'; worst: number }
  /** At or below this share (0-1) of the peers, `(rank - 1) / (peers - 1)`. */
  | { kind: 'percentile'; atMost: number }
  /** Change against `lag` waves earlier from `from` to `to`; no earlier figure, no hit. */
  | { kind: 'change'; lag: number; from?: number; to?: number }
  /** Score less target from `from` to `to`; no target, no hit. */
  | { kind: 'target-gap'; from?: number; to?: number }
  /** Score less the same figure of another channel from `from` to `to`; no such figure, no hit. */
  | { kind: 'channel-gap'; channel: string; from?: number; to?: number }
  /** Effective base size of at least this. */
  | { kind: 'base'; atLeast: number };

/** A saved set of conditions with its scope. Absent lists mean "all". */
export interface Probe {
  conditions: readonly ProbeCondition[];
  channel: string;
  units?: readonly string[] | undefined;
  indicators?: readonly string[] | undefined;
  fromWave?: number | undefined;
  toWave?: number | undefined;
}

/** Value of one condition at a hit, in the order of the probe's conditions. */
export interface ProbeHit {
  fact: ProbeFact;
  values: number[];
  /** Place from the bottom among the ranked peers; null for a base that takes part in no ranking. */
  rank: number | null;
  peers: number;
  /** Hits of the same unit and indicator in the last `ofWaves` waves up to this one, itself included. */
  hitWaves: number;
  ofWaves: number;
}

interface Ranks {
  rank: number;
  peers: number;
}

function keyOf(fact: ProbeFact, wave = fact.wave, channel = fact.channel): string {
  return JSON.stringify([channel, fact.indicator, fact.unit, wave]);
}

/** Rank from the bottom (1 is the lowest, ties share it) among the facts of one channel, indicator and wave. */
function rankFacts(facts: readonly ProbeFact[]): Map<ProbeFact, Ranks> {
  const groups = new Map<string, ProbeFact[]>();
  for (const fact of facts) {
    const key = JSON.stringify([fact.channel, fact.indicator, fact.wave]);
    const group = groups.get(key);
    if (group) group.push(fact);
    else groups.set(key, [fact]);
  }
  const ranks = new Map<ProbeFact, Ranks>();
  for (const group of groups.values()) {
    group.sort((a, b) => a.score100 - b.score100);
    let rank = 1;
    group.forEach((fact, i) => {
      if (i > 0 && fact.score100 > group[i - 1]!.score100) rank = i + 1;
      ranks.set(fact, { rank, peers: group.length });
    });
  }
  return ranks;
}

/** The value a condition looks at and the range it must lie in; `undefined` where there is nothing to look at. */
function measured(
  condition: ProbeCondition,
  fact: ProbeFact,
  ranks: Ranks | undefined,
  lookUp: (key: string) => ProbeFact | undefined,
): { value: number; from: number; to: number } | undefined {
  const within = (value: number | undefined, from = -Infinity, to = Infinity) =>
    value === undefined ? undefined : { value, from, to };
  const less = (other: number | undefined) => (other === undefined ? undefined : fact.score100 - other);
  switch (condition.kind) {
    case 'score':
      return within(fact.score100, condition.from, condition.to);
    case 'rank':
      return within(ranks && ranks.peers > 1 ? ranks.rank : undefined, 1, condition.worst);
    case 'percentile':
      return within(
        ranks && ranks.peers > 1 ? (ranks.rank - 1) / (ranks.peers - 1) : undefined,
        0,
        condition.atMost,
      );
    case 'change':
      return within(
        less(lookUp(keyOf(fact, fact.wave - condition.lag))?.score100),
        condition.from,
        condition.to,
      );
    case 'target-gap':
      return within(less(fact.target100), condition.from, condition.to);
    case 'channel-gap':
      return within(
        less(lookUp(keyOf(fact, fact.wave, condition.channel))?.score100),
        condition.from,
        condition.to,
      );
    case 'base':
      return within(fact.nEff, condition.atLeast);
  }
}

/**
 * Runs a probe over every wave at once and marks how persistent each hit is: in `hitWaves` of the last `ofWaves` waves
 * that exist for its channel. Peers of a rank are the units that have a figure for the same channel, indicator and
 * wave and enough base for the probe's `base` conditions, whether or not the probe's unit list names them: narrowing
 * the list never changes who is weak. Hits come by wave, indicator and unit. A unit may have one fact a channel,
 * indicator and wave; throws on a second, and unless `ofWaves` is a positive whole number. Facts on an effective base
 * below `rankedFrom` are ranked nowhere: neither hit by their rank nor anybody's peer.
 */
export function runProbe(facts: readonly ProbeFact[], probe: Probe, ofWaves = 4, rankedFrom = 0): ProbeHit[] {
  if (!(Number.isInteger(ofWaves) && ofWaves > 0)) throw new RangeError(`runProbe: ofWaves ${ofWaves}`);
  const byKey = new Map<string, ProbeFact>();
  for (const fact of facts) {
    const key = keyOf(fact);
    if (byKey.has(key)) throw new RangeError(`runProbe: second fact for ${key}`);
    byKey.set(key, fact);
  }
  const least = probe.conditions.reduce((n, c) => (c.kind === 'base' ? Math.max(n, c.atLeast) : n), 0);
  const own = facts.filter((fact) => fact.channel === probe.channel && fact.nEff >= least);
  const ranks = rankFacts(own.filter((fact) => fact.nEff >= rankedFrom));
  const units = probe.units && new Set(probe.units);
  const indicators = probe.indicators && new Set(probe.indicators);
  const waves = [...new Set(facts.flatMap((f) => (f.channel === probe.channel ? [f.wave] : [])))].sort(
    (a, b) => a - b,
  );
  const place = new Map(waves.map((wave, i) => [wave, i]));
  const hitPlaces = new Map<string, number[]>();
  const hits: ProbeHit[] = [];
  const ordered = own
    .filter((fact) => units?.has(fact.unit) ?? true)
    .filter((fact) => indicators?.has(fact.indicator) ?? true)
    .sort((a, b) => a.wave - b.wave || compare(a.indicator, b.indicator) || compare(a.unit, b.unit));
  for (const fact of ordered) {
    const looked = probe.conditions.map((c) => measured(c, fact, ranks.get(fact), (key) => byKey.get(key)));
    if (!looked.every((at) => at && at.value >= at.from && at.value <= at.to)) continue;
    const series = JSON.stringify([fact.indicator, fact.unit]);
    const places = hitPlaces.get(series) ?? [];
    const at = place.get(fact.wave)!;
    places.push(at);
    hitPlaces.set(series, places);
    if (fact.wave < (probe.fromWave ?? -Infinity) || fact.wave > (probe.toWave ?? Infinity)) continue;
    hits.push({
      fact,
      values: looked.map((look) => look!.value),
      rank: ranks.get(fact)?.rank ?? null,
      peers: ranks.get(fact)?.peers ?? 0,
      hitWaves: places.filter((p) => p > at - ofWaves).length,
      ofWaves: Math.min(ofWaves, at + 1),
    });
  }
  return hits;
}

/** Order by code unit, the same on every machine. */
function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
