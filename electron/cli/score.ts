// Scores and differences as the command line prints them: on the chosen scale, with base, margin and tier beside.
import type { Change, Score } from '../../shared/calls/figure.ts';
import type { Bilingual } from '../../shared/domain/language.ts';
import type { ScoreDisplay } from '../../shared/domain/score/display.ts';
import type { Scale } from '../../shared/domain/score/scale.ts';
import {
  type ChannelScales,
  displayUnit,
  type NumberWords,
  nativeScale,
  type ScoreFormat,
  scoreFormat,
} from '../../shared/domain/score/score-format.ts';
import type { Channel } from '../../shared/domain/study-mapping.ts';
import type { Output } from './output.ts';

type Cell = string | number;

export const NOTHING = '—';

/** ASCII signs, so that a spreadsheet reads the printed tables as numbers. */
const WORDS: NumberWords = {
  decimal: (value, places) => value.toFixed(places),
  signed: (value, places) => `${value >= 0 ? '+' : ''}${value.toFixed(places)}`,
  absent: NOTHING,
};

export const MARKS = { higher: ' ▲', lower: ' ▼', none: '' } as const;

/** A score takes three columns on a terminal and five in CSV; a difference one and four. */
export class ScoreTexts {
  readonly unit: Bilingual;
  readonly #output: Output;
  readonly #display: ScoreDisplay;
  readonly #channels: readonly ChannelScales[];

  constructor(output: Output, display: ScoreDisplay, channels: readonly ChannelScales[]) {
    this.unit = displayUnit(display);
    this.#output = output;
    this.#display = display;
    this.#channels = channels;
  }

  of(channel?: Channel | null, indicator = ''): ScoreFormat {
    return this.on(nativeScale(this.#channels, channel, indicator));
  }

  on(native: Scale): ScoreFormat {
    return scoreFormat(this.#display, native, this.#output.language, WORDS);
  }

  /** `得分 (百分制)`. */
  titled({ zh, en }: Bilingual): Bilingual {
    return { zh: `${zh} (${this.unit.zh})`, en: `${en} (${this.unit.en})` };
  }

  /** `short` for a table that prints the unit in a line of its own. */
  scoreHeads(title: Bilingual, short = false): Bilingual[] {
    const head = short ? title : this.titled(title);
    const base = { zh: '样本量', en: 'Base' };
    const margin = { zh: '±误差', en: '± margin' };
    if (!this.#output.csv) return [head, margin, base];
    return [
      head,
      margin,
      base,
      { zh: '有效样本量', en: 'Effective base' },
      { zh: '小样本', en: 'Small base' },
    ];
  }

  scoreCells(score: Score | null, as: ScoreFormat): Cell[] {
    const { csv, language } = this.#output;
    if (!score) return csv ? ['', '', '', '', ''] : [NOTHING, '', ''];
    const grey = score.tier === 'grey';
    const [figure, margin] = [as.figure(score.score100), as.length(score.margin100)];
    if (csv)
      return [figure, margin, score.n, score.nEff.toFixed(1), grey ? (language === 'en' ? 'yes' : '是') : ''];
    const effective = Math.round(score.nEff);
    const base = effective === score.n ? `${score.n}` : `${score.n} (${effective})`;
    return [grey ? `${figure} *` : figure, margin, base];
  }

  changeHeads(title: Bilingual, short = false): Bilingual[] {
    const head = short ? title : this.titled(title);
    if (!this.#output.csv) return [head];
    return [
      head,
      { zh: '±误差', en: '± margin' },
      { zh: '校正后 p', en: 'adjusted p' },
      { zh: '显著', en: 'Mark' },
    ];
  }

  changeCells(change: Change | null, as: ScoreFormat): Cell[] {
    const { csv } = this.#output;
    if (!change) return csv ? ['', '', '', ''] : [NOTHING];
    const { points100, margin100, significance, p, adjustedP = p } = change;
    const points = as.points(points100);
    const margin = margin100 === undefined ? '' : as.length(margin100);
    if (csv) return [points, margin, adjustedP?.toFixed(4) ?? '', MARKS[significance].trim()];
    return [`${points}${margin === '' ? '' : ` ±${margin}`}${MARKS[significance]}`];
  }

  /** What the signs of the tables mean; printed once after them. */
  legend(): void {
    if (this.#output.csv) return;
    this.#output.say({
      zh: '样本量括号内为有效样本量；* 有效样本偏少，仅供参考；— 样本太少，不显示或没有数据；▲▼ 差异超出偶然。',
      en: 'Base: effective base in brackets; * small base, for reference only; — too small to show or no data; ▲▼ more than chance.',
    });
  }
}
