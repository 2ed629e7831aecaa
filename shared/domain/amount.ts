/** An amount in its plain unit: `22.00万元` is 220,000 元. */
export interface Amount {
  value: number;
  /** What it is an amount of; '' where the text names no unit. */
  unit: Unit | '';
  /** True where the text is a number alone, so that its unit and multiple are those of its column. */
  bare: boolean;
}

/** What amounts are of, in plain units. */
export type Unit = '元' | '公里' | '岁' | '年' | '个月' | '天' | '次' | '%';

const UNIT_WORDS: readonly [unit: Unit, words: string][] = [
  ['元', '元人民币|人民币|元|块钱|块|圆|yuan|rmb|cny|¥'],
  ['公里', '公里|千米|km|kms|kilomet(?:er|re)s?'],
  ['岁', '周岁|岁|years? old'],
  ['个月', '个月|月|months?'],
  ['年', '年|years?'],
  ['天', '天|日|days?'],
  ['次', '次|回|times?'],
  ['%', '%|percent'],
];
const MULTIPLES: Record<string, number> = { 十: 10, 百: 100, 千: 1e3, k: 1e3, 万: 1e4, w: 1e4, 亿: 1e8 };
const NUMBER = String.raw`[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?`;
const MULTIPLE = '十万|百万|千万|[十百千万亿kw]';
const UNIT = UNIT_WORDS.map(([, words]) => words).join('|');
const ABOUT = '约|大约|近|about|approx\\.?|~';
const BELOW = '以下|以内|之内|及以下|不到|不足|少于|低于|小于|under|below|less than|up to|<|≤|<=';
const ABOVE = '以上|及以上|起|多|余|超过|大于|高于|over|above|more than|at least|>|≥|>=|\\+';
const WHOLE = new RegExp(
  `^(?<before>${ABOUT}|${BELOW}|${ABOVE})?\\s*(?<sign>[¥$€])?\\s*(?<low>${NUMBER})\\s*(?<lowMultiple>${MULTIPLE})?\\s*(?<lowUnit>${UNIT})?` +
    `(?:\\s*(?:-|–|—|~|至|到|to)\\s*[¥$€]?\\s*(?<high>${NUMBER})\\s*(?<multiple>${MULTIPLE})?\\s*(?<unit>${UNIT})?)?` +
    `\\s*(?<after>左右|上下|${BELOW}|${ABOVE})?$`,
  'i',
);
const IS_BELOW = new RegExp(`^(?:${BELOW})$`, 'i');

/** Just under its limit, so that "below 10" falls into the band that ends at 10. */
const JUST_BELOW = 1 - 1e-9;

/**
 * The amount that a text names: a number with thousands separators, 万 or 千 and a unit; a range counts with its middle,
 * "below x" as just below x, "x and more" as x. Full-width forms are plain ones. `undefined` for any other text.
 * A multiple written once holds for both ends of a range (`15-20万`). Examples: `22.00万元` is 220000 元, `¥180,000` is
 * 180000 元, `15-20万` is 175000, `３５岁` is 35 岁.
 */
export function readAmount(text: string): Amount | undefined {
  const plain = text
    .normalize('NFKC')
    .replaceAll('\u2212', '-')
    .replaceAll('￥', '¥')
    .replaceAll('，', ',')
    .trim();
  if (plain.length > 60) return undefined;
  const found = WHOLE.exec(plain)?.groups;
  if (!found) return undefined;
  const numberOf = (digits: string) => Number(digits.replaceAll(',', ''));
  const own = multipleOf(found.lowMultiple);
  const last = multipleOf(found.multiple);
  const low = numberOf(found.low!) * (own ?? last ?? 1);
  const high = found.high === undefined ? low : numberOf(found.high) * (last ?? 1);
  const said = found.before ?? found.after ?? '';
  const value = ((low + high) / 2) * (IS_BELOW.test(said) ? JUST_BELOW : 1);
  if (!Number.isFinite(value) || high < low) return undefined;
  const written = unitOf(found.unit ?? found.lowUnit ?? '');
  const unit = written === '' && found.sign === '¥' ? '元' : written;
  return { value, unit, bare: unit === '' && own === undefined && last === undefined };
}

function multipleOf(word: string | undefined): number | undefined {
  if (word === undefined) return undefined;
  return [...word.toLowerCase()].reduce((product, letter) => product * (MULTIPLES[letter] ?? 1), 1);
}

/**
 * A unit as people write it, with its multiple: `万元` is 10,000 元. `undefined` for a word that is none; '' is no unit.
 * Example: `readUnit('千公里')` is `{ unit: '公里', times: 1000 }`.
 */
export function readUnit(text: string): { unit: Unit | ''; times: number } | undefined {
  const plain = text.normalize('NFKC').trim();
  if (plain === '') return { unit: '', times: 1 };
  const whole = unitOf(plain);
  if (whole !== '') return { unit: whole, times: 1 };
  const times = multipleOf(new RegExp(`^(?:${MULTIPLE})`, 'i').exec(plain)?.[0]);
  const rest = times === undefined ? plain : plain.replace(new RegExp(`^(?:${MULTIPLE})`, 'i'), '').trim();
  const unit = unitOf(rest);
  return times === undefined || (rest !== '' && unit === '') ? undefined : { unit, times };
}

function unitOf(word: string): Unit | '' {
  return UNIT_WORDS.find(([, words]) => new RegExp(`^(?:${words})$`, 'i').test(word))?.[0] ?? '';
}
