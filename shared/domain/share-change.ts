import { normalTwoSided } from '../math/normal.ts';

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
