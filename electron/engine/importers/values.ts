// Strict reading of one cell: a number, an identifier, a score, a weight, a name. One written rule each; what does
// not fit the rule is bad with a code, never guessed.
import type { IssueCode } from '../../../shared/domain/import-issue.ts';
import { issueValue } from '../../../shared/domain/import-issue.ts';
import type { RawCell } from './table.ts';

/** `blank` is an empty cell or one of spaces; `bad` carries the code and the value as an issue shows it. */
export type Parsed<T> =
  | { kind: 'value'; value: T }
  | { kind: 'blank' }
  | { kind: 'bad'; code: IssueCode; value: string };

export interface NumberRule {
  /** Units that may follow the number (`分`, `万元`, `%`); the number stays in that unit. */
  units?: readonly string[];
  /** `,` for tables that separate fields by semicolons. */
  decimal?: '.' | ',';
}

export function bad(code: IssueCode, cell: RawCell): { kind: 'bad'; code: IssueCode; value: string } {
  return { kind: 'bad', code, value: issueValue(cellText(cell)) };
}

/** The cell as text, numbers without exponent where that is exact. */
export function cellText(cell: RawCell): string {
  if (cell === null) return '';
  return typeof cell === 'object' ? cell.iso : String(cell);
}

/** Words of visible ASCII or common Chinese characters, one blank between: nothing to change in most cells. */
const PLAIN_ALREADY = /^([\x21-\x7e\u4e00-\u9fff]+( [\x21-\x7e\u4e00-\u9fff]+)*)?$/;

/**
 * NFKC (full-width digits and letters become plain ones), no zero-width or control characters, any run of white
 * space one blank, trimmed.
 */
export function plainText(text: string): string {
  if (PLAIN_ALREADY.test(text)) return text;
  return text
    .normalize('NFKC')
    .replaceAll(/[\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff]/g, '')
    .replaceAll(/[\s\p{Cc}]+/gu, ' ')
    .trim();
}

const GROUPED_POINT = /^[+-]?[1-9]\d{0,2}(,\d{3})+(\.\d+)?$/;
/** One group alone (`8.125`) would be a decimal point that nobody expected: it needs a decimal comma or a second group. */
const GROUPED_COMMA = /^[+-]?[1-9]\d{0,2}(([. ]\d{3})+,\d+|([. ]\d{3}){2,})$/;
const PLAIN_POINT = /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i;
const PLAIN_COMMA = /^[+-]?(\d+(,\d*)?|,\d+)(e[+-]?\d+)?$/i;
const NOT_FINITE = /^[+-]?(nan|inf|infinity|∞|1\.#(inf|ind|qnan))$/i;
const EXCEL_ERROR = /^#(N\/A|DIV\/0!|VALUE!|REF!|NAME\?|NUM!|NULL!|SPILL!|CALC!)$/i;

/**
 * A number is digits with an optional sign, decimal mark, groups of three and exponent, then optionally one of the
 * rule's units. Full-width forms count as plain ones. Examples: `８．５` is 8.5; `8.5分` is 8.5 if `分` is a unit
 * and bad otherwise; `1,234.5` is 1234.5; with a decimal comma `8,5` is 8.5; `1e309`, `NaN` are bad.
 */
export function parseNumber(cell: RawCell, rule: NumberRule = {}): Parsed<number> {
  if (cell === null) return { kind: 'blank' };
  if (typeof cell === 'number')
    return Number.isFinite(cell) ? { kind: 'value', value: cell } : bad('number-not-finite', cell);
  if (typeof cell !== 'string') return bad('number-unreadable', cell);
  const text = plainText(cell).replace(/^\u2212/, '-');
  if (text === '') return { kind: 'blank' };
  if (EXCEL_ERROR.test(text)) return bad('error-cell', cell);
  if (NOT_FINITE.test(text)) return bad('number-not-finite', cell);
  const unit = rule.units?.map(plainText).find((name) => name !== '' && text.endsWith(name));
  const bare = unit === undefined ? text : text.slice(0, -unit.length).trimEnd();
  const digits = canonicalDigits(bare, rule.decimal ?? '.');
  if (digits === undefined)
    return bad(/^[+-]?\d[\d.,]*\s*[^\d.,\s]+$/.test(bare) ? 'number-unit' : 'number-unreadable', cell);
  const value = Number(digits);
  return Number.isFinite(value) ? { kind: 'value', value } : bad('number-not-finite', cell);
}

function canonicalDigits(text: string, decimal: '.' | ','): string | undefined {
  if (decimal === '.') {
    if (PLAIN_POINT.test(text)) return text;
    return GROUPED_POINT.test(text) ? text.replaceAll(',', '') : undefined;
  }
  if (PLAIN_COMMA.test(text)) return text.replace(',', '.');
  return GROUPED_COMMA.test(text) ? text.replaceAll(/[. ]/g, '').replace(',', '.') : undefined;
}

export interface ScoreRule extends NumberRule {
  min: number;
  max: number;
}

/** A number inside the closed scale. Missing codes must have been taken out before. */
export function parseScore(cell: RawCell, rule: ScoreRule): Parsed<number> {
  const parsed = parseNumber(cell, rule);
  if (parsed.kind !== 'value' || (parsed.value >= rule.min && parsed.value <= rule.max)) return parsed;
  return bad('score-out-of-scale', cell);
}

/** A weight is a number above zero; a blank one is bad too, for a respondent without weight has no base. */
export function parseWeight(cell: RawCell, rule: NumberRule = {}): Parsed<number> {
  const parsed = parseNumber(cell, rule);
  if (parsed.kind === 'blank') return bad('value-required', cell);
  if (parsed.kind === 'value' && parsed.value <= 0) return bad('weight-not-positive', cell);
  return parsed;
}

/** Excel keeps 15 digits of a number: beyond them an identifier is no longer the one that was typed. */
const EXACT_DIGITS = 1e15;

/**
 * Identifiers are text: leading zeros and 17 or more digits stay as they are. Bad are text that a spreadsheet turned
 * into `1.38E+10` and stored numbers of more than 15 digits. Example: `parseId(1001)` is `'1001'`.
 */
export function parseId(cell: RawCell): Parsed<string> {
  if (cell === null) return { kind: 'blank' };
  if (typeof cell === 'number')
    return Math.abs(cell) < EXACT_DIGITS ? { kind: 'value', value: String(cell) } : bad('id-imprecise', cell);
  const text = plainText(cellText(cell));
  if (text === '') return { kind: 'blank' };
  if (/^[+-]?\d+([.,]\d+)?E[+-]?\d+$/i.test(text) && /E\+|\./i.test(text)) return bad('id-scientific', cell);
  return { kind: 'value', value: text };
}

/**
 * True if the cell is one of the codes that stand for no answer. Numbers are compared as numbers (`98`, `98.0` and
 * the number 98 are the same), anything else as plain text without case.
 */
export function isMissingCode(cell: RawCell, codes: readonly (string | number)[]): boolean {
  if (cell === null || codes.length === 0) return false;
  const text = plainText(cellText(cell)).toLowerCase();
  const number = PLAIN_POINT.test(text) ? Number(text) : Number.NaN;
  return codes.some((code) => {
    const wanted = plainText(String(code)).toLowerCase();
    return wanted === text || (PLAIN_POINT.test(wanted) && Number(wanted) === number);
  });
}
