// Scores and differences as columns of a file: on the chosen scale, which the heads name, with base, margin and tier.
import type { Change, Score } from '../../../../shared/calls/figure.ts';
import { inLanguage, type Language } from '../../../../shared/domain/language.ts';
import {
  type ScoreDisplay,
  shownPoints,
  shownScale,
  shownScore,
} from '../../../../shared/domain/score/display.ts';
import { displayUnit } from '../../../../shared/domain/score/score-format.ts';
import type { FileTable, TableCell } from '../../documents/table-file.ts';

/** Picks one of two texts. */
export type Say = (zh: string, en: string) => string;

export function sayIn(language: Language): Say {
  return (zh, en) => inLanguage({ zh, en }, language);
}

interface Scale {
  min: number;
  max: number;
}

type Columns = FileTable['columns'];

export class ScoreColumns {
  readonly #display: ScoreDisplay;
  readonly #language: Language;

  constructor(display: ScoreDisplay, language: Language) {
    this.#display = display;
    this.#language = language;
  }

  /** `得分 (千分制)`. */
  titled(title: string): string {
    return `${title} (${inLanguage(displayUnit(this.#display), this.#language)})`;
  }

  /** Decimals of a score, and as many for what is smaller than one. */
  get decimals(): number {
    return this.#display === 'thousand' ? 0 : 2;
  }

  point(points100: number | null | undefined, scale: Scale): number | null {
    return points100 === null || points100 === undefined
      ? null
      : shownPoints(points100, shownScale(this.#display, scale));
  }

  figure(score100: number | null | undefined, scale: Scale): number | null {
    return score100 === null || score100 === undefined
      ? null
      : shownScore(score100, shownScale(this.#display, scale));
  }

  score(title: string): Columns {
    const say = sayIn(this.#language);
    return [
      { title: this.titled(title), decimals: this.decimals },
      { title: `${title} ${say('误差 ±', 'margin ±')}`, decimals: this.decimals },
      { title: `${title} ${say('样本量', 'base')}`, decimals: 0 },
      { title: `${title} ${say('有效样本量', 'effective base')}`, decimals: 1 },
      { title: `${title} ${say('级别', 'tier')}` },
    ];
  }

  scoreCells(score: Score | null, scale: Scale): TableCell[] {
    if (!score) return [null, null, null, null, null];
    const say = sayIn(this.#language);
    return [
      this.figure(score.score100, scale),
      this.point(score.margin100, scale),
      score.n,
      score.nEff,
      score.tier === 'grey' ? say('样本偏少', 'small base') : say('完整', 'full'),
    ];
  }

  change(title: string): Columns {
    const say = sayIn(this.#language);
    return [
      { title: this.titled(title), decimals: this.decimals },
      { title: `${title} ${say('误差 ±', 'margin ±')}`, decimals: this.decimals },
      { title: `${title} ${say('校正后 p', 'adjusted p')}`, decimals: 4 },
      { title: `${title} ${say('显著性', 'significance')}` },
    ];
  }

  changeCells(change: Change | null, scale: Scale): TableCell[] {
    if (!change) return [null, null, null, null];
    const say = sayIn(this.#language);
    const { points100, margin100, adjustedP, p, significance } = change;
    const marks = { higher: say('显著高', 'higher'), lower: say('显著低', 'lower'), none: '' };
    return [this.point(points100, scale), this.point(margin100, scale), adjustedP ?? p, marks[significance]];
  }
}
