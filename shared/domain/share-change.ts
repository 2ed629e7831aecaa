import { normalTwoSided } from '../math/normal.ts';
import { wilsonInterval } from '../math/proportion.ts';

/** A share of a base: `share` on 0-1, `nEff` its effective base. */
export interface MeasuredShare {
  share: number;
  nEff: number;
}

/**
 * The two-sided p of a difference between two independent shares, by the normal approximation with the pooled share
 * (the usual two-proportion test). `null` where both shares are the same extreme, so that nothing varies, or a base is
 * empty. Example: .5 of 100 against .4 of 100 has p about .155.
 */
export function shareChangeP(now: MeasuredShare, before: MeasuredShare): number | null {
  if (!(now.nEff > 0 && before.nEff > 0)) return null;
  const pooled = (now.share * now.nEff + before.share * before.nEff) / (now.nEff + before.nEff);
  const error = Math.sqrt(pooled * (1 - pooled) * (1 / now.nEff + 1 / before.nEff));
  if (error === 0) return null;
  return normalTwoSided((now.share - before.share) / error);
}

/**
 * The 95 % interval of `now` minus `before` on -1 to 1, from the Wilson intervals of both (Newcombe 1998, method 10, doi
 * 10.1002/(SICI)1097-0258(19980430)17:8<873::AID-SIM779>3.0.CO;2-I). `null` where a base is empty.
 * Example: 56 of 70 against 48 of 80 is .0524 to .3339.
 */
export function shareChangeInterval(
  now: MeasuredShare,
  before: MeasuredShare,
): { low: number; high: number } | null {
  if (!(now.nEff > 0 && before.nEff > 0)) return null;
  const [one, two] = [wilsonInterval(now.share, now.nEff), wilsonInterval(before.share, before.nEff)];
  const difference = now.share - before.share;
  return {
    low: difference - Math.hypot(one.share - one.low, two.high - two.share),
    high: difference + Math.hypot(one.high - one.share, two.share - two.low),
  };
}
