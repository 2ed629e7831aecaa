/**
 * Factors a symmetric positive definite matrix A = L L' in place and carries `border` further rows through the same
 * elimination, which is forward substitution: a border row b becomes b L'^-1, so the dot product of two finished
 * border rows b and c is b A^-1 c'. Only the lower triangle is read.
 *
 * `rows` holds `size` rows of the matrix and then the border rows, each `stride` numbers apart.
 * Returns log |A|, or NaN when A is not positive definite (the contents are then undefined). `size` 0 gives 0.
 * Example: rows = [4, 0, 2, 5, 1, 1], size 2, border 1, stride 2 leaves [2, 0, 1, 2, .5, .25] and returns log 16.
 */
export function factorBordered(rows: Float64Array, size: number, border: number, stride: number): number {
  if (size > inverses.length) inverses = new Float64Array(size);
  let product = 1;
  let logDeterminant = 0;
  for (let i = 0; i < size; i += 1) {
    const ri = i * stride;
    // Rows go through the elimination in pairs; the second of a pair needs only the first besides.
    if (i % 2 === 1) substituteAt(rows, ri, i - 1, (i - 1) * stride);
    else if (i + 1 < size) substitutePair(rows, ri, ri + stride, i, stride);
    else substituteRow(rows, ri, i, stride);
    let pivot = rows[ri + i]!;
    for (let k = 0; k < i; k += 1) pivot -= rows[ri + k]! * rows[ri + k]!;
    if (!(pivot > 0)) return Number.NaN;
    const root = Math.sqrt(pivot);
    rows[ri + i] = root;
    inverses[i] = 1 / root;
    product *= pivot;
    if (product < 1e-200 || product > 1e200) {
      logDeterminant += Math.log(product);
      product = 1;
    }
  }
  substituteBorder(rows, size, border, stride);
  return logDeterminant + Math.log(product);
}

let inverses = new Float64Array(32);

/** Forward substitution of the border rows. */
function substituteBorder(rows: Float64Array, size: number, border: number, stride: number): void {
  let b = 0;
  for (; b + 1 < border; b += 2)
    substitutePair(rows, (size + b) * stride, (size + b + 1) * stride, size, stride);
  if (b < border) substituteRow(rows, (size + b) * stride, size, stride);
}

function substituteRow(rows: Float64Array, from: number, length: number, stride: number): void {
  for (let j = 0; j < length; j += 1) substituteAt(rows, from, j, j * stride);
}

/** The forward substitution's j-th step of one row; two sums, since they do not wait for each other. */
function substituteAt(rows: Float64Array, from: number, j: number, rj: number): void {
  let even = rows[from + j]!;
  let odd = 0;
  let k = 0;
  for (; k + 1 < j; k += 2) {
    even -= rows[from + k]! * rows[rj + k]!;
    odd += rows[from + k + 1]! * rows[rj + k + 1]!;
  }
  if (k < j) even -= rows[from + k]! * rows[rj + k]!;
  rows[from + j] = (even - odd) * inverses[j]!;
}

/** Forward substitution of two rows at once against the `length` finished rows above: each of those is read once. */
function substitutePair(rows: Float64Array, a: number, b: number, length: number, stride: number): void {
  for (let j = 0; j < length; j += 1) {
    const rj = j * stride;
    let evenA = rows[a + j]!;
    let evenB = rows[b + j]!;
    let oddA = 0;
    let oddB = 0;
    let k = 0;
    for (; k + 1 < j; k += 2) {
      const first = rows[rj + k]!;
      const second = rows[rj + k + 1]!;
      evenA -= rows[a + k]! * first;
      evenB -= rows[b + k]! * first;
      oddA += rows[a + k + 1]! * second;
      oddB += rows[b + k + 1]! * second;
    }
    if (k < j) {
      const last = rows[rj + k]!;
      evenA -= rows[a + k]! * last;
      evenB -= rows[b + k]! * last;
    }
    rows[a + j] = (evenA - oddA) * inverses[j]!;
    rows[b + j] = (evenB - oddB) * inverses[j]!;
  }
}

/**
 * Solves L' x = b for the factor left by `factorBordered`, in place in `b` (length at least `size`): with b a finished
 * border row this gives A^-1 times the original row.
 */
export function backSubstitute(rows: Float64Array, size: number, stride: number, b: Float64Array): void {
  for (let i = size - 1; i >= 0; i -= 1) {
    let sum = b[i]!;
    for (let k = i + 1; k < size; k += 1) sum -= rows[k * stride + i]! * b[k]!;
    b[i] = sum / rows[i * stride + i]!;
  }
}

/**
 * Solves L x = b for the factor left by `factorBordered`, in place in `b` (length at least `size`): b . b is then
 * b A^-1 b'. Example: with the factor of [4, 2; 2, 5], b = [1, 1] becomes [.5, .25].
 */
export function forwardSubstitute(rows: Float64Array, size: number, stride: number, b: Float64Array): void {
  for (let i = 0; i < size; i += 1) {
    const at = i * stride;
    let sum = b[i]!;
    for (let k = 0; k < i; k += 1) sum -= rows[at + k]! * b[k]!;
    b[i] = sum / rows[at + i]!;
  }
}
