/** `weighted-sum`: M(., +), every item counts. `min-max`: M(min, max), the most decisive item alone. */
export type FuzzyOperator = 'weighted-sum' | 'min-max';

/** The evaluation: membership in each grade, and its score under the grades' values where those were given. */
export interface FuzzyEvaluation {
  /** Sums to 1 under both operators (normalised under `min-max`). */
  membership: number[];
  score: number | undefined;
}

/**
 * Fuzzy comprehensive evaluation `B = W o R`: `weights` of the items (sum 1), `relation[i][g]` the share of answers to
 * item i in grade g (each row sums to 1), `gradeValues` what a grade counts. Score = `B u'`. Throws when lengths differ
 * or a sum is off 1 by more than a thousandth. Example: memberships (.221, .669, .110, 0) under
 * (95, 80, 60, 35) score 81.115.
 */
export function fuzzyEvaluation(
  weights: readonly number[],
  relation: readonly (readonly number[])[],
  gradeValues?: readonly number[],
  operator: FuzzyOperator = 'weighted-sum',
): FuzzyEvaluation {
  const grades = relation[0]?.length ?? 0;
  if (grades === 0 || relation.length !== weights.length)
    throw new RangeError(
      `fuzzyEvaluation: ${weights.length} weights, ${relation.length} rows of ${grades} grades`,
    );
  const checkSum = (values: readonly number[], name: string) => {
    const sum = values.reduce((a, b) => a + b, 0);
    if (!(Math.abs(sum - 1) <= 1e-3)) throw new RangeError(`fuzzyEvaluation: ${name} sums to ${sum}`);
  };
  checkSum(weights, 'weights');
  relation.forEach((row, i) => {
    if (row.length !== grades)
      throw new RangeError(`fuzzyEvaluation: row ${i} has ${row.length} of ${grades}`);
    checkSum(row, `row ${i}`);
  });
  const raw = relation[0]!.map((_, g) =>
    operator === 'weighted-sum'
      ? weights.reduce((sum, w, i) => sum + w * relation[i]![g]!, 0)
      : weights.reduce((most, w, i) => Math.max(most, Math.min(w, relation[i]![g]!)), 0),
  );
  const total = raw.reduce((a, b) => a + b, 0);
  const membership = raw.map((value) => value / total);
  return { membership, score: gradeValues && fuzzyScore(membership, gradeValues) };
}

/** The score of memberships under grade values, `B u'`. Throws when lengths differ. */
export function fuzzyScore(membership: readonly number[], gradeValues: readonly number[]): number {
  if (membership.length !== gradeValues.length)
    throw new RangeError(`fuzzyScore: ${membership.length} memberships, ${gradeValues.length} values`);
  return membership.reduce((sum, b, g) => sum + b * gradeValues[g]!, 0);
}
