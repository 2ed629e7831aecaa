import { DEFAULT_TIERS, type TierRules } from './precision.ts';

/** What a figure needs to be shown, and how many marks may be false. */
export interface DisplayRules extends TierRules {
  /** Share of the marks shown together that may be false (Benjamini-Hochberg). */
  q: number;
}

/** Hidden below 10, grey below 30, marks at q = .05. */
export const DEFAULT_RULES: DisplayRules = { ...DEFAULT_TIERS, q: 0.05 };
