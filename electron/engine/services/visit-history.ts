// All visits of the database in one history: customers of several files joined by their pseudonyms, a customer's
// several rows of one day taken as one visit.
import { monthOfDay, sortVisits, type VisitColumns } from '../../../shared/domain/visits/lapse.ts';
import { listVisits, PSEUDONYM_BYTES, type VisitBatch } from '../store/visits.ts';
import type { Workspace } from './workspace.ts';

export interface VisitHistory {
  visits: VisitColumns;
  /** Hexadecimal, by customer. */
  pseudonyms: string[];
  /** By dealer position. */
  dealerCodes: string[];
  /** By adviser position; an adviser belongs to a dealer. */
  advisers: { dealer: number; name: string }[];
  firstMonth: number;
  lastMonth: number;
}

/** Null while the database holds no visits. */
export function visitHistory(workspace: Workspace): VisitHistory | null {
  return workspace.derived('visits', () => join(listVisits(workspace.reader)));
}

function positions(): { of(text: string): number; texts(): string[] } {
  const known = new Map<string, number>();
  return {
    of(text) {
      const position = known.get(text) ?? known.size;
      if (position === known.size) known.set(text, position);
      return position;
    },
    texts: () => [...known.keys()],
  };
}

/** Days since 1970 that a visit may have, for a key of customer and day. */
const DAY_SPAN = 100_000;

function join(batches: readonly VisitBatch[]): VisitHistory | null {
  const size = batches.reduce((sum, { customers }) => sum + customers.length, 0);
  if (size === 0) return null;
  const [customers, dealers, advisers] = [positions(), positions(), positions()];
  const columns = {
    customers: new Uint32Array(size),
    months: new Int32Array(size),
    dealers: new Uint32Array(size),
    advisers: new Uint32Array(size),
  };
  const seen = new Set<number>();
  const months = new Map<number, number>();
  let kept = 0;
  for (const batch of batches) {
    const bytes = Buffer.from(
      batch.pseudonyms.buffer,
      batch.pseudonyms.byteOffset,
      batch.pseudonyms.byteLength,
    );
    const customerOf = Uint32Array.from({ length: bytes.length / PSEUDONYM_BYTES }, (_, i) =>
      customers.of(bytes.toString('latin1', i * PSEUDONYM_BYTES, (i + 1) * PSEUDONYM_BYTES)),
    );
    const dealerOf = batch.dealerCodes.map((code) => dealers.of(code));
    for (let i = 0; i < batch.customers.length; i++) {
      const customer = customerOf[batch.customers[i]!]!;
      const day = batch.days[i]!;
      const key = customer * DAY_SPAN + day;
      if (seen.has(key)) continue;
      seen.add(key);
      let month = months.get(day);
      if (month === undefined) {
        month = monthOfDay(day);
        months.set(day, month);
      }
      const dealer = dealerOf[batch.dealers[i]!]!;
      columns.customers[kept] = customer;
      columns.months[kept] = month;
      columns.dealers[kept] = dealer;
      columns.advisers[kept] = advisers.of(`${dealer} ${batch.adviserNames[batch.advisers[i]!]!}`);
      kept++;
    }
  }
  const pseudonyms = customers.texts().map((text) => Buffer.from(text, 'latin1').toString('hex'));
  const all = {
    customers: columns.customers.subarray(0, kept),
    months: columns.months.subarray(0, kept),
    dealers: columns.dealers.subarray(0, kept),
    advisers: columns.advisers.subarray(0, kept),
  };
  return {
    visits: sortVisits(all, pseudonyms.length),
    pseudonyms,
    dealerCodes: dealers.texts(),
    advisers: advisers.texts().map((text) => {
      const cut = text.indexOf(' ');
      return { dealer: Number(text.slice(0, cut)), name: text.slice(cut + 1) };
    }),
    firstMonth: [...months.values()].reduce((low, month) => Math.min(low, month), Infinity),
    lastMonth: [...months.values()].reduce((high, month) => Math.max(high, month), -Infinity),
  };
}
