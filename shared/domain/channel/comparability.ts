import type { Channel } from '../study-mapping.ts';

/** How alike two channels are in one respect. */
export const LIKENESSES = ['same', 'similar', 'different'] as const;

/** One step of likeness. */
export type Likeness = (typeof LIKENESSES)[number];

/** What decides whether two channels may be compared: the scale, who is asked, what is asked. */
export interface Comparability {
  scale: Likeness;
  population: Likeness;
  question: Likeness;
}

/** A: compare levels. B: compare levels with care. C: compare direction and rank only. D: not comparable. */
export type ComparabilityGrade = 'A' | 'B' | 'C' | 'D';

/**
 * The grade that likeness allows: different questions measure different things (D); different people may differ in
 * level whatever the scale (C); otherwise A with nothing unlike, B with one respect, C with more.
 * Example: another scale, else all the same, is B.
 */
export function gradeOf({ scale, population, question }: Comparability): ComparabilityGrade {
  if (question === 'different') return 'D';
  if (population === 'different') return 'C';
  const unlike = [scale, population, question].filter((one) => one !== 'same').length;
  return unlike === 0 ? 'A' : unlike === 1 ? 'B' : 'C';
}

/** How two channels measure one indicator. */
export interface SharedQuestion {
  sameScale: boolean;
  /** The wording, as the questionnaires print it. */
  sameWording: boolean;
}

/** Channels whose respondents are service customers of the brand. */
const CUSTOMERS: readonly Channel[] = ['third-party', 'in-house'];

/**
 * What the data themselves suggest until somebody declares otherwise: scales and wordings as the questionnaires have
 * them; two samples of present customers are similar populations, and lost ones differ from those. No shared question
 * is a different one. Example: third-party and in-house with equal wordings on 1-10 and 1-5: another scale, a similar population, the same question.
 */
export function suggestComparability(
  first: Channel,
  second: Channel,
  shared: readonly SharedQuestion[],
): Comparability {
  const both = CUSTOMERS.includes(first) && CUSTOMERS.includes(second);
  const population = first === second ? 'same' : both ? 'similar' : 'different';
  if (shared.length === 0) return { scale: 'different', population, question: 'different' };
  return {
    scale: shared.every(({ sameScale }) => sameScale) ? 'same' : 'different',
    population,
    question: shared.every(({ sameWording }) => sameWording) ? 'same' : 'similar',
  };
}
