/**
 * What an index does when an item was not asked or not answered; kept with the weight set.
 * `renormalise`: the weights of the answered items are brought to sum 1. `require-all`: there is no index.
 * No rule counts a missing item as 0.
 */
export type MissingItemRule = 'renormalise' | 'require-all';

/** One item of an index. `weight` in any unit (the study's own R_k); `score100` absent where there is no answer. */
export interface IndexItem {
  weight: number;
  score100: number | undefined;
}

/** The index, or why there is none. `weights` are the ones used, in the items' order, 0 for unanswered items. */
export type IndexScore =
  | { kind: 'scored'; score100: number; weights: number[]; answeredWeightShare: number }
  | { kind: 'nothing-answered' }
  | { kind: 'items-missing'; missing: number };

/**
 * The index `S = sum w_k s_k` with `w_k = R_k / sum R` over the answered items. `answeredWeightShare` says how much of
 * the full weight stood behind it (1 when all items were answered). Items of weight 0 never decide the outcome.
 * Throws on a negative weight. Worked on one respondent's answers it is that respondent's index; worked on means
 * it is the index of a group.
 * Example: weights 3, 1, 1 with scores 80, 60 and no answer give 75 with an answered share of 0.8.
 */
export function indexScore(items: readonly IndexItem[], rule: MissingItemRule = 'renormalise'): IndexScore {
  let full = 0;
  let answered = 0;
  let sum = 0;
  let missing = 0;
  for (const { weight, score100 } of items) {
    if (!(weight >= 0 && weight < Infinity)) throw new RangeError(`indexScore: weight ${weight}`);
    full += weight;
    if (score100 === undefined) {
      if (weight > 0) missing += 1;
      continue;
    }
    answered += weight;
    sum += weight * score100;
  }
  if (answered === 0) return { kind: 'nothing-answered' };
  if (rule === 'require-all' && missing > 0) return { kind: 'items-missing', missing };
  return {
    kind: 'scored',
    score100: sum / answered,
    weights: items.map((item) => (item.score100 === undefined ? 0 : item.weight / answered)),
    answeredWeightShare: answered / full,
  };
}
