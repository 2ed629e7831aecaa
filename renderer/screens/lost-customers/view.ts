import type { LapseRules } from '../../../shared/domain/visits/lapse.ts';

/** Whether rules being typed may be asked for: limits rise, classes do. */
export function rulesAreSound(rules: LapseRules): boolean {
  const { marginalAfter, lostAfter, permanentAfter, classA, classB } = rules;
  return marginalAfter < lostAfter && lostAfter <= permanentAfter && classA > classB && classB >= 2;
}

/** A share on 0-1 as percent, one decimal. */
export function percent(share: number | null): string {
  return share === null ? '–' : `${(100 * share).toFixed(1)}%`;
}
