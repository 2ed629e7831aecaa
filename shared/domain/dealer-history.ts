import { type Quarter, quarterOfMonth } from './quarter.ts';

/** A city that a dealer stood in until a day; that day itself belongs to the next city. Dates are `2025-03-20`. */
export interface FormerStay {
  until: string;
  cityId: number;
}

/** Where a dealer stands and stood. `stays` are the former cities, oldest first; `mergedInto` took it over on a day. */
export interface DealerHistory {
  id: number;
  cityId: number;
  stays: readonly FormerStay[];
  mergedInto?: { id: number; from: string } | undefined;
}

/**
 * The first quarter that counts for what holds from a day on: a quarter belongs to whatever held on its middle day
 * (the 15th of its second month), so that most of its answers stand where they were given.
 * Example: `firstQuarterFrom('2025-02-15')` is 2025Q1, `firstQuarterFrom('2025-02-16')` is 2025Q2.
 */
export function firstQuarterFrom(date: string): Quarter {
  const year = Number(date.slice(0, 4));
  const month = Number(date.slice(5, 7));
  const quarter = quarterOfMonth(year, month);
  const middle = `${date.slice(0, 4)}-${String((quarter % 4) * 3 + 2).padStart(2, '0')}-15`;
  return date <= middle ? quarter : quarter + 1;
}

/** The city of a dealer on a day. Example: with a stay in 1 until 2025-01-01 and now in 2, 2024-12-31 gives 1. */
export function cityOn({ stays, cityId }: DealerHistory, date: string): number {
  return stays.find(({ until }) => date < until)?.cityId ?? cityId;
}

/** What held before a quarter; the last entry holds from then on and has `before` Infinity. */
export interface Span<T> {
  before: number;
  value: T;
}

/** The spans of a dealer's cities, in quarters, oldest first; stays that end within one quarter leave no span. */
export function citySpans({ stays, cityId }: DealerHistory): Span<number>[] {
  return joinEqual([
    ...stays.map((stay) => ({ before: firstQuarterFrom(stay.until), value: stay.cityId })),
    { before: Infinity, value: cityId },
  ]);
}

/** Leaves out spans without a quarter of their own and joins neighbours that say the same. */
export function joinEqual<T>(spans: readonly Span<T>[]): Span<T>[] {
  const joined: Span<T>[] = [];
  for (const span of spans) {
    const last = joined.at(-1);
    if (last && span.before <= last.before) continue;
    if (last && last.value === span.value) last.before = span.before;
    else joined.push({ ...span });
  }
  return joined;
}
