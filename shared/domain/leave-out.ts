/**
 * Rules for rows and columns that are no data: totals, subtotals, changes against another wave. A rule is a word in
 * which `*` stands for any text; capitals, full-width forms and blanks beside Chinese characters do not matter.
 */

const TOTALS = [
  '*合计',
  '*小计',
  '*总计',
  '*汇总',
  'total',
  '* total',
  'subtotal',
  '* subtotal',
  'sub-total',
] as const;

/** The usual rules for rows, compared with the cells that name a row. */
export const LEFT_ROWS: readonly string[] = TOTALS;

/** The usual rules for columns, compared with the header and with each of its levels. */
export const LEFT_COLUMNS: readonly string[] = [
  ...TOTALS,
  '*环比*',
  '*同比*',
  '*较上期*',
  '*较上季*',
  '*较上年*',
  '*较去年*',
  '*增减*',
  '*涨跌*',
  '*差值*',
  '*变化',
  '*变化率*',
  '*变化值*',
  '*变化量*',
  '*变化幅度*',
  'δ*',
  '* δ*',
  '*yoy*',
  '*qoq*',
  '* vs *',
  '* vs. *',
  'change',
  '* change',
  'change *',
  'delta',
  '* delta',
  'diff',
  '* diff',
  'difference',
  '* difference',
];

/** Rules ready for use: what stands between their stars. */
export type LeaveOutRules = readonly { rule: string; parts: readonly string[] }[];

/** Rules ready for use. Example: `matchingRule('华东小计', leaveOutRules(['*小计']))` is `'*小计'`. */
export function leaveOutRules(rules: readonly string[]): LeaveOutRules {
  return rules
    .map((rule) => ({ rule, parts: tidy(rule).split('*') }))
    .filter(({ parts }) => parts.some((part) => part !== ''));
}

/**
 * The first rule that a text falls under, `undefined` for none and for an empty text. A text longer than 200
 * characters is prose and falls under none. Example: `合　计` falls under `*合计`, `Total Motors` under none of the usual.
 */
export function matchingRule(text: string, rules: LeaveOutRules): string | undefined {
  if (rules.length === 0 || text.length > 200) return undefined;
  const key = tidy(text);
  return key === '' ? undefined : rules.find(({ parts }) => fits(key, parts))?.rule;
}

/**
 * The rule that a column falls under by its whole header or by one of its levels, which stand as `upper / lower`.
 * Example: `2016Q2 / 环比` falls under `*环比*`.
 */
export function columnRule(header: string, rules: LeaveOutRules): string | undefined {
  return [header, ...header.split(' / ')].map((part) => matchingRule(part, rules)).find((rule) => rule);
}

/** Whether the parts stand in this order, the first at the beginning and the last at the end. */
function fits(key: string, parts: readonly string[]): boolean {
  const [first = '', ...others] = parts;
  const last = others.pop();
  if (last === undefined) return key === first;
  if (!key.startsWith(first) || key.length < first.length + last.length || !key.endsWith(last)) return false;
  let at = first.length;
  for (const part of others) {
    const found = key.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return at <= key.length - last.length;
}

function tidy(text: string): string {
  return text
    .normalize('NFKC')
    .replaceAll(/[\u00ad\u200b-\u200f\u2060-\u2064\ufeff]/g, '')
    .replaceAll(/[△∆Δ]/g, 'δ')
    .toLowerCase()
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/ ?(\p{Script=Han}) ?/gu, '$1')
    .trim();
}
