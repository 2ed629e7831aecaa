import type { VisitColumns } from './visit-order.ts';

/**
 * When a service customer counts as what, in whole months since the last visit (calendar months, so that the length
 * of a month plays no part): up to `marginalAfter` active, then marginal, after `lostAfter` lost, after
 * `permanentAfter` permanently lost (kept on file, out of the managed base). Classes by visits in the twelve months
 * up to a month: A from `classA`, B from `classB`, C from one, D none.
 */
export interface LapseRules {
  marginalAfter: number;
  lostAfter: number;
  permanentAfter: number;
  classA: number;
  classB: number;
}

/** The usual limits: 6, 12 and 24 months; A from 4 visits a year, B from 2. One source says 12 for "permanent". */
export const DEFAULT_LAPSE_RULES: LapseRules = {
  marginalAfter: 6,
  lostAfter: 12,
  permanentAfter: 24,
  classA: 4,
  classB: 2,
};

/** Where a customer stands, in the order of time since the last visit. */
export const LAPSE_STATES = ['active', 'marginal', 'lost', 'permanent'] as const;

/** Where a customer stands. */
export type LapseState = (typeof LAPSE_STATES)[number];

/** How often a customer comes. */
export const VISIT_CLASSES = ['A', 'B', 'C', 'D'] as const;

/** How often a customer comes. */
export type VisitClass = (typeof VISIT_CLASSES)[number];

/** A month, counted from year 0 (12 a year), as text. Example: `formatMonth(2026 * 12 + 2)` is `'2026-03'`. */
export function formatMonth(month: number): string {
  return `${Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}`;
}

/** Throws unless the limits rise and the classes do. Example: permanent before lost throws. */
export function checkLapseRules(rules: LapseRules): void {
  const { marginalAfter, lostAfter, permanentAfter, classA, classB } = rules;
  if (!(marginalAfter >= 1 && lostAfter > marginalAfter && permanentAfter >= lostAfter))
    throw new RangeError(`checkLapseRules: limits ${marginalAfter}, ${lostAfter}, ${permanentAfter}`);
  if (!(classB >= 2 && classA > classB))
    throw new RangeError(`checkLapseRules: classes ${classA}, ${classB}`);
}

/** The state after some months without a visit. Example: 6 months are active, 7 marginal, 13 lost, 25 permanent. */
export function lapseState(monthsSince: number, rules: LapseRules): LapseState {
  if (monthsSince <= rules.marginalAfter) return 'active';
  if (monthsSince <= rules.lostAfter) return 'marginal';
  return monthsSince <= rules.permanentAfter ? 'lost' : 'permanent';
}

/** The class of a number of visits within a year. Example: 3 visits are B. */
export function visitClass(visits: number, { classA, classB }: LapseRules): VisitClass {
  if (visits >= classA) return 'A';
  if (visits >= classB) return 'B';
  return visits >= 1 ? 'C' : 'D';
}

/** The customers of one month by state; `entered` reached the first month without being active, `returned` came back. */
export interface LapseMonth {
  month: number;
  active: number;
  /** The monthly loss figure: in their first months without being active (7 to 12 by the usual rules). */
  marginal: number;
  lost: number;
  permanent: number;
  entered: number;
  returned: number;
}

/**
 * Customers by state at the end of every month from `first` to `last`, and who crossed the line in it. A customer
 * counts from the first visit on; a return makes active again at once, so that the loss figure of later months no
 * longer counts the customer. `counts` (by dealer position, 1 counts) narrows to the dealers who had the customer
 * last. Visits after `last` are left out. `visits` as `sortVisits` gives them; linear in the visits and months.
 */
export function lapseByMonth(
  visits: VisitColumns,
  rules: LapseRules,
  first: number,
  last: number,
  counts?: Uint8Array,
): LapseMonth[] {
  checkLapseRules(rules);
  const span = Math.max(0, last - first + 1);
  const steps = LAPSE_STATES.map(() => new Int32Array(span + 1));
  const entered = new Int32Array(span);
  const returned = new Int32Array(span);
  const starts = [0, rules.marginalAfter + 1, rules.lostAfter + 1, rules.permanentAfter + 1];
  const add = (state: number, from: number, to: number) => {
    const low = Math.max(0, from - first);
    const high = Math.min(span, to - first);
    if (low >= high) return;
    steps[state]![low]! += 1;
    steps[state]![high]! -= 1;
  };
  const { customers, months, dealers } = visits;
  for (let i = 0; i < customers.length; i++) {
    const month = months[i]!;
    const same = i + 1 < customers.length && customers[i + 1] === customers[i];
    const until = same ? months[i + 1]! : last + 1;
    if (month > last || until === month || (counts && counts[dealers[i]!] !== 1)) continue;
    for (let state = 0; state < starts.length; state++)
      add(state, month + starts[state]!, Math.min(until, month + (starts[state + 1] ?? Infinity)));
    const line = month + starts[1]!;
    if (line < until && line >= first && line <= last) entered[line - first]! += 1;
    if (same && until > line - 1 && until - month > rules.marginalAfter && until >= first && until <= last)
      returned[until - first]! += 1;
  }
  const running = [0, 0, 0, 0];
  return Array.from({ length: span }, (_, at): LapseMonth => {
    for (let state = 0; state < running.length; state++) running[state]! += steps[state]![at]!;
    const [active, marginal, lost, permanent] = running as [number, number, number, number];
    return {
      month: first + at,
      active,
      marginal,
      lost,
      permanent,
      entered: entered[at]!,
      returned: returned[at]!,
    };
  });
}

/** Every customer at the end of a month, as columns; customers without a visit until then are left out. */
export interface LapseSnapshot {
  customers: Uint32Array;
  /** Months since the last visit. */
  since: Uint16Array;
  /** Visits in the twelve months up to the month, that month included. */
  visits: Uint16Array;
  /** Of the last visit. */
  dealers: Uint32Array;
  advisers: Uint32Array;
}

/** Where every customer stands at the end of a month. `visits` as `sortVisits` gives them. Linear in the visits. */
export function lapseAt(visits: VisitColumns, month: number): LapseSnapshot {
  const { customers, months } = visits;
  const last: number[] = [];
  const counts: number[] = [];
  for (let i = 0; i < customers.length; i++) {
    if (months[i]! > month) continue;
    const at = last.length - 1;
    const recent = months[i]! > month - 12 ? 1 : 0;
    if (at >= 0 && customers[last[at]!] === customers[i]) {
      last[at] = i;
      counts[at]! += recent;
    } else {
      last.push(i);
      counts.push(recent);
    }
  }
  return {
    customers: Uint32Array.from(last, (i) => customers[i]!),
    since: Uint16Array.from(last, (i) => month - months[i]!),
    visits: Uint16Array.from(counts),
    dealers: Uint32Array.from(last, (i) => visits.dealers[i]!),
    advisers: Uint32Array.from(last, (i) => visits.advisers[i]!),
  };
}

/** The customers of a unit by state and class. */
export interface LapseCounts {
  states: Record<LapseState, number>;
  /** Of the managed base: everybody but the permanently lost. */
  classes: Record<VisitClass, number>;
}

/**
 * A snapshot's customers by unit (dealers or advisers), and all of them under `total`. Example: with the usual rules a
 * customer 13 months away is `lost` and of class D.
 */
export function countLapsed(
  snapshot: LapseSnapshot,
  by: Uint32Array,
  rules: LapseRules,
): { total: LapseCounts; units: Map<number, LapseCounts> } {
  checkLapseRules(rules);
  const total = noCounts();
  const units = new Map<number, LapseCounts>();
  for (let i = 0; i < by.length; i++) {
    let unit = units.get(by[i]!);
    if (!unit) {
      unit = noCounts();
      units.set(by[i]!, unit);
    }
    const state = lapseState(snapshot.since[i]!, rules);
    const letter = visitClass(snapshot.visits[i]!, rules);
    for (const counts of [unit, total]) {
      counts.states[state] += 1;
      if (state !== 'permanent') counts.classes[letter] += 1;
    }
  }
  return { total, units };
}

function noCounts(): LapseCounts {
  return { states: { active: 0, marginal: 0, lost: 0, permanent: 0 }, classes: { A: 0, B: 0, C: 0, D: 0 } };
}

/**
 * The loss rate of a unit: marginal customers among those who came within the limit of the lost, so that every
 * customer of the denominator could have become one. `null` without any.
 * Example: 80 active and 20 marginal are .2.
 */
export function lossRate({ states }: LapseCounts): { rate: number; n: number } | null {
  const n = states.active + states.marginal;
  return n === 0 ? null : { rate: states.marginal / n, n };
}
