/** One child of a scope in two waves (or in expectation and fact): its score and its share of the respondents. */
export interface SplitPart {
  id: string;
  scoreBefore: number;
  scoreAfter: number;
  /** Any non-negative size (base, volume); brought to shares. */
  sizeBefore: number;
  sizeAfter: number;
}

/** A child's part in its parent's change, points of the parent. */
export interface PartEffect {
  id: string;
  /** From the child's own score: mean share x change of score. */
  rate: number;
  /** From the child's weight in the parent: change of share x distance of its mean score from the parent's. */
  mix: number;
}

/** The parent's change split exactly: `change` = `rate` + `mix` = the sum over the parts. */
export interface ChangeSplit {
  kind: 'split';
  change: number;
  rate: number;
  mix: number;
  parts: PartEffect[];
}

/** No split: one side has no respondents at all. */
export interface NoSplit {
  kind: 'empty-side';
}

/**
 * Splits the change of a scope's score over its children into what their scores did (rate) and what their shares did
 * (mix), after Kitagawa (1955): rate_i = (p_i + p'_i) / 2 (s'_i - s_i), mix_i = (p'_i - p_i)((s_i + s'_i) / 2 - S), S the
 * mean of the parent's two scores. The parts sum to the change; a change of shares alone leaves every rate at 0 and so
 * blames nobody. A child present on one side only (size 0 or NaN score on the other) is all mix.
 * Throws on a negative size. Example: shares (.5, .5) -> (.25, .75) at scores (60, 80) give change 5, all mix.
 */
export function splitChange(children: readonly SplitPart[]): ChangeSplit | NoSplit {
  const rows = children.map(completed);
  const before = rows.reduce((sum, row) => sum + row.sizeBefore, 0);
  const after = rows.reduce((sum, row) => sum + row.sizeAfter, 0);
  if (!(before > 0 && after > 0)) return { kind: 'empty-side' };
  let scoreBefore = 0;
  let scoreAfter = 0;
  for (const row of rows) {
    scoreBefore += (row.sizeBefore / before) * row.scoreBefore;
    scoreAfter += (row.sizeAfter / after) * row.scoreAfter;
  }
  const middle = (scoreBefore + scoreAfter) / 2;
  const parts = rows.map((row) => {
    const p = row.sizeBefore / before;
    const q = row.sizeAfter / after;
    return {
      id: row.id,
      rate: ((p + q) / 2) * (row.scoreAfter - row.scoreBefore),
      mix: (q - p) * ((row.scoreBefore + row.scoreAfter) / 2 - middle),
    };
  });
  const rate = parts.reduce((sum, part) => sum + part.rate, 0);
  const mix = parts.reduce((sum, part) => sum + part.mix, 0);
  return { kind: 'split', change: scoreAfter - scoreBefore, rate, mix, parts };
}

/** Gives a child that is missing on one side the other side's score and no size there. */
function completed(part: SplitPart): SplitPart {
  if (part.sizeBefore < 0 || part.sizeAfter < 0) throw new RangeError(`splitChange: size of ${part.id}`);
  const hasBefore = part.sizeBefore > 0 && !Number.isNaN(part.scoreBefore);
  const hasAfter = part.sizeAfter > 0 && !Number.isNaN(part.scoreAfter);
  const only = hasBefore ? part.scoreBefore : hasAfter ? part.scoreAfter : 0;
  return {
    id: part.id,
    scoreBefore: hasBefore ? part.scoreBefore : only,
    scoreAfter: hasAfter ? part.scoreAfter : only,
    sizeBefore: hasBefore ? part.sizeBefore : 0,
    sizeAfter: hasAfter ? part.sizeAfter : 0,
  };
}
