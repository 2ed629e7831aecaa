/** How numbers, times and sizes are written. A number that is not there is a dash. */
import type { Language } from '../shared/domain/language.ts';

export const ABSENT = '–';
const MINUS = '−';

const numbers = new Map<string, Intl.NumberFormat>();

function digits(count: number): Intl.NumberFormat {
  const key = String(count);
  let format = numbers.get(key);
  if (!format) {
    format = new Intl.NumberFormat('en-US', { minimumFractionDigits: count, maximumFractionDigits: count });
    numbers.set(key, format);
  }
  return format;
}

/** Points, shares, resources: `78.2`. Minus zero is zero. */
export function decimal(value: number | null | undefined, places = 1): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return ABSENT;
  const text = digits(places).format(value).replace('-', MINUS);
  return /[1-9]/.test(text) ? text : text.replace(MINUS, '');
}

/** A difference with its sign: `+1.2`, `−0.8`, `0.0`. */
export function signed(value: number | null | undefined, places = 1): string {
  const text = decimal(value, places);
  return text.startsWith(MINUS) || !/[1-9]/.test(text) || value === null ? text : `+${text}`;
}

/** A small quantity by its first two digits: `0.083`, `0.0031`; from 1 on with one decimal. */
export function small(value: number): string {
  if (value === 0 || !Number.isFinite(value) || Math.abs(value) >= 1) return decimal(value);
  return new Intl.NumberFormat('en-US', { minimumSignificantDigits: 2, maximumSignificantDigits: 2 })
    .format(value)
    .replace('-', MINUS);
}

export function count(value: number | null | undefined): string {
  return decimal(value, 0);
}

/** A p value: `0.031`, `<0.001`. */
export function probability(p: number): string {
  return p < 0.001 ? '<0.001' : decimal(p, 3);
}

export function bytes(value: number): string {
  const units = ['B', 'kB', 'MB', 'GB'] as const;
  const step = [1, 1e3, 1e6, 1e9] as const;
  const unit = value >= 1e9 ? 3 : value >= 1e6 ? 2 : value >= 1e3 ? 1 : 0;
  return `${decimal(value / step[unit], unit === 0 || value / step[unit] >= 100 ? 0 : 1)} ${units[unit]}`;
}

/** A moment in the user's time zone: `2026-11-21 14:05`. */
export function moment(iso: string | null): string {
  if (iso === null || iso === '') return ABSENT;
  const at = new Date(iso);
  if (Number.isNaN(at.getTime())) return iso;
  const two = (value: number) => String(value).padStart(2, '0');
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  return `${day} ${two(at.getHours())}:${two(at.getMinutes())}`;
}

/** Seconds as people say them. */
export function duration(seconds: number, language: Language): string {
  const whole = Math.ceil(seconds);
  const minutes = Math.floor(whole / 60);
  const rest = whole % 60;
  if (language === 'en') return minutes > 0 ? `${minutes} min ${rest} s` : `${rest} s`;
  return minutes > 0 ? `${minutes} 分 ${rest} 秒` : `${rest} 秒`;
}
