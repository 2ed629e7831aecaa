// Service visits, packed a batch at a time: millions of rows that are only ever read as a whole.
import { crc32, zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { AppError } from '../../../shared/errors.ts';
import type { ReadableConnection, WritableConnection } from './connection.ts';

/** Bytes of a pseudonym that are kept: enough that two people never meet. */
export const PSEUDONYM_BYTES = 16;

const COLUMNS = ['customers', 'days', 'dealers', 'advisers'] as const;

/** One value a visit in every column; packed without a copy where they come from `visitColumns`. */
export interface VisitColumns {
  customers: Uint32Array;
  days: Int32Array;
  dealers: Uint32Array;
  advisers: Uint32Array;
}

/** The visits of one batch. */
export interface VisitBatch extends VisitColumns {
  dealerCodes: string[];
  adviserNames: string[];
  /** `PSEUDONYM_BYTES` a customer, in the order that `customers` points into. */
  pseudonyms: Uint8Array;
}

/** The columns of so many visits as they are stored: new, or over bytes that are aligned to four. */
export function visitColumns(
  visits: number,
  buffer: ArrayBufferLike = new ArrayBuffer(visits * COLUMNS.length * 4),
  from = 0,
): VisitColumns {
  const [customers, days, dealers, advisers] = COLUMNS.map((_, i) => from + i * visits * 4);
  return {
    customers: new Uint32Array(buffer, customers, visits),
    days: new Int32Array(buffer, days, visits),
    dealers: new Uint32Array(buffer, dealers, visits),
    advisers: new Uint32Array(buffer, advisers, visits),
  };
}

/** The columns behind each other: as they stand, without a copy of millions, or put together. */
function packed(visits: VisitColumns): Buffer {
  const parts = COLUMNS.map((column) => {
    const { buffer, byteOffset, byteLength } = visits[column];
    return Buffer.from(buffer, byteOffset, byteLength);
  });
  const { buffer, byteOffset, byteLength } = visits.customers;
  const adjacent = parts.every(
    (part, i) => part.buffer === buffer && part.byteOffset === byteOffset + i * byteLength,
  );
  return adjacent ? Buffer.from(buffer, byteOffset, byteLength * COLUMNS.length) : Buffer.concat(parts);
}

export function addVisits(db: WritableConnection, batch: number, visits: VisitBatch): void {
  const data = zstdCompressSync(packed(visits));
  db.prepare(
    `INSERT INTO service_visits (batch_id, visits, dealers, advisers, pseudonyms, data, crc)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    batch,
    visits.customers.length,
    JSON.stringify(visits.dealerCodes),
    JSON.stringify(visits.adviserNames),
    visits.pseudonyms,
    data,
    crc32(data),
  );
}

interface StoredVisits {
  visits: number;
  dealers: string;
  advisers: string;
  pseudonyms: Uint8Array;
  data: Uint8Array;
  crc: number;
}

/** Every batch's visits in the order of import; throws `database-damaged` where the bytes are not those written. */
export function listVisits(db: ReadableConnection): VisitBatch[] {
  return db
    .prepare<[], StoredVisits>(
      'SELECT visits, dealers, advisers, pseudonyms, data, crc FROM service_visits ORDER BY batch_id',
    )
    .all()
    .map((row) => unpack(db, row));
}

function unpack(db: ReadableConnection, row: StoredVisits): VisitBatch {
  const damaged = (detail: string, cause?: unknown) => {
    const path = db.prepare<[], string>('SELECT file FROM pragma_database_list').pluck().get() ?? '';
    return new AppError('database-damaged', { path, detail: `visits: ${detail}` }, { cause });
  };
  if (crc32(row.data) !== row.crc) throw damaged('checksum');
  const bytes = zstdDecompressSync(row.data);
  if (bytes.length !== row.visits * COLUMNS.length * 4) throw damaged(`${bytes.length} bytes`);
  // The columns need an aligned buffer.
  const aligned = bytes.byteOffset % 4 === 0 ? bytes : new Uint8Array(bytes);
  return {
    dealerCodes: JSON.parse(row.dealers) as string[],
    adviserNames: JSON.parse(row.advisers) as string[],
    pseudonyms: row.pseudonyms,
    ...visitColumns(row.visits, aligned.buffer, aligned.byteOffset),
  };
}

/** The mappings of the batches that brought visits, the newest first. */
export function listVisitMappings(db: ReadableConnection): string[] {
  return db
    .prepare<[], string>(
      `SELECT b.mapping FROM import_batches b JOIN service_visits v ON v.batch_id = b.id
       WHERE b.state = 'committed' ORDER BY b.id DESC LIMIT 20`,
    )
    .pluck()
    .all();
}

/** The batches that brought visits, which no figure of satisfaction rests on. */
export function listVisitBatches(db: ReadableConnection): Set<number> {
  return new Set(db.prepare<[], number>('SELECT batch_id FROM service_visits').pluck().all());
}

/** The visits of anybody of these pseudonyms, by batch; batches without any are left out. */
export function countVisitsOf(
  db: ReadableConnection,
  pseudonyms: Iterable<string>,
): { batch: number; visits: number }[] {
  const wanted = [...pseudonyms].map(bytesOf);
  return db
    .prepare<[], Pick<StoredVisits, 'pseudonyms'> & { batch: number }>(
      'SELECT batch_id AS batch, pseudonyms FROM service_visits ORDER BY batch_id',
    )
    .all()
    .flatMap(({ batch, pseudonyms: list }) => {
      const own = new Set(wanted.flatMap((one) => placesOf(list, one)));
      if (own.size === 0) return [];
      const { customers } = unpack(db, readVisits(db, batch));
      const visits = customers.reduce((sum, customer) => sum + (own.has(customer) ? 1 : 0), 0);
      return [{ batch, visits }];
    });
}

function readVisits(db: ReadableConnection, batch: number): StoredVisits {
  return db
    .prepare<[number], StoredVisits>(
      'SELECT visits, dealers, advisers, pseudonyms, data, crc FROM service_visits WHERE batch_id = ?',
    )
    .get(batch)!;
}

const bytesOf = (pseudonym: string) => Buffer.from(pseudonym, 'hex').subarray(0, PSEUDONYM_BYTES);

/** Which customers of a packed list a pseudonym is. */
function placesOf(pseudonyms: Uint8Array, wanted: Buffer): number[] {
  const bytes = Buffer.from(pseudonyms.buffer, pseudonyms.byteOffset, pseudonyms.byteLength);
  const found: number[] = [];
  for (let at = bytes.indexOf(wanted); at >= 0; at = bytes.indexOf(wanted, at + 1))
    if (at % PSEUDONYM_BYTES === 0) found.push(at / PSEUDONYM_BYTES);
  return found;
}

/** Cuts a person loose from the visits: the pseudonym becomes `instead`, which leads to nobody. Answers how many. */
export function forgetCustomer(db: WritableConnection, pseudonym: string, instead: string): number {
  const rows = db
    .prepare<[], { batch: number; pseudonyms: Uint8Array }>(
      'SELECT batch_id AS batch, pseudonyms FROM service_visits',
    )
    .all();
  let found = 0;
  for (const { batch, pseudonyms } of rows) {
    const places = placesOf(pseudonyms, bytesOf(pseudonym));
    if (places.length === 0) continue;
    const bytes = Buffer.from(pseudonyms);
    for (const place of places) bytesOf(instead).copy(bytes, place * PSEUDONYM_BYTES);
    db.prepare('UPDATE service_visits SET pseudonyms = ? WHERE batch_id = ?').run(bytes, batch);
    found += places.length;
  }
  return found;
}
