/**
 * Solves A x = b by Gaussian elimination with partial pivoting. A is given row by row and is overwritten, as is b.
 * Columns that depend on earlier ones (pivot below `1e-13` of the largest entry) get x = 0, so that a consistent
 * system of dependent equations still has its answer. Throws unless A is square and fits b.
 * Example: `solveSquare([[2, 1], [1, 3]], [3, 5])` is `[0.8, 1.4]`.
 */
export function solveSquare(a: Float64Array[] | number[][], b: Float64Array | number[]): Float64Array {
  const n = b.length;
  if (a.length !== n || a.some((row) => row.length !== n))
    throw new RangeError(`solveSquare: ${a.length} rows for ${n} values`);
  let scale = 0;
  for (const row of a) for (const value of row) scale = Math.max(scale, Math.abs(value));
  const pivotRow = new Int32Array(n).fill(-1);
  let next = 0;
  for (let column = 0; column < n; column++) {
    let best = next;
    for (let r = next + 1; r < n; r++) if (Math.abs(a[r]![column]!) > Math.abs(a[best]![column]!)) best = r;
    if (next >= n || Math.abs(a[best]![column]!) <= 1e-13 * scale) continue;
    [a[next], a[best]] = [a[best]!, a[next]!];
    [b[next], b[best]] = [b[best]!, b[next]!];
    const pivot = a[next]!;
    for (let r = next + 1; r < n; r++) {
      const row = a[r]!;
      const factor = row[column]! / pivot[column]!;
      if (factor === 0) continue;
      for (let j = column; j < n; j++) row[j]! -= factor * pivot[j]!;
      b[r]! -= factor * b[next]!;
    }
    pivotRow[column] = next++;
  }
  const x = new Float64Array(n);
  for (let column = n - 1; column >= 0; column--) {
    const r = pivotRow[column]!;
    if (r < 0) continue;
    let sum = b[r]!;
    for (let j = column + 1; j < n; j++) sum -= a[r]![j]! * x[j]!;
    x[column] = sum / a[r]![column]!;
  }
  return x;
}
