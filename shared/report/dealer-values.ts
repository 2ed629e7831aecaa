/** Turns cells and differences of the facts into the values that sections hold. */
import type { Language } from '../domain/language.ts';
import { type TierRules, tierOf } from '../domain/precision.ts';
import { type ShownScale, shownPoints, shownScale, shownScore } from '../domain/score/display.ts';
import { commonDisplay } from '../domain/score/score-format.ts';
import type { AbsentReason, Cell, DealerReportFacts, Difference } from './dealer-facts.ts';
import type { ReportValue, Tone } from './document.ts';
import { formatNumber } from './format.ts';
import type { ReportText } from './text.ts';
import { say } from './text.ts';

const REASONS: Record<AbsentReason, ReportText> = {
  'not-asked': 'absentNotAsked',
  'no-data': 'absentNoData',
  'small-base': 'absentSmallBase',
  complementary: 'absentComplementary',
  'no-earlier-wave': 'absentNoEarlierWave',
  break: 'absentBreak',
  'too-few-points': 'absentTooFewPoints',
};

/** The sentence for a reason. Example: `reasonText('en', 'no-data')` is `'no answers'`. */
export function reasonText(language: Language, reason: AbsentReason): string {
  return say(language, REASONS[reason]);
}

/** A text value. Example: `text('2026Q3')`. */
export function text(words: string, tone: Tone = 'plain'): ReportValue {
  return { kind: 'text', text: words, tone };
}

/** A missing value: a dash on paper, the reason as a note in the workbook. Example: `missing('no answers')`. */
export function missing(reason: string): ReportValue {
  return { kind: 'absent', reason };
}

/** A number printed with fixed decimals. Example: `number(78.24, 1)` prints `78.2`. */
export function number(value: number, decimals: number, tone: Tone = 'plain'): ReportValue {
  return { kind: 'number', value, decimals, tone };
}

type Shown = Pick<DealerReportFacts, 'display' | 'language' | 'tiers'>;

/** Where a report prints scores of 0-100: a dealer's channels stand side by side, each study's own scale beside it. */
export function printedScale({ display }: Pick<DealerReportFacts, 'display'>): ShownScale {
  return shownScale(commonDisplay(display), HUNDRED);
}

const HUNDRED = { min: 0, max: 100 };

/** The name of that scale: short for a head, or as the unit of a chart. Example: `1,000` and `1,000 points`. */
export function scaleName(facts: Shown, form: 'head' | 'unit'): string {
  const names = { harmonised: 'Harmonised', thousand: 'Thousand', levels: 'Levels' } as const;
  const display = commonDisplay(facts.display);
  return say(facts.language, `${form}${names[display === 'native' ? 'harmonised' : display]}`);
}

/** A score of 0-100 on the printed scale; `more` decimals beyond the usual. */
export function scoreValue(score100: number, facts: Shown, tone: Tone = 'plain', more = 0): ReportValue {
  const scale = printedScale(facts);
  return number(shownScore(score100, scale), scale.places + more, tone);
}

/** A score of 0-100 on the printed scale as text. Example: `scoreText(78.24, facts)` is `'78.2'`, or `'782'` in 1,000 points. */
export function scoreText(score100: number, facts: Shown): string {
  const scale = printedScale(facts);
  return formatNumber(shownScore(score100, scale), scale.places);
}

/** An interval of scores given on 0-100, as one value on the printed scale. Example: prints `71.2 – 85.6`. */
export function intervalValue(low100: number, high100: number, facts: Shown): ReportValue {
  const scale = printedScale(facts);
  const [lo, hi] = [shownScore(low100, scale), shownScore(high100, scale)];
  return { kind: 'interval', lo, hi, decimals: scale.places, tone: 'plain' };
}

/** A difference given in points of 0-100, on the printed scale and with its sign. Example: 2.75 prints `+2.8`. */
export function pointsValue(points100: number, facts: Shown, tone: Tone = 'plain'): ReportValue {
  const scale = printedScale(facts);
  return { kind: 'number', value: shownPoints(points100, scale), decimals: scale.places, signed: true, tone };
}

/** A margin, or the size of a difference, as text. */
export function lengthText(length100: number, facts: Shown): string {
  const scale = printedScale(facts);
  return formatNumber(shownPoints(length100, scale), scale.places);
}

/** Half an interval, or the size of a difference, given in points of 0-100, as a value on the printed scale, without a sign. */
export function lengthValue(length100: number, facts: Shown, tone: Tone = 'plain'): ReportValue {
  const scale = printedScale(facts);
  return number(shownPoints(length100, scale), scale.places, tone);
}

/** A field of a cell as a value: grey when the base is; missing (with the reason) when the cell is or the field is null. */
export function cellValue(
  cell: Cell,
  field: 'native' | 'score100' | 'margin100' | 'n' | 'nEff',
  facts: Shown,
  nativeDecimals = 2,
): ReportValue {
  const { language, tiers } = facts;
  if (cell.kind === 'absent') return missing(reasonText(language, cell.reason));
  const value = cell[field];
  if (value === null) return missing(reasonText(language, 'no-data'));
  const grey = tierOf(cell.nEff, tiers) === 'grey';
  const tone: Tone = grey ? 'muted' : 'plain';
  const scale = printedScale(facts);
  switch (field) {
    case 'score100':
      return number(shownScore(value, scale), scale.places, tone);
    case 'margin100':
      return lengthValue(value, facts, tone);
    case 'native':
      return number(value, nativeDecimals, tone);
    case 'nEff':
      return number(value, 1, tone);
    case 'n':
      return { kind: 'number', value, decimals: 0, bracket: grey, tone };
  }
}

/** A difference as a signed value, coloured when significant, grey when the dealer's base is. */
export function differenceValue(difference: Difference, facts: Shown, grey: boolean): ReportValue {
  if (difference.kind === 'absent') return missing(reasonText(facts.language, difference.reason));
  const tones = { higher: 'better', lower: 'worse', none: grey ? 'muted' : 'plain' } as const;
  return pointsValue(difference.points100, facts, tones[difference.significance]);
}

/** Half the interval of a difference; missing where there is no test. */
export function differenceMargin(difference: Difference, facts: Shown): ReportValue {
  if (difference.kind === 'absent') return missing(reasonText(facts.language, difference.reason));
  if (difference.margin100 === undefined) return missing(say(facts.language, 'absentTest'));
  return lengthValue(difference.margin100, facts);
}

/** Whether a cell is of the grey tier (10-29 by the shipped limits); false for one that is absent. */
export function isGrey(cell: Cell, limits: TierRules): boolean {
  return cell.kind === 'score' && tierOf(cell.nEff, limits) === 'grey';
}
