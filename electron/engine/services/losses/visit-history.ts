// All visits of the database in one history: customers of several files joined by their pseudonyms, a customer's
// several rows of one day taken as one visit.
import { sortVisits, type VisitColumns } from '../../../../shared/domain/visits/visit-order.ts';
import { listVisits, PSEUDONYM_BYTES, type VisitBatch, visitColumns } from '../../store/visits.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { TextTable } from './text-table.ts';

export interface VisitHistory {
  visits: VisitColumns;
  /** Hexadecimal. */
  pseudonymOf(customer: number): string;
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

function join(batches: readonly VisitBatch[]): VisitHistory | null {
  const size = batches.reduce((sum, { customers }) => sum + customers.length, 0);
  if (size === 0) return null;
  const [customers, dealers, advisers] = [new TextTable(), positions(), positions()];
  // One file alone is turned in its own columns.
  const rows = batches.length === 1 ? batches[0]! : visitColumns(size);
  let at = 0;
  for (const batch of batches) {
    const { buffer, byteOffset, byteLength } = batch.pseudonyms;
    const bytes = Buffer.from(buffer, byteOffset, byteLength);
    const customerOf = Uint32Array.from({ length: bytes.length / PSEUDONYM_BYTES }, (_, i) =>
      customers.positionOf(bytes.toString('latin1', i * PSEUDONYM_BYTES, (i + 1) * PSEUDONYM_BYTES)),
    );
    const dealerOf = batch.dealerCodes.map((code) => dealers.of(code));
    const names = batch.adviserNames;
    const adviserOf = new Map<number, number>();
    for (let i = 0; i < batch.customers.length; i++, at++) {
      const dealer = dealerOf[batch.dealers[i]!]!;
      const pair = batch.dealers[i]! * names.length + batch.advisers[i]!;
      let adviser = adviserOf.get(pair);
      if (adviser === undefined) {
        adviser = advisers.of(`${dealer} ${names[batch.advisers[i]!]!}`);
        adviserOf.set(pair, adviser);
      }
      rows.customers[at] = customerOf[batch.customers[i]!]!;
      rows.days[at] = batch.days[i]!;
      rows.dealers[at] = dealer;
      rows.advisers[at] = adviser;
    }
  }
  const visits = sortVisits(rows, customers.size);
  const pseudonyms = Buffer.from([...customers.texts()].join(''), 'latin1');
  return {
    visits,
    pseudonymOf: (customer) =>
      pseudonyms.toString('hex', customer * PSEUDONYM_BYTES, (customer + 1) * PSEUDONYM_BYTES),
    dealerCodes: dealers.texts(),
    advisers: advisers.texts().map((text) => {
      const cut = text.indexOf(' ');
      return { dealer: Number(text.slice(0, cut)), name: text.slice(cut + 1) };
    }),
    firstMonth: visits.months.reduce((low, month) => Math.min(low, month), Infinity),
    lastMonth: visits.months.reduce((high, month) => Math.max(high, month), -Infinity),
  };
}
