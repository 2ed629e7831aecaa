// The dealer together with the quarter, for places that depend on both.
import type { NumberVector } from './answer-vector.ts';

/** A variable that every chunk has; `dealerQuarter` reads its values. Rows without either have no value. */
export const DEALER_QUARTER = 'dealer and quarter';

/** What a value of that variable stands for. */
export function dealerQuarter(value: number): { dealer: number; quarter: number } {
  return { dealer: Math.floor(value / 0x10000), quarter: value % 0x10000 };
}

/** Row by row, in one vector. */
export function dealersByQuarter(dealers: NumberVector, quarters: NumberVector): NumberVector {
  const width = quarters.values.length + 1;
  const codeOf = new Uint16Array((dealers.values.length + 1) * width);
  const codes = new Uint16Array(dealers.codes.length);
  const values: number[] = [];
  let missing = 0;
  for (let i = 0; i < codes.length; i++) {
    const [d, q] = [dealers.codes[i]!, quarters.codes[i]!];
    if (d === 0 || q === 0) {
      missing++;
      continue;
    }
    const at = d * width + q;
    if (codeOf[at] === 0) {
      values.push(dealers.values[d - 1]! * 0x10000 + quarters.values[q - 1]!);
      codeOf[at] = values.length;
    }
    codes[i] = codeOf[at]!;
  }
  return { kind: 'numbers', codes, values, missing };
}
