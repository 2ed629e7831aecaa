import type { ReportValue } from './document.ts';

/** What stands for a missing figure, in both languages. */
export const DASH = '—';

const MINUS = '\u2212';

/**
 * A number with fixed decimals and a true minus sign; `signed` adds `+` to positives. A value that rounds to zero has
 * no sign. NaN and infinities give the dash. Example: `formatNumber(-1.25, 1, true)` is `'−1.3'`.
 */
export function formatNumber(value: number, decimals: number, signed = false): string {
  if (!Number.isFinite(value)) return DASH;
  const scale = 10 ** decimals;
  const rounded = Math.round(Math.abs(value) * scale + 1e-9) / scale;
  const digits = rounded.toFixed(decimals);
  if (rounded === 0) return digits;
  if (value < 0) return MINUS + digits;
  return signed ? `+${digits}` : digits;
}

/** A value as printed. Example: a number 14 with `bracket` is `'(14)'`; an interval is `'71.0 – 80.2'`. */
export function formatValue(value: ReportValue): string {
  switch (value.kind) {
    case 'number': {
      const text = (value.prefix ?? '') + formatNumber(value.value, value.decimals, value.signed);
      return value.bracket ? `(${text})` : text;
    }
    case 'interval':
      return `${formatNumber(value.lo, value.decimals)} – ${formatNumber(value.hi, value.decimals)}`;
    case 'text':
      return value.text;
    case 'absent':
      return DASH;
  }
}

const WIDTHS: readonly [RegExp, number][] = [
  [/[ijlftIr.,:;'|!()[\] -]/, 0.33],
  [/[mwMW@%&]/, 0.86],
  [/[A-Z]/, 0.63],
];

/** The rough width of a text in em: 1 for Chinese and full-width characters, 0.33-0.86 for others, 0 for ''. */
export function emWidth(text: string): number {
  let width = 0;
  for (const ch of text) {
    const wide = ch.codePointAt(0)! >= 0x2000;
    width += wide ? 1 : (WIDTHS.find(([pattern]) => pattern.test(ch))?.[1] ?? 0.56);
  }
  return width;
}

/**
 * The text cut to a width in em, with an ellipsis when something was cut; control characters and line ends become
 * blanks. Example: `fitText('ABCDEFGH', 3)` is `'ABC…'`.
 */
export function fitText(text: string, maxEm: number): string {
  const flat = plainLine(text);
  if (emWidth(flat) <= maxEm) return flat;
  let out = '';
  let width = 1;
  for (const ch of flat) {
    width += emWidth(ch);
    if (width > maxEm) break;
    out += ch;
  }
  return `${out.trimEnd()}…`;
}

/** The text on one line: control characters, line ends and lone surrogates become blanks, ends are trimmed. */
export function plainLine(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\ufffd]+/gu, ' ')
    .trim();
}
