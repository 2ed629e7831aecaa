import type { Channel } from '../study-mapping.ts';

/**
 * The channel that figures of `own` are compared with: the chosen one where it has data and is another, else the first
 * other one of `present`; undefined where there is none. `own` undefined: figures of every channel stand side by side,
 * so that any may be chosen.
 * Example: chosen third-party, own in-house, present both: third-party; chosen in-house, own in-house: third-party.
 */
export function otherChannel(
  chosen: Channel | undefined,
  own: Channel | undefined,
  present: readonly Channel[],
): Channel | undefined {
  const others = present.filter((channel) => channel !== own);
  return others.find((channel) => channel === chosen) ?? others[0];
}
