/**
 * A hash of what a database says, whatever its page layout, vacuum state or row order: tables by name, rows by
 * primary key (by all columns where there is none), every value with its type.
 */
import { createHash, type Hash } from 'node:crypto';
import type { ReadableConnection } from './connection.ts';

/** What to leave out: tables that rightly differ, such as the audit log. */
export interface LogicalHashOptions {
  exclude?: readonly string[];
}

/** SHA-256, hexadecimal. Two databases with equal rows in equal tables have equal hashes. */
export function logicalHash(connection: ReadableConnection, options: LogicalHashOptions = {}): string {
  const hash = createHash('sha256');
  for (const table of contentTables(connection)) {
    if (options.exclude?.includes(table)) continue;
    hashTable(connection, table, hash);
  }
  return hash.digest('hex');
}

/** Ordinary tables by name: no SQLite internals, no virtual tables and their shadows. */
export function contentTables(connection: ReadableConnection): string[] {
  const sql = `SELECT name FROM pragma_table_list
    WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name`;
  return connection.prepare<[], string>(sql).pluck().all();
}

/** Rows of every ordinary table. */
export function rowCounts(connection: ReadableConnection): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const table of contentTables(connection))
    counts[table] = connection
      .prepare<[], number>(`SELECT count(*) FROM ${quoted(table)}`)
      .pluck()
      .get() as number;
  return counts;
}

function quoted(identifier: string): string {
  return `"${identifier.replaceAll('"', '""')}"`;
}

function hashTable(connection: ReadableConnection, table: string, hash: Hash): void {
  const columns = connection
    .prepare<[string], Column>(
      'SELECT name, type, pk FROM pragma_table_xinfo(?) WHERE hidden <> 1 ORDER BY name',
    )
    .all(table);
  const names = columns.map((column) => quoted(column.name));
  const key = columns.filter((column) => column.pk > 0).sort((a, b) => a.pk - b.pk);
  const order =
    key.length > 0 ? key.map((column) => quoted(column.name)) : names.map((n) => `${n} COLLATE BINARY`);
  hash.update(`table ${JSON.stringify([table, names])}\n`);
  const plain = hasPlainNumbers(connection, table, columns);
  const rows = connection
    .prepare<[], unknown[]>(`SELECT ${names} FROM ${quoted(table)} ORDER BY ${order}`)
    .raw()
    .safeIntegers(!plain);
  const whole = columns.map(({ type }) => plain && isWhole(type));
  const buffer = new ValueBuffer(hash);
  for (const row of rows.iterate()) for (let i = 0; i < row.length; i++) buffer.add(row[i], whole[i]!);
  buffer.flush();
}

interface Column {
  name: string;
  type: string;
  pk: number;
}

const isWhole = (type: string) => type === 'INTEGER' || type === 'INT';

/**
 * True where the schema tells whole numbers from others (a strict table without ANY) and none is too large for a
 * plain number: then values need no big integers, which take most of the time otherwise.
 */
function hasPlainNumbers(connection: ReadableConnection, table: string, columns: readonly Column[]): boolean {
  const strict = connection
    .prepare<[string], number>("SELECT strict FROM pragma_table_list WHERE schema = 'main' AND name = ?")
    .pluck()
    .get(table);
  if (strict !== 1 || columns.some(({ type }) => type === 'ANY')) return false;
  const large = columns
    .filter(({ type }) => isWhole(type))
    .map(
      ({ name }) => `${quoted(name)} NOT BETWEEN -${Number.MAX_SAFE_INTEGER} AND ${Number.MAX_SAFE_INTEGER}`,
    );
  if (large.length === 0) return true;
  const found = connection
    .prepare<[], number>(`SELECT EXISTS (SELECT 1 FROM ${quoted(table)} WHERE ${large.join(' OR ')})`)
    .pluck()
    .get();
  return found === 0;
}

/** Gathers encoded values, because one `update` a value costs more than the hashing. */
class ValueBuffer {
  private readonly bytes = Buffer.allocUnsafe(1 << 16);
  private readonly view = new DataView(this.bytes.buffer, this.bytes.byteOffset, this.bytes.length);
  private used = 0;
  private readonly hash: Hash;

  constructor(hash: Hash) {
    this.hash = hash;
  }

  /** `whole`: a number stands for an integer, as a big integer always does. */
  add(value: unknown, whole: boolean): void {
    if (value === null) this.head(0, 0);
    else if (typeof value === 'number') {
      this.head(whole ? 1 : 2, 8);
      if (whole) {
        this.view.setUint32(this.used, value, true);
        this.view.setInt32(this.used + 4, Math.floor(value / 2 ** 32), true);
      } else this.view.setFloat64(this.used, value, true);
      this.used += 8;
    } else if (typeof value === 'bigint') {
      this.head(1, 8);
      this.used = this.bytes.writeBigInt64LE(value, this.used);
    } else if (typeof value === 'string') this.addBytes(3, Buffer.from(value, 'utf8'));
    else this.addBytes(4, value as Uint8Array);
  }

  flush(): void {
    this.hash.update(this.bytes.subarray(0, this.used));
    this.used = 0;
  }

  private addBytes(type: number, content: Uint8Array): void {
    const small = content.length < 4096;
    this.head(type, small ? content.length : 0, content.length);
    if (small) {
      this.bytes.set(content, this.used);
      this.used += content.length;
    } else {
      this.flush();
      this.hash.update(content);
    }
  }

  private head(type: number, room: number, length = room): void {
    if (this.used + room + 5 > this.bytes.length) this.flush();
    this.view.setUint8(this.used, type);
    this.view.setUint32(this.used + 1, length, true);
    this.used += 5;
  }
}
