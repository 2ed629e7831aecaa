import type { Bilingual } from '../language.ts';
import { QUARTER_BUDGET } from './alert.ts';
import type { TestOutcome } from './tested-cells.ts';

/**
 * What became of a series when its quarter came. Beyond what the tests say: `through-items`, a factor, whose items are
 * tested; `hidden`, beyond chance but too few answers to name; `new-place`, which came for the first time.
 */
export type SeriesOutcome = TestOutcome | 'through-items' | 'hidden' | 'new-place';

/** Outcomes of series that took part in the tests of a quarter. */
export const TESTED_OUTCOMES: readonly SeriesOutcome[] = ['alert', 'quiet', 'small-shift', 'hidden'];

/** Each outcome as a sentence: what happened and, of a series that was not tested, why. */
export const OUTCOME_WORDS: Record<SeriesOutcome, Bilingual> = {
  alert: {
    zh: '已检验，超出偶然范围，已发出预警。',
    en: 'Tested and beyond chance: an alert was raised.',
  },
  quiet: { zh: '已检验，未超出偶然范围。', en: 'Tested and within chance.' },
  'small-shift': {
    zh: '已检验，超出偶然范围，但变动小于有实际意义的幅度（0.5分），不发预警。',
    en: 'Tested and beyond chance, but smaller than what matters in practice (0.5 points), so no alert was raised.',
  },
  hidden: {
    zh: '已检验，超出偶然范围，但样本量太少不能公布，不发预警。',
    en: 'Tested and beyond chance, but too few answered for the figure to be shown, so no alert was raised.',
  },
  'not-asked': {
    zh: '本季度没有得分（未问或无人作答）。',
    en: 'No score came this quarter (not asked, or nobody answered).',
  },
  break: {
    zh: '本季度量尺改变（对总分：其中有题目改了量尺），与以前的得分不可比；下一季起恢复检验。',
    en: 'On another scale since this quarter (of an index: one of its items is), so earlier scores cannot be compared; tested again from the next quarter on.',
  },
  'no-forecast': {
    zh: '没有预测，无从比较；原因见预测的“未预测”清单。',
    en: 'There was no forecast to compare with; the list of what was not forecast says why.',
  },
  'small-base': {
    zh: '本季度有效样本不足，达不到可做显著性判断的数量（默认30）。',
    en: 'Too few effective answers this quarter for a test of significance (30 unless set otherwise).',
  },
  'only-child': {
    zh: '它就是上级范围的全部，已在上级检验。',
    en: 'It is all of the area above, which is tested.',
  },
  'single-item': {
    zh: '这里只问了这一项，已作为总分检验。',
    en: 'The only item scored here, so it is tested as the index.',
  },
  'no-history': {
    zh: '以前没有得分，只有借自上级的预期；有一个季度的历史后即可检验。',
    en: 'No score came before; its expectation is borrowed from the area above. It is tested once a quarter has been measured.',
  },
  'through-items': {
    zh: '因子不单独检验，由其下各题检验。',
    en: 'A factor is not tested itself; its items are.',
  },
  'new-place': {
    zh: '本季度第一次有数据，尚无预测。',
    en: 'It came for the first time this quarter, so nothing was forecast.',
  },
};

/**
 * An outcome of one series with its chance: how often as large a surprise, or a larger one, comes up somewhere among all
 * tests of a quarter in which nothing happens. Example: a quiet series with chance .34 says 34 % and that 7 % is needed.
 */
export function outcomeWords(outcome: SeriesOutcome, chance: number | null): Bilingual {
  const words = OUTCOME_WORDS[outcome];
  if (chance === null || !TESTED_OUTCOMES.includes(outcome)) return words;
  const most = `${Math.round(QUARTER_BUDGET.sudden * 100)} %`;
  if (chance >= 0.995)
    return {
      zh: `${words.zh}扣除本季预警的影响后，这样的意外在全部检验中每季都会偶然出现；预警须不超过 ${most}。`,
      en: `${words.en} With what the quarter's alerts explain taken out, a surprise like this comes up by chance in every quarter somewhere among all tests; an alert needs ${most} or less.`,
    };
  const share = chance < 0.001 ? '< 0.1 %' : `${(chance * 100).toFixed(chance < 0.1 ? 1 : 0)} %`;
  return {
    zh: `${words.zh}扣除本季预警的影响后，没有变化的季度里，全部检验中偶然出现这样大的意外的可能性为 ${share}；预警须不超过 ${most}。`,
    en: `${words.en} With what the quarter's alerts explain taken out, chance gives a surprise like this somewhere among all tests in ${share} of quarters in which nothing happens; an alert needs ${most} or less.`,
  };
}
