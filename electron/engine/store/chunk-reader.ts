// The vectors of one chunk, through a cache of decoded vectors with a byte limit per connection.
// A cached vector is used only while the stored header is still the very same text, checksum included, so that
// deleted batches, reused chunk ids, rollbacks and other connections can never leave a stale answer behind.
import { AppError } from '../../../shared/errors.ts';
import type { CodedVector, NumberVector, Vector } from './answer-vector.ts';
import { DamagedVectorError, decodeVector, readHeader } from './answer-vector.ts';
import type { ReadableConnection, Statement } from './connection.ts';
import { DEALER_QUARTER, dealersByQuarter } from './dealer-quarter.ts';

const CACHE_BYTES = 96 * 1024 * 1024;

interface CacheEntry {
  encoding: string;
  vector: Vector;
  bytes: number;
}

/** Least recently used first out. */
class VectorCache {
  readonly #entries = new Map<string, CacheEntry>();
  #bytes = 0;

  get(key: string, encoding: string): Vector | undefined {
    const entry = this.#entries.get(key);
    if (!entry) return undefined;
    this.#entries.delete(key);
    if (entry.encoding !== encoding) {
      this.#bytes -= entry.bytes;
      return undefined;
    }
    this.#entries.set(key, entry);
    return entry.vector;
  }

  /** Only after a `get` of the same key that found nothing. */
  add(key: string, encoding: string, vector: Vector): void {
    const bytes = bytesOf(vector) + encoding.length;
    this.#entries.set(key, { encoding, vector, bytes });
    this.#bytes += bytes;
    for (const [oldest, entry] of this.#entries) {
      if (this.#bytes <= CACHE_BYTES) break;
      this.#entries.delete(oldest);
      this.#bytes -= entry.bytes;
    }
  }
}

interface Access {
  path: string;
  cache: VectorCache;
  data: Statement<[number, string], { data: Uint8Array }>;
}

const accesses = new WeakMap<ReadableConnection, Access>();

export class ChunkReader {
  readonly id: number;
  readonly rows: number;
  readonly #access: Access;
  readonly #encodings: ReadonlyMap<string, string>;

  /** `encodings` holds the stored headers of the variables that may be asked for. */
  constructor(
    connection: ReadableConnection,
    id: number,
    rows: number,
    encodings: ReadonlyMap<string, string>,
  ) {
    this.id = id;
    this.rows = rows;
    this.#access = accessOf(connection);
    this.#encodings = encodings;
  }

  has(variable: string): boolean {
    return variable === DEALER_QUARTER || this.#encodings.has(variable);
  }

  /** The values that occur, from the header alone wherever it lists them. */
  values(variable: string): Pick<CodedVector, 'values' | 'missing'> {
    if (variable === DEALER_QUARTER) return this.vector(variable) as CodedVector;
    const { values, missing = 0 } = this.#sound(variable, () => readHeader(this.#encodings.get(variable)!));
    return values ? { values, missing } : (this.vector(variable) as CodedVector);
  }

  vector(variable: string): Vector {
    if (variable === DEALER_QUARTER) return this.made(variable, ['dealer', 'quarter'], dealersByQuarter);
    const encoding = this.#encodings.get(variable)!;
    return this.#kept(variable, encoding, () =>
      this.#sound(variable, () => {
        const row = this.#access.data.get(this.id, variable);
        if (!row) throw new DamagedVectorError('it is gone');
        return decodeVector({ encoding, data: row.data }, this.rows);
      }),
    );
  }

  /** A vector that is made from others, kept as they are. */
  made(
    name: string,
    from: readonly string[],
    make: (...vectors: NumberVector[]) => NumberVector,
  ): NumberVector {
    const encoding = from.map((variable) => this.#encodings.get(variable)).join();
    const vectors = () => from.map((variable) => this.vector(variable) as NumberVector);
    return this.#kept(name, encoding, () => make(...vectors())) as NumberVector;
  }

  #kept(name: string, encoding: string, make: () => Vector): Vector {
    const { cache } = this.#access;
    const key = `${this.id} ${name}`;
    const known = cache.get(key, encoding);
    if (known) return known;
    const vector = make();
    cache.add(key, encoding, vector);
    return vector;
  }

  /** The vector, or all missing where this chunk was never asked the variable. */
  codedOrMissing(variable: string): CodedVector {
    if (this.has(variable)) return this.vector(variable) as CodedVector;
    return { kind: 'choices', codes: new Uint8Array(this.rows), values: [], missing: this.rows };
  }

  // Tells the user which file to restore, and whoever looks into it which vector is meant.
  #sound<T>(variable: string, read: () => T): T {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof DamagedVectorError)) throw error;
      const detail = `answers, chunk ${this.id}, ${variable}: ${error.message}`;
      throw new AppError('database-damaged', { path: this.#access.path, detail }, { cause: error });
    }
  }
}

function accessOf(connection: ReadableConnection): Access {
  let access = accesses.get(connection);
  if (!access) {
    const path = connection.prepare<[], string>('SELECT file FROM pragma_database_list').pluck().get() ?? '';
    const sql = 'SELECT data FROM answer_vectors WHERE chunk_id = ? AND variable = ?';
    const data = connection.prepare<[number, string], { data: Uint8Array }>(sql);
    access = { path, cache: new VectorCache(), data };
    accesses.set(connection, access);
  }
  return access;
}

function bytesOf(vector: Vector): number {
  return vector.kind === 'rows' ? vector.rows.byteLength : vector.codes.byteLength + 8 * vector.values.length;
}
