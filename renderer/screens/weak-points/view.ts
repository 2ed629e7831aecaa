import type { ProbeResult, ProbeUnit } from '../../../shared/calls/probes.ts';
import type { CallInput } from '../../../shared/contract.ts';

export type Definition = CallInput<'probes.try'>['definition'];
export type Condition = Definition['conditions'][number];
export type ConditionKind = Condition['kind'];

export const CONDITION_KINDS: readonly ConditionKind[] = [
  'score',
  'percentile',
  'rank',
  'change',
  'target-gap',
  'channel-gap',
  'base',
];

/** A condition to start from when its kind is chosen. */
export function freshCondition(kind: ConditionKind, other: Definition['channel']): Condition {
  switch (kind) {
    case 'score':
      return { kind, to: 70 };
    case 'rank':
      return { kind, worst: 10 };
    case 'percentile':
      return { kind, atMost: 0.1 };
    case 'change':
      return { kind, lag: 1, to: -3 };
    case 'target-gap':
      return { kind, to: -1 };
    case 'channel-gap':
      return { kind, channel: other, to: -5 };
    case 'base':
      return { kind, atLeast: 30 };
  }
}

/** The units hit in the last quarter that was looked at. */
export function hitLatest({ units, quarters }: ProbeResult): ProbeUnit[] {
  const last = quarters.at(-1);
  return units.filter(({ hits }) => hits[0]!.quarter === last);
}
