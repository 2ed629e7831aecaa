import { studentTQuantile } from '../math/student-t.ts';
import { type CellStatistics, designEffectOf, meanOf, nEffOf, standardErrorOf, varianceOf } from './cell.ts';
import { counted } from './counted.ts';
import type { Bilingual } from './language.ts';
import { DEFAULT_TIERS, marginOfError, type TierRules, tierOf } from './precision.ts';
import { levelName, type ScoreDisplay, shownPoints, shownScale, shownScore } from './score/display.ts';
import type { Scale } from './score/scale.ts';
import { displayUnit } from './score/score-format.ts';

/** A step of a computation: what is worked out, and the formula with its numbers. */
export interface ExplainedStep {
  title: Bilingual;
  text: Bilingual;
}

/** A weighted item of a factor or the index. */
export interface ExplainedPart {
  name: Bilingual;
  /** R / sum R over the items that were answered. */
  share: number;
  mean: number;
  /** Standard error of the mean; absent where it cannot be told. */
  error?: number | undefined;
}

function number(value: number, places: number): string {
  const [whole, rest] = Math.abs(value).toFixed(places).split('.');
  const grouped = whole!.replace(/\B(?=(\d{3})+$)/g, ',');
  return `${value < 0 ? '−' : ''}${grouped}${rest === undefined ? '' : `.${rest}`}`;
}

/**
 * How the score of an item is worked out from its answers, with every number that goes in. `scales` are the scales
 * on which it was asked, in words; `reported` says that scores with bases were delivered instead of answers.
 * An empty cell gives no steps. Source of the formulas: methods 1 and 2 (Kish 1965 for the effective base).
 * Example: two answers 80 and 60 of weight 1 give `得分 = Σ(权重 × 得分) ÷ Σ权重 = 140.0 ÷ 2.0 = 70.00`.
 */
export function explainItem(
  cell: CellStatistics,
  scales: readonly Bilingual[],
  reported: boolean,
  tiers: TierRules = DEFAULT_TIERS,
): ExplainedStep[] {
  const mean = meanOf(cell);
  if (mean === undefined) return [];
  const list = (side: 'zh' | 'en') => scales.map((scale) => scale[side]).join(side === 'zh' ? '；' : '; ');
  return [
    {
      title: { zh: '换算', en: 'Harmonise' },
      text: reported
        ? {
            zh: `报告的得分换算到 0–100：${list('zh')}`,
            en: `Reported scores brought to 0–100: ${list('en')}`,
          }
        : { zh: `每份答案换算到 0–100：${list('zh')}`, en: `Each answer brought to 0–100: ${list('en')}` },
    },
    {
      title: { zh: '得分', en: 'Score' },
      text: both(
        (w, s) =>
          `Σ(${w} × ${s}) ÷ Σ${w} = ${number(cell.sumWX, 1)} ÷ ${number(cell.sumW, 2)} = ${number(mean, 2)}`,
        reported ? ['样本量', '得分'] : ['权重', '得分'],
        reported ? ['base', 'score'] : ['weight', 'score'],
      ),
    },
    ...precisionSteps(cell, tiers),
  ];
}

/**
 * How a factor or the index is worked out from its items, with the weights in use. `halo` is the correlation between
 * two answers of a respondent that the standard error of the whole takes. No parts give no steps.
 * Example: items 80 (share .75) and 60 (share .25) give `0.750 × 80.00 + 0.250 × 60.00 = 75.00`.
 */
export function explainWhole(
  cell: CellStatistics,
  parts: readonly ExplainedPart[],
  base: Bilingual,
  halo: number,
  tiers: TierRules = DEFAULT_TIERS,
): ExplainedStep[] {
  const mean = meanOf(cell);
  if (mean === undefined || parts.length === 0) return [];
  const sum = parts.map(({ share, mean: own }) => `${number(share, 3)} × ${number(own, 2)}`).join(' + ');
  return [
    {
      title: { zh: '权重', en: 'Weights' },
      text: {
        zh: `w = R ÷ ΣR，只在有人回答的 ${parts.length} 个题目之间分配；未询问的题目不计为零。`,
        en: `w = R ÷ ΣR over the ${counted(parts.length, 'item that was', 'items that were')} answered; an item that was not asked never counts as zero.`,
      },
    },
    {
      title: { zh: '得分', en: 'Score' },
      text: {
        zh: `Σ(w × 题目得分) = ${sum} = ${number(mean, 2)}`,
        en: `Σ(w × item score) = ${sum} = ${number(mean, 2)}`,
      },
    },
    {
      title: { zh: '样本量', en: 'Base' },
      text: {
        zh: `取回答最多的题目“${base.zh}”：n = ${number(cell.n, 0)}`,
        en: `That of the item that most answered, "${base.en}": n = ${number(cell.n, 0)}`,
      },
    },
    wholeErrorStep(cell, parts, halo),
    ...precisionSteps(cell, tiers),
  ];
}

/** The standard error of a weighted sum of items whose answers correlate, with its numbers where every item has one. */
function wholeErrorStep(cell: CellStatistics, parts: readonly ExplainedPart[], halo: number): ExplainedStep {
  const error = standardErrorOf(cell);
  const errors = parts.flatMap((part) => (part.error === undefined ? [] : [part.share * part.error]));
  const worked = error !== undefined && errors.length === parts.length;
  const squares = errors.reduce((sum, one) => sum + one * one, 0);
  const linear = errors.reduce((sum, one) => sum + one, 0);
  const h = number(halo, 3);
  const numbers = worked
    ? ` = √[${number(1 - halo, 3)} × ${number(squares, 5)} + ${h} × ${number(linear, 4)}²] = ${number(error, 3)}`
    : '';
  return {
    title: { zh: '标准误', en: 'Standard error' },
    text: {
      zh: `√[(1 − h) Σ(w·se)² + h (Σ w·se)²]${numbers}，同一受访者两个答案的相关 h = ${h}`,
      en: `√[(1 − h) Σ(w·se)² + h (Σ w·se)²]${numbers}, correlation of two answers of a respondent h = ${h}`,
    },
  };
}

/** A score with its margin on 0-100, as it is to be printed. */
export interface DisplayedFigure {
  score100: number;
  /** Null where no margin can be told. */
  margin100: number | null;
}

/**
 * The last step: how the figure on 0-100 becomes the one that is printed on the chosen display, so that a reader can
 * follow it by hand. `native` is the figure's own scale. `null` on 0-100, where nothing is left to do.
 * Example: 78.24 on `thousand` gives `78.240 ÷ 100 × 1,000 = 782`.
 */
export function explainDisplay(
  { score100, margin100 }: DisplayedFigure,
  display: ScoreDisplay,
  native: Scale,
): ExplainedStep | null {
  if (display === 'harmonised') return null;
  const scale = shownScale(display, native);
  const width = `÷ 100 × ${number(scale.max - scale.min, 0)}`;
  const start = scale.min === 0 ? '' : `${number(scale.min, 0)} + `;
  const score = `${start}${number(score100, 3)} ${width} = ${number(shownScore(score100, scale), scale.places)}`;
  const margin =
    margin100 === null
      ? ''
      : `${number(margin100, 3)} ${width} = ±${number(shownPoints(margin100, scale), scale.places)}`;
  const unit = displayUnit(display);
  const level = display === 'levels' ? levelName(score100) : null;
  const ends = display === 'native' ? ` ${number(scale.min, 0)}–${number(scale.max, 0)}` : '';
  return {
    title: { zh: '换算到所选显示', en: 'As displayed' },
    text: {
      zh: `${unit.zh}${ends}：${score}${level ? `，最接近“${level.zh}”` : ''}${margin && `；误差 ${margin}`}`,
      en: `${unit.en}${ends}: ${score}${level ? `, nearest to "${level.en}"` : ''}${margin && `; margin ${margin}`}`,
    },
  };
}

function both(
  formula: (weight: string, score: string) => string,
  zh: [string, string],
  en: [string, string],
): Bilingual {
  return { zh: formula(...zh), en: formula(...en) };
}

function precisionSteps(cell: CellStatistics, tiers: TierRules): ExplainedStep[] {
  const nEff = nEffOf(cell);
  if (nEff === 0)
    return [
      {
        title: { zh: '误差', en: 'Margin' },
        text: {
          zh: '研究没有提供样本量，因此没有误差。',
          en: 'The study gives no base size, so there is no margin.',
        },
      },
    ];
  const effect = designEffectOf(cell)!;
  const kish = `(Σw)² ÷ Σw² = ${number(cell.sumW, 2)}² ÷ ${number(cell.sumW2, 2)} = ${number(nEff, 1)}`;
  const tier = tierOf(nEff, tiers);
  const rules = {
    hidden: { zh: '不显示', en: 'not shown' },
    grey: { zh: '灰色显示，不排名、不检验', en: 'shown grey, without rank or test' },
    full: { zh: '完整显示', en: 'shown in full' },
  }[tier];
  return [
    {
      title: { zh: '有效样本量', en: 'Effective base' },
      text: {
        zh: `${kish}（设计效应 ${number(effect, 2)}）`,
        en: `${kish} (design effect ${number(effect, 2)})`,
      },
    },
    marginStep(cell, nEff),
    {
      title: { zh: '等级', en: 'Tier' },
      text: {
        zh: `有效样本量 ${number(nEff, 1)}：${rules.zh}（不足 ${tiers.greyFrom} 不显示，不足 ${tiers.fullFrom} 灰色）`,
        en: `Effective base ${number(nEff, 1)}: ${rules.en} (below ${tiers.greyFrom} hidden, below ${tiers.fullFrom} grey)`,
      },
    },
  ];
}

function marginStep(cell: CellStatistics, nEff: number): ExplainedStep {
  const title = { zh: '误差（95%）', en: 'Margin (95 %)' };
  const margin = marginOfError(cell);
  const variance = varianceOf(cell);
  const error = standardErrorOf(cell);
  if (margin === undefined || variance === undefined || error === undefined)
    return { title, text: { zh: '样本太少，无法估计。', en: 'Too few answers to estimate.' } };
  const t = studentTQuantile(0.975, nEff - 1);
  const formula = `t × s ÷ √n_eff = ${number(t, 3)} × ${number(Math.sqrt(variance), 2)} ÷ √${number(nEff, 1)} = ±${number(margin, 2)}`;
  return { title, text: { zh: formula, en: formula } };
}
