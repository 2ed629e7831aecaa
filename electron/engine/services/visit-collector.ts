// Visits of a file on their way into packed columns; texts become positions in lists.
import { PSEUDONYM_BYTES, type VisitBatch } from '../store/visits.ts';

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

export class VisitCollector {
  readonly #customers = new Lexicon();
  readonly #dealers = new Lexicon();
  readonly #advisers = new Lexicon();
  readonly #columns = {
    customers: [] as number[],
    days: [] as number[],
    dealers: [] as number[],
    advisers: [] as number[],
  };
  refused = 0;
  firstDay: number | null = null;
  lastDay: number | null = null;

  get count(): number {
    return this.#columns.days.length;
  }

  get customerCount(): number {
    return this.#customers.size;
  }

  get dealerCount(): number {
    return this.#dealers.size;
  }

  get adviserCount(): number {
    return this.#advisers.texts.filter((name) => name !== '').length;
  }

  refuse(): void {
    this.refused++;
  }

  add({ customer, day, dealer, adviser }: ReadVisit): void {
    this.#columns.customers.push(this.#customers.positionOf(customer));
    this.#columns.days.push(day);
    this.#columns.dealers.push(this.#dealers.positionOf(dealer));
    this.#columns.advisers.push(this.#advisers.positionOf(adviser));
    this.firstDay = Math.min(this.firstDay ?? day, day);
    this.lastDay = Math.max(this.lastDay ?? day, day);
  }

  pack(pseudonymOf: (customer: string) => Buffer): VisitBatch {
    const pseudonyms = Buffer.alloc(this.#customers.size * PSEUDONYM_BYTES);
    this.#customers.texts.forEach((customer, i) => {
      pseudonymOf(customer).copy(pseudonyms, i * PSEUDONYM_BYTES);
    });
    const { customers, days, dealers, advisers } = this.#columns;
    return {
      dealerCodes: this.#dealers.texts,
      adviserNames: this.#advisers.texts,
      pseudonyms,
      customers: Uint32Array.from(customers),
      days: Int32Array.from(days),
      dealers: Uint32Array.from(dealers),
      advisers: Uint32Array.from(advisers),
    };
  }
}
