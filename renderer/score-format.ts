/**
 * The one place where scores become text: every screen prints them on the scale that the user chose (0-100, the
 * channel's own, 1,000 points, seven levels). Margins and differences are scaled alike.
 */
import { useCallback, useMemo } from 'react';
import type { Catalog } from '../shared/calls/catalog.ts';
import type { Score } from '../shared/calls/figure.ts';
import type { Language } from '../shared/domain/language.ts';
import type { ScoreDisplay } from '../shared/domain/score/display.ts';
import {
  type NumberWords,
  type ScoreFormat,
  nativeScale as scaleOf,
  scoreFormat as textsOf,
} from '../shared/domain/score/score-format.ts';
import type { Channel } from '../shared/domain/study-mapping.ts';
import { useCall } from './api.ts';
import { ABSENT, count, decimal, signed } from './format.ts';
import { useSession } from './session.ts';

export type { ScoreFormat };

const WORDS: NumberWords = { decimal, signed, absent: ABSENT };

export function scoreFormat(
  display: ScoreDisplay,
  native: { min: number; max: number },
  language: Language,
): ScoreFormat {
  return textsOf(display, native, language, WORDS);
}

/** A score with its margin and base, for the tip of a chart: `761 ±3 · 样本量 7,700`. */
export function scoreTip(score: Score | null | undefined, as: ScoreFormat, base: string): string {
  return score
    ? `${as.score(score.score100)} ±${as.length(score.margin100)} · ${base} ${count(score.n)}`
    : ABSENT;
}

/** The scale on which a channel asked an indicator; that of its index for a factor or where it is not known. */
export function nativeScale(
  catalog: Pick<Catalog, 'channels'> | undefined,
  channel: Channel | null | undefined,
  indicator: string,
): { min: number; max: number } {
  return scaleOf(catalog?.channels ?? [], channel, indicator);
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
