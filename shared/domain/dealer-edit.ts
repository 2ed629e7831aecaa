/** Everything that a person can set of a dealer, places by their codes and days as `2025-03-20`. */
export interface DealerRecord {
  code: string;
  name: string;
  city: string;
  opened: string | null;
  closed: string | null;
  /** Former cities, oldest first; the day of `until` already belongs to the next one. */
  stays: readonly { until: string; city: string }[];
  /** The dealer that took this one over, from a day on. */
  successor: string | null;
  mergedFrom: string | null;
}

/** One step that a person takes with a dealer. Cities are codes. */
export type DealerEdit =
  | { kind: 'add'; code: string; name: string; city: string; opened: string | null; closed: string | null }
  /** Name and dates; another city is a correction: it counts for all the past since the last move. */
  | { kind: 'change'; name: string; city: string; opened: string | null; closed: string | null }
  /** To another city from a day on; older quarters keep the present one in a view of places as they were. */
  | { kind: 'move'; city: string; from: string }
  /** The last move was none. */
  | { kind: 'unmove' }
  | { kind: 'merge'; into: string; from: string }
  | { kind: 'separate' };

/** Why a step cannot be taken. */
export type DealerFault =
  | 'closed-before-opened'
  | 'moved-before-opened'
  | 'moved-after-closed'
  | 'moves-in-disorder'
  | 'day-ahead'
  | 'same-city'
  | 'not-moved'
  | 'merged-already'
  | 'not-merged'
  | 'merged-with-itself'
  | 'no-name';

/** What a step is checked against: the present day, and the line of successors of another dealer, itself first. */
export interface DealerFacts {
  today: string;
  lineOf: (code: string) => readonly string[];
}

/**
 * The dealer after a step, or why the step cannot be taken; `record` is `undefined` only for `add`. Nothing is changed
 * in place. A takeover closes a dealer that is still open.
 * Example: a dealer of 4401 moved to 4403 from 2025-04-01 has the stay `{ until: '2025-04-01', city: '4401' }`.
 */
export function editDealer(
  record: DealerRecord | undefined,
  edit: DealerEdit,
  facts: DealerFacts,
): DealerRecord | DealerFault {
  const after = take(record, edit, facts);
  return typeof after === 'string' ? after : (faultOf(after) ?? after);
}

function take(
  record: DealerRecord | undefined,
  edit: DealerEdit,
  facts: DealerFacts,
): DealerRecord | DealerFault {
  if (edit.kind === 'add') {
    const { kind: _, ...said } = edit;
    return { ...said, stays: [], successor: null, mergedFrom: null };
  }
  if (!record) throw new RangeError(`editDealer: ${edit.kind} of no dealer`);
  switch (edit.kind) {
    case 'change': {
      const { name, city, opened, closed } = edit;
      return { ...record, name, city, opened, closed };
    }
    case 'move': {
      if (edit.city === record.city) return 'same-city';
      if (edit.from > facts.today) return 'day-ahead';
      return {
        ...record,
        city: edit.city,
        stays: [...record.stays, { until: edit.from, city: record.city }],
      };
    }
    case 'unmove': {
      const last = record.stays.at(-1);
      if (!last) return 'not-moved';
      return { ...record, city: last.city, stays: record.stays.slice(0, -1) };
    }
    case 'merge': {
      if (record.successor !== null) return 'merged-already';
      if (edit.from > facts.today) return 'day-ahead';
      if (facts.lineOf(edit.into).includes(record.code)) return 'merged-with-itself';
      return {
        ...record,
        successor: edit.into,
        mergedFrom: edit.from,
        closed: record.closed ?? edit.from,
      };
    }
    case 'separate': {
      if (record.successor === null) return 'not-merged';
      const closed = record.closed === record.mergedFrom ? null : record.closed;
      return { ...record, successor: null, mergedFrom: null, closed };
    }
  }
}

/** Days must follow each other: opened, every move, closed. */
function faultOf({ name, opened, closed, stays }: DealerRecord): DealerFault | undefined {
  if (name.trim() === '') return 'no-name';
  if (opened !== null && closed !== null && closed < opened) return 'closed-before-opened';
  const moves = stays.map(({ until }) => until);
  if (opened !== null && moves.some((day) => day < opened)) return 'moved-before-opened';
  if (closed !== null && moves.some((day) => day > closed)) return 'moved-after-closed';
  return moves.every((day, i) => i === 0 || moves[i - 1]! < day) ? undefined : 'moves-in-disorder';
}
