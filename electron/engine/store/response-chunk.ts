// Collects respondents one at a time into the columns of a chunk; memory is bounded by the chunk's rows.
import type { ChoiceVector, Codes, NumberVector, Vector } from './answer-vector.ts';
import { MAX_CHUNK_ROWS } from './answer-vector.ts';

/** One respondent, in the order of the builder's `items` and `attributes`; null is missing. */
export interface ResponseRow {
  dealer: number | null;
  quarter: number;
  /** Days since 1970-01-01. */
  day: number | null;
  weight: number;
  sourceRow: number;
  answers: readonly (number | null)[];
  /** A text is a single choice, an array a multiple choice (empty: asked, nothing chosen). */
  attributes: readonly (string | readonly string[] | null)[];
  /** In the order of the builder's `written`; absent without any. */
  written?: readonly (string | null)[];
}

export interface ResponseChunk {
  rows: number;
  vectors: ReadonlyMap<string, Vector>;
}

export function itemVariable(question: string): string {
  return `q:${question}`;
}

export function attributeVariable(attribute: string): string {
  return `a:${attribute}`;
}

/** What the file wrote where a band stands for it. */
export function writtenVariable(attribute: string): string {
  return `w:${attribute}`;
}

export class ResponseChunkBuilder {
  readonly capacity: number;
  rows = 0;
  readonly #items: readonly string[];
  readonly #attributes: readonly string[];
  readonly #dealer: NumberColumn;
  readonly #quarter: NumberColumn;
  readonly #day: NumberColumn;
  readonly #weight: NumberColumn;
  readonly #sourceRows: Uint32Array;
  readonly #answers: NumberColumn[];
  readonly #choices: ChoiceColumn[];
  readonly #written: ReadonlyMap<string, ChoiceColumn>;

  constructor(shape: {
    items: readonly string[];
    attributes: readonly string[];
    /** Attributes whose text in the file is kept too. */
    written?: readonly string[];
    capacity?: number;
  }) {
    const capacity = shape.capacity ?? MAX_CHUNK_ROWS;
    if (!Number.isInteger(capacity) || capacity < 1 || capacity > MAX_CHUNK_ROWS)
      throw new RangeError(`ResponseChunkBuilder: capacity ${capacity} is not within 1-${MAX_CHUNK_ROWS}`);
    requireDistinct('items', shape.items);
    requireDistinct('attributes', shape.attributes);
    this.capacity = capacity;
    this.#items = [...shape.items];
    this.#attributes = [...shape.attributes];
    this.#dealer = new NumberColumn('dealer', capacity);
    this.#quarter = new NumberColumn('quarter', capacity);
    this.#day = new NumberColumn('day', capacity);
    this.#weight = new NumberColumn('weight', capacity);
    this.#sourceRows = new Uint32Array(capacity);
    this.#answers = this.#items.map((code) => new NumberColumn(itemVariable(code), capacity));
    this.#choices = this.#attributes.map((code) => new ChoiceColumn(attributeVariable(code), capacity));
    this.#written = new Map(
      (shape.written ?? []).map((code) => [
        writtenVariable(code),
        new ChoiceColumn(writtenVariable(code), capacity),
      ]),
    );
  }

  get full(): boolean {
    return this.rows === this.capacity;
  }

  add(row: ResponseRow): void {
    this.#check(row);
    const at = this.rows;
    this.#dealer.set(at, row.dealer);
    this.#quarter.set(at, row.quarter);
    this.#day.set(at, row.day);
    this.#weight.set(at, row.weight);
    this.#sourceRows[at] = row.sourceRow;
    for (let i = 0; i < this.#answers.length; i++) this.#answers[i]!.set(at, row.answers[i]!);
    for (let i = 0; i < this.#choices.length; i++) this.#choices[i]!.set(at, row.attributes[i]!);
    let text = 0;
    for (const column of this.#written.values()) column.set(at, row.written?.[text++] ?? null);
    this.rows = at + 1;
  }

  /** The respondents so far as a chunk; the builder is empty again and keeps its memory for the next one. */
  take(): ResponseChunk {
    const rows = this.rows;
    const vectors = new Map<string, Vector>();
    vectors.set('dealer', this.#dealer.take(rows));
    vectors.set('quarter', this.#quarter.take(rows));
    vectors.set('day', this.#day.take(rows));
    vectors.set('weight', this.#weight.take(rows));
    vectors.set('source-row', { kind: 'rows', rows: this.#sourceRows.slice(0, rows) });
    for (const [i, code] of this.#items.entries())
      vectors.set(itemVariable(code), this.#answers[i]!.take(rows));
    for (const [i, code] of this.#attributes.entries())
      vectors.set(attributeVariable(code), this.#choices[i]!.take(rows));
    for (const [variable, column] of this.#written) vectors.set(variable, column.take(rows));
    this.rows = 0;
    return { rows, vectors };
  }

  #check(row: ResponseRow): void {
    if (this.full)
      throw new RangeError(`ResponseChunkBuilder: already ${this.capacity} rows; take them first`);
    if (row.answers.length !== this.#items.length)
      throw new RangeError(
        `ResponseChunkBuilder: ${row.answers.length} answers for ${this.#items.length} items`,
      );
    if (row.attributes.length !== this.#attributes.length)
      throw new RangeError(
        `ResponseChunkBuilder: ${row.attributes.length} values for ${this.#attributes.length} attributes`,
      );
    if (!(row.weight >= 0 && row.weight < Number.POSITIVE_INFINITY))
      throw new RangeError(`ResponseChunkBuilder: weight ${row.weight}`);
    if (!Number.isInteger(row.sourceRow) || row.sourceRow < 0 || row.sourceRow > 0xffffffff)
      throw new RangeError(`ResponseChunkBuilder: sourceRow ${row.sourceRow}`);
  }
}

class NumberColumn {
  readonly #name: string;
  readonly #codes: Uint16Array;
  #known = new Map<number, number>();

  constructor(name: string, capacity: number) {
    this.#name = name;
    this.#codes = new Uint16Array(capacity);
  }

  set(at: number, value: number | null): void {
    this.#codes[at] = value === null ? 0 : (this.#known.get(value) ?? this.#learn(value));
  }

  #learn(value: number): number {
    if (!Number.isFinite(value)) throw new RangeError(`ResponseChunkBuilder: ${this.#name} is ${value}`);
    const code = this.#known.size + 1;
    this.#known.set(value, code);
    return code;
  }

  take(rows: number): NumberVector {
    const values = [...this.#known.keys()];
    const order = [...values].sort((a, b) => a - b);
    const rank = new Map(order.map((value, i) => [value, i + 1]));
    const vector = recode(
      this.#codes.subarray(0, rows),
      values.map((value) => rank.get(value)!),
    );
    this.#known = new Map();
    return { kind: 'numbers', values: order, ...vector };
  }
}

class ChoiceColumn {
  readonly #name: string;
  readonly #codes: Uint16Array;
  #known = new Map<string, number>();
  #values: (string | readonly string[])[] = [];

  constructor(name: string, capacity: number) {
    this.#name = name;
    this.#codes = new Uint16Array(capacity);
  }

  set(at: number, value: string | readonly string[] | null): void {
    if (value === null) this.#codes[at] = 0;
    else {
      const key = typeof value === 'string' ? value : `\0${JSON.stringify(value)}`;
      this.#codes[at] = this.#known.get(key) ?? this.#learn(key, value);
    }
  }

  #learn(key: string, value: string | readonly string[]): number {
    if (typeof value !== 'string') requireDistinct(this.#name, value);
    this.#values.push(typeof value === 'string' ? value : [...value]);
    this.#known.set(key, this.#values.length);
    return this.#values.length;
  }

  take(rows: number): ChoiceVector {
    const keys = [...this.#known.keys()];
    const order = keys.map((_, i) => i).sort((a, b) => (keys[a]! < keys[b]! ? -1 : 1));
    const rank = new Uint16Array(keys.length);
    for (const [i, index] of order.entries()) rank[index] = i + 1;
    const values = order.map((index) => this.#values[index]!);
    const vector = recode(this.#codes.subarray(0, rows), rank);
    this.#known = new Map();
    this.#values = [];
    return { kind: 'choices', values, ...vector };
  }
}

// Sorted tables make the bytes depend on the answers alone, not on the order in which values first occur.
function recode(codes: Uint16Array, ranks: ArrayLike<number>): { codes: Codes; missing: number } {
  const to = new Uint16Array(ranks.length + 1);
  for (let i = 0; i < ranks.length; i++) to[i + 1] = ranks[i]!;
  const out = ranks.length < 256 ? new Uint8Array(codes.length) : new Uint16Array(codes.length);
  let missing = 0;
  for (let i = 0; i < codes.length; i++) {
    const code = to[codes[i]!]!;
    out[i] = code;
    if (code === 0) missing++;
  }
  return { codes: out, missing };
}

function requireDistinct(name: string, texts: readonly string[]): void {
  if (new Set(texts).size !== texts.length)
    throw new RangeError(`ResponseChunkBuilder: ${name} repeats a value in ${JSON.stringify(texts)}`);
}
