/**
 * The one place where scores become text: every screen prints them on the scale that the user chose (0-100, the
 * channel's own, 1,000 points, seven levels). Margins and differences are scaled alike.
 */
import { useCallback, useMemo } from 'react';
import type { Catalog } from '../shared/calls/catalog.ts';
import { inLanguage, type Language } from '../shared/domain/language.ts';
import {
  levelName,
  type ScoreDisplay,
  shownPoints,
  shownScale,
  shownScore,
} from '../shared/domain/score/display.ts';
import type { Channel } from '../shared/domain/study-mapping.ts';
import { useCall } from './api.ts';
import { ABSENT, decimal, signed } from './format.ts';
import { useSession } from './session.ts';

type Maybe = number | null | undefined;

export interface ScoreFormat {
  display: ScoreDisplay;
  /** A score where it is drawn: `null` stays `null`. */
  value<V extends number | null>(score100: V): V;
  /** `78.2`, `7.86`, `782`; in seven levels with the level's name, `33.8 满意`. */
  score(score100: Maybe): string;
  /** The number alone, for charts and tiles. */
  figure(score100: Maybe): string;
  /** A difference with its sign; `more` decimals beyond the usual. */
  points(points100: Maybe, more?: number): string;
  /** A margin or an error: no sign. */
  length(length100: Maybe, more?: number): string;
  range(low100: Maybe, high100: Maybe): string;
  min: number;
  max: number;
}

export function scoreFormat(
  display: ScoreDisplay,
  native: { min: number; max: number },
  language: Language,
): ScoreFormat {
  const scale = shownScale(display, native);
  const figure = (score: Maybe) =>
    typeof score === 'number' ? decimal(shownScore(score, scale), scale.places) : ABSENT;
  const scaled = (points: Maybe) => (typeof points === 'number' ? shownPoints(points, scale) : null);
  return {
    display,
    min: scale.min,
    max: scale.max,
    value: <V extends number | null>(score: V) => (score === null ? score : shownScore(score, scale)) as V,
    score: (score) =>
      display === 'levels' && typeof score === 'number' && Number.isFinite(score)
        ? `${figure(score)} ${inLanguage(levelName(score), language)}`
        : figure(score),
    figure,
    points: (points, more = 0) => signed(scaled(points), scale.places + more),
    length: (length, more = 0) => decimal(scaled(length), scale.places + more),
    range: (low, high) => `${figure(low)} – ${figure(high)}`,
  };
}

const HUNDRED = { min: 0, max: 100 };

/** The scale on which a channel asked an indicator; that of its index for a factor or where it is not known. */
export function nativeScale(
  catalog: Pick<Catalog, 'channels'> | undefined,
  channel: Channel | null | undefined,
  indicator: string,
): { min: number; max: number } {
  const found = catalog?.channels.find((one) => one.channel === channel) ?? catalog?.channels[0];
  return found?.scales[indicator] ?? found?.scale ?? HUNDRED;
}

/** The format of any channel's indicator, for lists that mix them. */
export function useScoreFormats(): (channel?: Channel | null, indicator?: string) => ScoreFormat {
  const catalog = useCall('catalog.get', {}).data;
  const display = useSession((session) => session.display);
  const language = useSession((session) => session.language);
  return useCallback(
    (channel, indicator = '') => scoreFormat(display, nativeScale(catalog, channel, indicator), language),
    [catalog, display, language],
  );
}

/** The format of one channel's indicator; of the slice's where none is named. */
export function useScoreFormat(channel?: Channel | null, indicator?: string): ScoreFormat {
  const formats = useScoreFormats();
  const slice = useSession((session) => session.channel);
  const measured = useSession((session) => session.indicator);
  const asked = channel ?? slice;
  const what = indicator ?? measured;
  return useMemo(() => formats(asked, what), [formats, asked, what]);
}
