import { counted } from '../counted.ts';
import type { Bilingual } from '../language.ts';
import type { LapseRules, LapseState, VisitClass } from './lapse.ts';

/** The names of the states. Example: `LAPSE_WORDS.marginal.zh` is `'边缘'`. */
export const LAPSE_WORDS: Readonly<Record<LapseState, Bilingual>> = {
  active: { zh: '活跃', en: 'Active' },
  marginal: { zh: '边缘', en: 'Marginal' },
  lost: { zh: '流失', en: 'Lost' },
  permanent: { zh: '永久流失', en: 'Permanently lost' },
};

/** The name and the meaning of the loss rate, see `lossRate`. */
export const LOSS_RATE_WORDS: Readonly<Record<'name' | 'meaning', Bilingual>> = {
  name: { zh: '流失率', en: 'Loss rate' },
  meaning: {
    zh: '边缘客户 ÷（活跃＋边缘客户）；边缘客户数即当月流失数，客户回店后不再计入',
    en: 'marginal ÷ (active + marginal customers); marginal customers are the loss figure of the month and leave it when they return',
  },
};

/** The name of a class. Example: `visitClassName('A').zh` is `'A 类'`. */
export function visitClassName(letter: VisitClass): Bilingual {
  return { zh: `${letter} 类`, en: `Class ${letter}` };
}

/**
 * What a state means under given rules, in whole calendar months since the last visit.
 * Example: with the usual rules `lapseMeaning('marginal', rules).zh` is `'上次进店在 7–12 个月前'`.
 */
export function lapseMeaning(state: LapseState, rules: LapseRules): Bilingual {
  const { marginalAfter, lostAfter, permanentAfter } = rules;
  if (state === 'active')
    return {
      zh: `最近 ${marginalAfter} 个月内进过店`,
      en: `a visit in the last ${months(marginalAfter)}`,
    };
  if (state === 'marginal') return between(marginalAfter + 1, lostAfter);
  if (state === 'lost') return between(lostAfter + 1, permanentAfter);
  return {
    zh: `上次进店超过 ${permanentAfter} 个月；留档，不计入在管客户`,
    en: `no visit for more than ${months(permanentAfter)}; kept on file, out of the managed base`,
  };
}

/** What a class means under given rules. Example: with the usual rules class B is 2 to 3 visits in 12 months. */
export function classMeaning(letter: VisitClass, { classA, classB }: LapseRules): Bilingual {
  if (letter === 'A') return inYear(`${classA} 次及以上`, `${classA} visits or more`);
  if (letter === 'B') {
    const few = classB === classA - 1 ? `${classB}` : `${classB}–${classA - 1}`;
    return inYear(`${few} 次`, `${few} visits`);
  }
  if (letter === 'D') return { zh: '近 12 个月没有进店', en: 'no visit in 12 months' };
  return classB === 2 ? inYear('1 次', '1 visit') : inYear(`1–${classB - 1} 次`, `1–${classB - 1} visits`);
}

function inYear(zh: string, en: string): Bilingual {
  return { zh: `近 12 个月 ${zh}`, en: `${en} in 12 months` };
}

function between(first: number, last: number): Bilingual {
  if (first > last) return { zh: '按现行规则没有这一档', en: 'nobody under these rules' };
  const span = first === last ? `${first}` : `${first}–${last}`;
  return { zh: `上次进店在 ${span} 个月前`, en: `last visit ${counted(span, 'month')} ago` };
}

function months(count: number): string {
  return count === 1 ? 'month' : `${count} months`;
}
