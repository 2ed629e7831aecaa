import type { AlertView } from '../../../shared/views.ts';
import { decimal } from '../../format.ts';
import type { alertText } from '../../text/alerts.ts';
import type { Said } from '../../text/both.ts';

type Text = Said<typeof alertText>;

export interface AlertFilter {
  state: AlertView['state'] | 'all';
  direction: AlertView['direction'] | 'all';
  kind: AlertView['kind'] | 'all';
}

export const NO_FILTER: AlertFilter = { state: 'all', direction: 'all', kind: 'all' };

export function filterAlerts<A extends Pick<AlertView, keyof AlertFilter>>(
  alerts: readonly A[],
  filter: AlertFilter,
): A[] {
  return alerts.filter(
    (alert) =>
      (filter.state === 'all' || alert.state === filter.state) &&
      (filter.direction === 'all' || alert.direction === filter.direction) &&
      (filter.kind === 'all' || alert.kind === filter.kind),
  );
}

export function stateNames(text: Text): Record<AlertView['state'], string> {
  return {
    new: text.stateNew,
    acknowledged: text.stateAcknowledged,
    explained: text.stateExplained,
    closed: text.stateClosed,
  };
}

export function kindNames(text: Text): Record<AlertView['kind'], string> {
  return {
    overall: text.kindOverall,
    indicator: text.kindIndicator,
    area: text.kindArea,
    'area-indicator': text.kindAreaIndicator,
    diffuse: text.kindDiffuse,
  };
}

/** A probability in words, so that nobody has to read 0.0031. */
export function chanceWords(p: number, text: Text): string {
  if (p < 0.0001) return text.chanceTiny;
  if (p < 0.001) return text.chanceIn(decimal(p * 10_000, 0), '10,000');
  if (p < 0.01) return text.chanceIn(decimal(p * 1000, 0), '1,000');
  return text.chanceIn(decimal(p * 100, 0), '100');
}

type Finding = Pick<AlertView, 'actual100' | 'expected100' | 'low95' | 'high95'>;

/** The finding as one sentence; `area`, `item` in the reader's language. */
export function alertSentence(alert: Finding, area: string, item: string, text: Text): string {
  const { actual100, expected100, low95, high95 } = alert;
  const outside = actual100 < low95 || actual100 > high95;
  const say = outside ? text.sentence : text.sentenceInside;
  return say(area, item, decimal(actual100), decimal(expected100), decimal(low95), decimal(high95));
}
