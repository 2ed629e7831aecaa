// Visits of a file on their way into packed columns; texts become positions in lists.
import { PSEUDONYM_BYTES, type VisitBatch, visitColumns } from '../../store/visits.ts';
import { TextTable } from './text-table.ts';

export interface ReadVisit {
  /** What makes rows the same customer; never stored. */
  customer: string;
  day: number;
  dealer: string;
  adviser: string;
}

class Lexicon {
  readonly #known = new Map<string, number>();

  get size(): number {
    return this.#known.size;
  }

  get texts(): string[] {
    return [...this.#known.keys()];
  }

  positionOf(text: string): number {
    const known = this.#known.get(text);
    if (known !== undefined) return known;
    this.#known.set(text, this.#known.size);
    return this.#known.size - 1;
  }
}

/** Numbers without knowing how many: doubled like an array, at four bytes each. */
class Column {
  #values = new Uint32Array(1024);
  length = 0;

  push(value: number): void {
    if (this.length === this.#values.length) {
      const longer = new Uint32Array(this.length * 2);
      longer.set(this.#values);
      this.#values = longer;
    }
    this.#values[this.length++] = value;
  }

  takeValues(): Uint32Array {
    const values = this.#values.subarray(0, this.length);
    this.#values = new Uint32Array(0);
    return values;
  }
}

const COLUMNS = ['customers', 'days', 'dealers', 'advisers'] as const;

/** Customers between two chances for other calls. */
const BREATH_CUSTOMERS = 5000;

export class VisitCollector {
  readonly #customers = new TextTable();
  readonly #dealers = new Lexicon();
  readonly #advisers = new Lexicon();
  readonly #rows: boolean;
  readonly #columns = {
    customers: new Column(),
    days: new Column(),
    dealers: new Column(),
    advisers: new Column(),
  };
  count = 0;
  firstDay: number | null = null;
  lastDay: number | null = null;

  get customerCount(): number {
    return this.#customers.size;
  }

  get dealerCount(): number {
    return this.#dealers.size;
  }

  get adviserCount(): number {
    return this.#advisers.texts.filter((name) => name !== '').length;
  }

  /** `rows: false` counts only, for a look at a file. */
  constructor({ rows = true }: { rows?: boolean } = {}) {
    this.#rows = rows;
  }

  add({ customer, day, dealer, adviser }: ReadVisit): void {
    const row = {
      customers: this.#customers.positionOf(customer),
      days: day,
      dealers: this.#dealers.positionOf(dealer),
      advisers: this.#advisers.positionOf(adviser),
    };
    this.count++;
    if (this.#rows) for (const name of COLUMNS) this.#columns[name].push(row[name]);
    this.firstDay = Math.min(this.firstDay ?? day, day);
    this.lastDay = Math.max(this.lastDay ?? day, day);
  }

  /** Empties the collector. */
  async pack(pseudonymOf: (customer: string) => Buffer, breathe: () => Promise<void>): Promise<VisitBatch> {
    const pseudonyms = Buffer.alloc(this.#customers.size * PSEUDONYM_BYTES);
    let at = 0;
    for (const customer of this.#customers.texts()) {
      pseudonymOf(customer).copy(pseudonyms, at++ * PSEUDONYM_BYTES);
      if (at % BREATH_CUSTOMERS === 0) await breathe();
    }
    const columns = visitColumns(this.#columns.days.length);
    // Days keep their 32 bits and are read with their sign again. Each column is let go once it was copied.
    for (const name of COLUMNS) columns[name].set(this.#columns[name].takeValues());
    return {
      dealerCodes: this.#dealers.texts,
      adviserNames: this.#advisers.texts,
      pseudonyms,
      ...columns,
    };
  }
}
