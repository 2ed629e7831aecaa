/**
 * What the store may do with SQLite. Two brands over one surface: a function that takes a
 * `WritableConnection` cannot be handed a reader, a function that takes a `ReadableConnection` accepts both.
 */
declare const access: unique symbol;

/** The outcome of a statement that returns no rows. */
interface RunResult {
  changes: number;
  lastInsertRowid: number | bigint;
}

/** A prepared statement; `Bind` is a tuple of positional values or one object of named ones. */
export interface Statement<Bind extends unknown[] = unknown[], Row = unknown> {
  readonly source: string;
  readonly reader: boolean;
  run(...values: Bind): RunResult;
  get(...values: Bind): Row | undefined;
  all(...values: Bind): Row[];
  iterate(...values: Bind): IterableIterator<Row>;
  pluck(on?: boolean): this;
  raw(on?: boolean): this;
  safeIntegers(on?: boolean): this;
  columns(): { name: string }[];
}

/** A connection that reads. It may still be a writer: reading functions accept either. */
export interface ReadableConnection {
  readonly [access]: 'read' | 'write';
  readonly open: boolean;
  readonly inTransaction: boolean;
  prepare<Bind extends unknown[] | object = unknown[], Row = unknown>(
    sql: string,
  ): Bind extends unknown[] ? Statement<Bind, Row> : Statement<[Bind], Row>;
  pragma(source: string, options?: { simple?: boolean }): unknown;
  function(
    name: string,
    options: { deterministic?: boolean; varargs?: boolean; directOnly?: boolean },
    body: (...values: never[]) => unknown,
  ): unknown;
  close(): unknown;
}

/** The one connection that writes. */
export interface WritableConnection extends ReadableConnection {
  readonly [access]: 'write';
  exec(sql: string): unknown;
}

/** Now, as a `Date` or as milliseconds since 1970. Injected everywhere, so that tests own the time. */
export type Clock = () => Date | number;
