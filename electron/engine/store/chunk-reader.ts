// The vectors of one chunk, through a cache of decoded vectors with a byte limit per connection.
// A cached vector is used only while the stored header is still the very same text, checksum included, so that
// deleted batches, reused chunk ids, rollbacks and other connections can never leave a stale answer behind.
import type { CodedVector, Vector, VectorHeader } from './answer-vector.ts';
import { DamagedVectorError, decodeVector, readHeader } from './answer-vector.ts';
import type { ReadableConnection } from './connection.ts';

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

const caches = new WeakMap<ReadableConnection, VectorCache>();

export class ChunkReader {
  readonly id: number;
  readonly rows: number;
  readonly #connection: ReadableConnection;
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
    this.#connection = connection;
    this.#encodings = encodings;
  }

  has(variable: string): boolean {
    return this.#encodings.has(variable);
  }

  header(variable: string): VectorHeader {
    return readHeader(this.#encodings.get(variable)!, this.#place(variable));
  }

  vector(variable: string): Vector {
    const encoding = this.#encodings.get(variable)!;
    const cache = cacheOf(this.#connection);
    const key = `${this.id} ${variable}`;
    const known = cache.get(key, encoding);
    if (known) return known;
    const vector = decodeVector({ encoding, data: this.#read(variable) }, this.rows, this.#place(variable));
    cache.add(key, encoding, vector);
    return vector;
  }

  /** The vector, or all missing where this chunk was never asked the variable. */
  codedOrMissing(variable: string): CodedVector {
    if (this.has(variable)) return this.vector(variable) as CodedVector;
    return { kind: 'choices', codes: new Uint8Array(this.rows), values: [], missing: this.rows };
  }

  #read(variable: string): Uint8Array {
    const row = this.#connection
      .prepare<[number, string], { data: Uint8Array }>(
        'SELECT data FROM answer_vectors WHERE chunk_id = ? AND variable = ?',
      )
      .get(this.id, variable);
    if (!row) throw new DamagedVectorError(this.#place(variable), 'it is gone');
    return row.data;
  }

  #place(variable: string): string {
    return `chunk ${this.id}, ${variable}`;
  }
}

function cacheOf(connection: ReadableConnection): VectorCache {
  let cache = caches.get(connection);
  if (!cache) {
    cache = new VectorCache();
    caches.set(connection, cache);
  }
  return cache;
}

function bytesOf(vector: Vector): number {
  switch (vector.kind) {
    case 'numbers':
    case 'choices':
      return vector.codes.byteLength;
    case 'weights':
      return typeof vector.weights === 'number' ? 0 : vector.weights.byteLength;
    case 'rows':
      return vector.rows.byteLength;
  }
}
