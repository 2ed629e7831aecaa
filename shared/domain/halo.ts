/**
 * The mean correlation between two answers of one respondent, over all pairs of items that at least thirty
 * respondents answered both: the halo that makes the error of an index larger than that of independent items.
 * Negative means count as 0. `null` where no pair can tell. Rows hold one answer an item on any common scale.
 * Example: rows (1, 1), (2, 2), … give 1.
 */
export function meanInterItemCorrelation(rows: readonly (readonly (number | null)[])[]): number | null {
  const width = rows[0]?.length ?? 0;
  let sum = 0;
  let pairs = 0;
  for (let a = 0; a < width; a++)
    for (let b = a + 1; b < width; b++) {
      const r = correlation(rows, a, b);
      if (r === null) continue;
      sum += r;
      pairs++;
    }
  return pairs === 0 ? null : Math.max(0, sum / pairs);
}

const LEAST_PAIRS = 30;

function correlation(rows: readonly (readonly (number | null)[])[], a: number, b: number): number | null {
  let n = 0;
  let sx = 0;
  let sy = 0;
  let sxx = 0;
  let syy = 0;
  let sxy = 0;
  for (const row of rows) {
    const x = row[a];
    const y = row[b];
    if (x === null || x === undefined || y === null || y === undefined) continue;
    n++;
    sx += x;
    sy += y;
    sxx += x * x;
    syy += y * y;
    sxy += x * y;
  }
  if (n < LEAST_PAIRS) return null;
  const vx = sxx - (sx * sx) / n;
  const vy = syy - (sy * sy) / n;
  return vx > 1e-9 && vy > 1e-9 ? (sxy - (sx * sy) / n) / Math.sqrt(vx * vy) : null;
}
