// The same respondents for every layout: skewed 1-10 answers that agree within a person, a tenth missing,
// six coded attributes, 600 dealers, 12 quarters, weights as raking gives them. Seeded, made row by row.
export const ITEMS = 30;
export const DEALERS = 600;
export const FIRST_QUARTER = 8100;
export const QUARTERS = 12;
export const ATTRIBUTE_LEVELS = [2, 5, 7, 12, 31, 40] as const;
const WEIGHT_CELLS = 280;

export interface SampleShape {
  responses: number;
  /** `waves`: rows come quarter by quarter, as imports do. `shuffled`: no order helps anybody. */
  order: 'waves' | 'shuffled';
}

/** Reused from row to row. */
export interface SampleRow {
  id: number;
  dealer: number;
  quarter: number;
  weight: number;
  answers: (number | null)[];
  /** 0 to levels - 1, one per attribute. */
  codes: number[];
}

/** Calls `visit` for each respondent of one wave. */
export function forEachRow(shape: SampleShape, wave: number, visit: (row: SampleRow) => void): void {
  const random = seeded(wave + 1);
  const from = Math.floor((shape.responses * wave) / QUARTERS);
  const to = Math.floor((shape.responses * (wave + 1)) / QUARTERS);
  const row: SampleRow = {
    id: 0,
    dealer: 0,
    quarter: 0,
    weight: 1,
    answers: Array(ITEMS).fill(null),
    codes: [],
  };
  for (let id = from; id < to; id++) {
    row.id = id;
    row.dealer = 1 + Math.floor(random() * DEALERS);
    row.quarter = FIRST_QUARTER + (shape.order === 'waves' ? wave : Math.floor(random() * QUARTERS));
    row.weight = 0.4 + Math.sqrt(1 + Math.floor(random() * WEIGHT_CELLS)) / 9;
    for (let a = 0; a < ATTRIBUTE_LEVELS.length; a++)
      row.codes[a] = Math.floor(random() * ATTRIBUTE_LEVELS[a]!);
    const person = 7 + 2.4 * (random() + random() - 1);
    for (let i = 0; i < ITEMS; i++) row.answers[i] = random() < 0.1 ? null : answer(person, random());
    visit(row);
  }
}

function answer(person: number, u: number): number {
  return Math.min(10, Math.max(1, Math.round(person + 5 * (u - 0.42))));
}

function seeded(seed: number): () => number {
  let state = Math.imul(seed, 0x9e3779b1) | 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 4294967296;
  };
}
