/** Turns cells and differences of the facts into the values that sections hold. */
import type { Language } from '../domain/language.ts';
import { type TierRules, tierOf } from '../domain/precision.ts';
import type { AbsentReason, Cell, Difference } from './dealer-facts.ts';

import type { ReportValue, Tone } from './document.ts';
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

/** A missing value with its reason. */
export function missing(reason: string): ReportValue {
  return { kind: 'absent', reason };
}

/** A number printed with fixed decimals. Example: `number(78.24, 1)` prints `78.2`. */
export function number(value: number, decimals: number, tone: Tone = 'plain'): ReportValue {
  return { kind: 'number', value, decimals, tone };
}

/** A field of a cell as a value: grey when the base is; missing (with the reason) when the cell is or the field is null. */
export function cellValue(
  cell: Cell,
  field: 'native' | 'score100' | 'margin100' | 'n',
  decimals: number,
  limits: TierRules,
  language: Language,
): ReportValue {
  if (cell.kind === 'absent') return missing(reasonText(language, cell.reason));
  const value = cell[field];
  if (value === null) return missing(reasonText(language, 'no-data'));
  const grey = tierOf(cell.nEff, limits) === 'grey';
  return { kind: 'number', value, decimals, bracket: grey && field === 'n', tone: grey ? 'muted' : 'plain' };
}

/** A difference as a signed value, coloured when significant, grey when the dealer's base is. */
export function differenceValue(difference: Difference, language: Language, grey: boolean): ReportValue {
  if (difference.kind === 'absent') return missing(reasonText(language, difference.reason));
  const tones = { higher: 'better', lower: 'worse', none: grey ? 'muted' : 'plain' } as const;
  return {
    kind: 'number',
    value: difference.points100,
    decimals: 1,
    signed: true,
    tone: tones[difference.significance],
  };
}

/** Whether a cell is of the grey tier. */
export function isGrey(cell: Cell, limits: TierRules): boolean {
  return cell.kind === 'score' && tierOf(cell.nEff, limits) === 'grey';
}
