import { describe, expect, it } from 'vitest';
import {
  type Probe,
  type ProbeCondition,
  type ProbeFact,
  runProbe,
} from '../../../shared/domain/weak-point.ts';

function fact(unit: string, wave: number, score100: number, more: Partial<ProbeFact> = {}): ProbeFact {
  return { unit, indicator: 'service', channel: 'third', wave, score100, nEff: 40, ...more };
}

function hits(
  facts: readonly ProbeFact[],
  conditions: readonly ProbeCondition[],
  scope: Partial<Probe> = {},
) {
  return runProbe(facts, { conditions, channel: 'third', ...scope }).map(
    ({ fact: f }) => `${f.unit}${f.wave}`,
  );
}

const FACTS = [
  fact('a', 1, 70),
  fact('b', 1, 80),
  fact('c', 1, 75),
  fact('d', 1, 75),
  fact('a', 2, 72),
  fact('b', 2, 74, { target100: 79 }),
  fact('c', 2, 78, { target100: 79 }),
  fact('d', 2, 81, { nEff: 6 }),
  fact('b', 2, 79, { channel: 'in-house' }),
  fact('c', 2, 77, { channel: 'in-house' }),
];

describe('runProbe', () => {
  it('finds a score range with both ends included', () => {
    expect(hits(FACTS, [{ kind: 'score', from: 72, to: 75 }])).toEqual(['c1', 'd1', 'a2', 'b2']);
  });

  it('ranks from the bottom within a wave and lets ties share a rank', () => {
    expect(hits(FACTS, [{ kind: 'rank', worst: 2 }])).toEqual(['a1', 'c1', 'd1', 'a2', 'b2']);
    expect(hits(FACTS, [{ kind: 'percentile', atMost: 0.25 }])).toEqual(['a1', 'a2']);
  });

  it('ranks among units with enough base only', () => {
    expect(
      hits(
        FACTS,
        [
          { kind: 'rank', worst: 3 },
          { kind: 'base', atLeast: 10 },
        ],
        { fromWave: 2 },
      ),
    ).toEqual(['a2', 'b2', 'c2']);
  });

  it('finds falls, gaps to target and gaps to another channel', () => {
    expect(hits(FACTS, [{ kind: 'change', lag: 1, to: -3 }])).toEqual(['b2']);
    expect(hits(FACTS, [{ kind: 'target-gap', to: -1 }])).toEqual(['b2', 'c2']);
    expect(hits(FACTS, [{ kind: 'channel-gap', channel: 'in-house', to: 0 }])).toEqual(['b2']);
  });

  it('needs every condition and tells the value of each', () => {
    const [hit] = runProbe(FACTS, {
      channel: 'third',
      conditions: [
        { kind: 'score', to: 75 },
        { kind: 'change', lag: 1, to: 0 },
        { kind: 'target-gap', to: 0 },
      ],
    });
    expect(hit!.fact.unit).toBe('b');
    expect(hit!.values).toEqual([74, -6, -5]);
  });

  it('keeps the peers of a rank when the list of units is narrowed', () => {
    expect(hits(FACTS, [{ kind: 'rank', worst: 1 }], { units: ['b', 'c'] })).toEqual([]);
    expect(hits(FACTS, [{ kind: 'score' }], { indicators: ['sales'] })).toEqual([]);
  });

  it('counts in how many of the last waves a unit was hit', () => {
    const series = [60, 90, 60, 60, 90, 60].map((score, i) => fact('a', 10 + 2 * i, score));
    const found = runProbe(series, { channel: 'third', conditions: [{ kind: 'score', to: 70 }] }, 4);
    expect(found.map(({ fact: f, hitWaves, ofWaves }) => [f.wave, hitWaves, ofWaves])).toEqual([
      [10, 1, 1],
      [14, 2, 3],
      [16, 3, 4],
      [20, 3, 4],
    ]);
    const late = runProbe(
      series,
      { channel: 'third', conditions: [{ kind: 'score', to: 70 }], fromWave: 20 },
      4,
    );
    expect(late).toHaveLength(1);
    expect(late[0]!.hitWaves).toBe(3);
  });

  it('does not rank a unit without peers, neither by percentile nor by place', () => {
    expect(hits([fact('a', 1, 10)], [{ kind: 'percentile', atMost: 1 }])).toEqual([]);
    expect(hits([fact('a', 1, 10)], [{ kind: 'rank', worst: 3 }])).toEqual([]);
    expect(hits([fact('a', 1, 10), fact('b', 1, 20)], [{ kind: 'rank', worst: 3 }])).toEqual(['a1', 'b1']);
  });

  it('lets a base too small to be ranked be neither hit by its rank nor anybody’s peer', () => {
    const facts = [fact('a', 1, 50, { nEff: 20 }), fact('b', 1, 60), fact('c', 1, 70)];
    const found = runProbe(facts, { channel: 'third', conditions: [{ kind: 'rank', worst: 1 }] }, 4, 30);
    expect(found.map(({ fact: { unit }, rank, peers }) => [unit, rank, peers])).toEqual([['b', 1, 2]]);
    const low = runProbe(facts, { channel: 'third', conditions: [{ kind: 'score', to: 50 }] }, 4, 30);
    expect(low).toMatchObject([{ fact: { unit: 'a' }, rank: null, peers: 0 }]);
  });

  it('refuses two facts for one figure', () => {
    expect(() => hits([fact('a', 1, 70), fact('a', 1, 71)], [])).toThrow('second fact');
    expect(() => runProbe([], { channel: 'x', conditions: [] }, 0)).toThrow('ofWaves 0');
  });
});
