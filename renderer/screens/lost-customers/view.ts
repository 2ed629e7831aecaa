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

/** `26–42`: a share's interval in whole percent, '' where there is none. */
export function roundInterval(low: number | null, high: number | null): string {
  return low === null || high === null ? '' : `${(100 * low).toFixed(0)}–${(100 * high).toFixed(0)}`;
}
