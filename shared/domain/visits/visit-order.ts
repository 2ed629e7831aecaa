/** Visits as columns of one length. Months are `year * 12 + month - 1`; the rest are positions in lists of the caller. */
export interface VisitColumns {
  customers: Uint32Array;
  months: Int32Array;
  dealers: Uint32Array;
  advisers: Uint32Array;
}

/** Visits as they come in, one value a visit; days are counted from 1970-01-01. */
export interface VisitRows {
  customers: Uint32Array;
  days: Int32Array;
  dealers: Uint32Array;
  advisers: Uint32Array;
}

/** The month of a day counted from 1970-01-01. Example: `monthOfDay(31)` is February 1970, 23641. */
export function monthOfDay(day: number): number {
  const date = new Date(day * 86_400_000);
  return date.getUTCFullYear() * 12 + date.getUTCMonth();
}

/**
 * The visits by customer, each customer's in time. Rows of one customer on one day are one visit, the first of them; so
 * the last visit is the last one by its day, in whatever order the file has them. The argument is not changed. Linear
 * in the rows and the span of days. Example: two rows of customer 0 on one day and one of the next day are two visits.
 */
export function sortVisits(rows: VisitRows, customers: number): VisitColumns {
  const order = countingOrder(rows.customers, countingOrder(rows.days), customers);
  let kept = 0;
  for (let i = 0; i < order.length; i++) {
    const row = order[i]!;
    const before = order[kept - 1];
    const again =
      kept > 0 && rows.customers[before!] === rows.customers[row] && rows.days[before!] === rows.days[row];
    if (!again) order[kept++] = row;
  }
  const visits: VisitColumns = {
    customers: new Uint32Array(kept),
    months: new Int32Array(kept),
    dealers: new Uint32Array(kept),
    advisers: new Uint32Array(kept),
  };
  const months = new Map<number, number>();
  const monthOf = (day: number) => {
    const known = months.get(day);
    if (known !== undefined) return known;
    const month = monthOfDay(day);
    months.set(day, month);
    return month;
  };
  for (let i = 0; i < kept; i++) {
    const row = order[i]!;
    visits.customers[i] = rows.customers[row]!;
    visits.months[i] = monthOf(rows.days[row]!);
    visits.dealers[i] = rows.dealers[row]!;
    visits.advisers[i] = rows.advisers[row]!;
  }
  return visits;
}

/** Positions by rising key, equal keys in the order given. */
function countingOrder(keys: Int32Array | Uint32Array, order?: Uint32Array, size?: number): Uint32Array {
  let low = size === undefined ? Infinity : 0;
  let high = size === undefined ? -Infinity : size - 1;
  if (size === undefined)
    for (const key of keys) {
      low = Math.min(low, key);
      high = Math.max(high, key);
    }
  const starts = new Uint32Array(keys.length === 0 ? 1 : high - low + 2);
  for (const key of keys) starts[key - low + 1]! += 1;
  for (let i = 1; i < starts.length; i++) starts[i]! += starts[i - 1]!;
  const placed = new Uint32Array(keys.length);
  for (let i = 0; i < keys.length; i++) {
    const at = order ? order[i]! : i;
    placed[starts[keys[at]! - low]!++] = at;
  }
  return placed;
}
