import type { AlertView } from '../../../shared/calls/alerts.ts';
import type { SurpriseRow } from '../../../shared/calls/figure.ts';
import type { Bilingual } from '../../../shared/domain/language.ts';
import { decimal } from '../../format.ts';
import type { ScoreFormat } from '../../score-format.ts';
import type { alertText } from '../../text/alerts.ts';
import type { Said } from '../../text/both.ts';

type Text = Said<typeof alertText>;

export interface AlertFilter {
  /** `open`: neither explained nor closed. */
  state: AlertView['state'] | 'open' | 'all';
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
      (filter.state === 'all' ||
        alert.state === filter.state ||
        (filter.state === 'open' && isOpen(alert))) &&
      (filter.direction === 'all' || alert.direction === filter.direction) &&
      (filter.kind === 'all' || alert.kind === filter.kind),
  );
}

/** `杭州市（浙江省） · 交车准时`: the place with the area it lies in, since names repeat, and the indicator. */
export function alertTitle(
  alert: Pick<AlertView, 'scopeName' | 'scopeLevel' | 'within' | 'indicatorName'>,
  name: (text: Bilingual) => string,
): string {
  return `${placeName(alert, name)} · ${name(alert.indicatorName)}`;
}

/** A place below the regions with the area it lies in. */
export function placeName(
  { scopeName, scopeLevel, within }: Pick<AlertView, 'scopeName' | 'scopeLevel' | 'within'>,
  name: (text: Bilingual) => string,
): string {
  const own = name(scopeName);
  if (within === null || scopeLevel === 'region' || name(within) === own) return own;
  return name({ zh: `${own}（${name(within)}）`, en: `${own} (${name(within)})` });
}

/** Still waiting for an explanation. */
export function isOpen({ state }: Pick<AlertView, 'state'>): boolean {
  return state === 'new' || state === 'acknowledged';
}

/** How far the search for a culprit went; nothing to add where it ended at the smallest scope or item. */
export function reachWords(
  alert: Pick<AlertView, 'kind' | 'scopeLevel' | 'scope' | 'effects'>,
  text: Text,
): string | null {
  // Another alert of the quarter inside this scope does stand out.
  if (alert.effects.some(({ scope }) => scope !== alert.scope && scope !== 'overall')) return null;
  if (alert.kind === 'diffuse') return text.reachDiffuse;
  if (alert.kind === 'area' && alert.scopeLevel !== 'dealer') return text.reachArea;
  return alert.kind === 'indicator' ? text.reachIndicator : null;
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
    drift: text.kindDrift,
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
export function alertSentence(
  alert: Finding & Partial<Pick<AlertView, 'adjusted100' | 'kind' | 'shift100'>>,
  area: string,
  item: string,
  text: Text,
  as: ScoreFormat,
): string {
  const { actual100, adjusted100 = actual100, expected100, low95, high95 } = alert;
  const isOutside = (value: number) => value < low95 || value > high95;
  if (alert.kind === 'drift')
    return text.sentenceDrift(
      area,
      item,
      as.figure(actual100),
      as.figure(expected100),
      as.points(alert.shift100),
    );
  const figures = [
    as.figure(actual100),
    as.figure(expected100),
    as.figure(low95),
    as.figure(high95),
  ] as const;
  if (isOutside(actual100)) return text.sentence(area, item, ...figures);
  if (isOutside(adjusted100)) return text.sentenceMasked(area, item, ...figures, as.figure(adjusted100));
  return text.sentenceInside(area, item, ...figures);
}

/** Where the whole stands, said before anything particular. */
export function overallSentence(overall: SurpriseRow, channel: string, text: Text, as: ScoreFormat): string {
  const { score, expected } = overall;
  const { low95, high95, point } = expected;
  const inside = score.score100 >= low95 && score.score100 <= high95;
  const position = inside ? text.inside : score.score100 > point ? text.outsideAbove : text.outsideBelow;
  return text.overallSentence(
    channel,
    as.figure(score.score100),
    as.figure(point),
    as.figure(low95),
    as.figure(high95),
    position,
  );
}
