/**
 * What is known or demanded of cells. `area` and `indicator` say of which: both for one cell, one of them for a whole
 * row or column of cells, neither ('') for all. Scores on 0-100. `extra` amounts are multiples of what the cell uses
 * at present: 0.1 is 10 % more.
 */
export interface PlanRule {
  area: string;
  indicator: string;
  source: 'given' | 'imported' | 'learnt';
  ceiling?: number | undefined;
  /** Effect of one unit. */
  effect?: number | undefined;
  /** Multiplies the effect, given or default: what the year before taught, or a bulk change. */
  effectFactor?: number | undefined;
  /** Cost of one unit as a multiple of the cell's present resource. */
  costFactor?: number | undefined;
  mostExtra?: number | undefined;
  largestStep?: number | undefined;
  floor?: number | undefined;
  cap?: number | undefined;
  /** Exactly this much more resource, whatever the optimum says. */
  lockExtra?: number | undefined;
  /** Exactly this score, whatever the optimum says. */
  lockScore?: number | undefined;
  /** Resource comes only in whole multiples of this. */
  packageExtra?: number | undefined;
  note?: string | undefined;
}

/** A field of a rule that says something about cells. */
export type RuleField = Exclude<keyof PlanRule, 'area' | 'indicator' | 'source'>;

/** One field of one cell with its source; `undefined` where no rule speaks of it. */
export type RuleValue<F extends RuleField> =
  | {
      value: NonNullable<PlanRule[F]>;
      source: PlanRule['source'];
      /** 0 for a rule of the cell itself, 1 of its item, 2 of its area, 3 of all cells. */
      reach: number;
    }
  | undefined;

/** Answers what the rules say of a cell. */
export type RuleReader = <F extends RuleField>(area: string, indicator: string, field: F) => RuleValue<F>;

/**
 * Reads rules by cell: the rule of the cell itself comes before that of its item, that before the area's, that before
 * the one of all cells; among equals the later one counts.
 * Example: a ceiling of 95 for all and of 90 for item A gives 90 for every cell of A.
 */
export function readRules(rules: readonly PlanRule[]): RuleReader {
  const byKey = new Map<string, PlanRule[]>();
  for (const rule of rules) {
    const key = `${rule.area}\n${rule.indicator}`;
    const list = byKey.get(key);
    if (list) list.push(rule);
    else byKey.set(key, [rule]);
  }
  return (area, indicator, field) => {
    const keys = [`${area}\n${indicator}`, `\n${indicator}`, `${area}\n`, '\n'];
    for (const [reach, key] of keys.entries()) {
      const found = byKey.get(key)?.findLast((rule) => rule[field] !== undefined);
      if (found) return { value: found[field]!, source: found.source, reach };
    }
    return undefined;
  };
}
