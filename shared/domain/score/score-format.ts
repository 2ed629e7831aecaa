import type { Bilingual } from '../language.ts';
import { inLanguage, type Language } from '../language.ts';
import type { Channel } from '../study-mapping.ts';
import { levelName, type ScoreDisplay, shownPoints, shownScale, shownScore } from './display.ts';
import type { Scale } from './scale.ts';

type Maybe = number | null | undefined;

/** How a host writes numbers: fixed decimals, with a sign where asked, and what stands where there is none. */
export interface NumberWords {
  decimal(value: number, places: number): string;
  signed(value: number, places: number): string;
  absent: string;
}

/** Scores, differences and margins of 0-100 as text on the scale that the user chose. */
export interface ScoreFormat {
  display: ScoreDisplay;
  /** A score where it is drawn: `null` stays `null`. */
  value<V extends number | null>(score100: V): V;
  /** A difference or a margin where it is drawn: `null` stays `null`. */
  span<V extends number | null>(points100: V): V;
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
  /** Decimals of a score on this scale. */
  places: number;
}

const known = (value: Maybe): value is number => typeof value === 'number' && Number.isFinite(value);

/**
 * The one path from 0-100 to printed text: the window and the command line both take it, each with its own way to
 * write numbers. Missing figures are the host's `absent`. Example: on `thousand`, `score(78.24)` is `782` and
 * `points(-1.2)` is `-12`.
 */
export function scoreFormat(
  display: ScoreDisplay,
  native: Scale,
  language: Language,
  words: NumberWords,
): ScoreFormat {
  const scale = shownScale(display, native);
  const figure = (score: Maybe) =>
    known(score) ? words.decimal(shownScore(score, scale), scale.places) : words.absent;
  return {
    display,
    min: scale.min,
    max: scale.max,
    places: scale.places,
    value: <V extends number | null>(score: V) => (score === null ? score : shownScore(score, scale)) as V,
    span: <V extends number | null>(points: V) =>
      (points === null ? points : shownPoints(points, scale)) as V,
    score: (score) =>
      display === 'levels' && known(score)
        ? `${figure(score)} ${inLanguage(levelName(score), language)}`
        : figure(score),
    figure,
    points: (points, more = 0) =>
      known(points) ? words.signed(shownPoints(points, scale), scale.places + more) : words.absent,
    length: (length, more = 0) =>
      known(length) ? words.decimal(shownPoints(length, scale), scale.places + more) : words.absent,
    range: (low, high) => `${figure(low)} – ${figure(high)}`,
  };
}

/** The scales on which a channel asked: of its index, and of each item and question. */
export interface ChannelScales {
  channel: Channel;
  scale: Scale;
  scales: Readonly<Record<string, Scale>>;
}

/**
 * The scale on which a channel asked an indicator; that of its index for a factor or where it is not known, and 0-100
 * without channels. Without a channel the first one's. Example: `nativeScale([], 'in-house', 'A')` is 0-100.
 */
export function nativeScale(
  channels: readonly ChannelScales[],
  channel: Channel | null | undefined,
  indicator: string,
): Scale {
  const found = channels.find((one) => one.channel === channel) ?? channels[0];
  return found?.scales[indicator] ?? found?.scale ?? { min: 0, max: 100 };
}

const UNITS: Record<ScoreDisplay, Bilingual> = {
  harmonised: { zh: '百分制', en: '0–100' },
  native: { zh: '原量表', en: 'own scale' },
  thousand: { zh: '千分制', en: '1,000 points' },
  levels: { zh: '七级 −60 至 60', en: 'seven levels, −60 to 60' },
};

/**
 * What the printed figures are in, for the heads of tables. Differences and margins of seven levels are distances on
 * -60 to 60: levels have an order and no sum, so that only scores carry a level's name. Example:
 * `displayUnit('thousand').en` is `1,000 points`.
 */
export function displayUnit(display: ScoreDisplay): Bilingual {
  return UNITS[display];
}

/**
 * The display for a table whose rows come from several scales, where figures must be comparable: the chosen one,
 * but 0-100 for each study's own. Example: `commonDisplay('native')` is `harmonised`.
 */
export function commonDisplay(display: ScoreDisplay): ScoreDisplay {
  return display === 'native' ? 'harmonised' : display;
}
