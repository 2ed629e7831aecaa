// Finding a dealer by how a file writes it: its code, what is the same in another width or case, its name, the nearest.
import { editDistance } from '../../../../shared/domain/edit-distance.ts';
import { nearestNames, placeKey } from '../../importers/places.ts';
import { labelOf, type NearPlace } from './place-names.ts';
import type { KeptDealer } from './place-register.ts';

const MOST_COMPARED = 200_000;
const MOST_NEAR = 3;

/** Over the dealers of a register, those that a file adds included as far as it says so. */
export class DealerLookup {
  readonly #dealers: ReadonlyMap<string, KeptDealer>;
  /** Codes by their comparable form; '' where two dealers share it. */
  readonly #codes = new Map<string, string>();
  #names: Map<string, string> | undefined;
  #labels: Map<string, KeptDealer> | undefined;

  constructor(dealers: ReadonlyMap<string, KeptDealer>) {
    this.#dealers = dealers;
    for (const { code, pooled } of dealers.values()) {
      if (pooled === 1) continue;
      const key = placeKey(code);
      this.#codes.set(key, this.#codes.has(key) ? '' : code);
    }
  }

  /** By its code, else by what is the same without blanks, zero-width and full-width forms; by its name if it is alone. */
  find(code: string, isName: boolean): KeptDealer | undefined {
    const exact = this.#dealers.get(code);
    if (exact) return exact;
    const key = placeKey(code);
    const same = this.#codes.get(key);
    if (same) return this.#dealers.get(same);
    const named = isName ? this.#byName().get(key) : undefined;
    return named ? this.#dealers.get(named) : undefined;
  }

  #byName(): Map<string, string> {
    if (!this.#names) {
      this.#names = new Map();
      for (const { code, name } of this.#known()) {
        const key = placeKey(name);
        this.#names.set(key, this.#names.has(key) ? '' : code);
      }
    }
    return this.#names;
  }

  /** Those of the database. */
  #known(): KeptDealer[] {
    return [...this.#dealers.values()].filter((row) => row.pooled === 0 && !row.isNew);
  }

  /** The nearest dealers of the database, by code and by name. */
  nearest(code: string, name = ''): NearPlace[] {
    this.#labels ??= new Map(
      this.#known().flatMap((row) => [row.code, row.name].map((text) => [text, row] as const)),
    );
    const texts = [...this.#labels.keys()];
    const near = [...(name === '' ? [] : nearestNames(name, texts)), ...nearestNames(code, texts)]
      .sort((a, b) => a.distance - b.distance)
      .map((one) => this.#labels!.get(one.name)!);
    return [...new Set(near)].slice(0, MOST_NEAR).map(placeOf);
  }

  /** New dealers whose name is like one that is known, numbers aside; none where there are very many. */
  lookAlikes(made: readonly KeptDealer[]): { name: string; nearest: NearPlace[] }[] {
    const known = this.#known();
    if (known.length === 0 || made.length === 0 || made.length * known.length > MOST_COMPARED) return [];
    return made.flatMap((row) => {
      const nearest = known.filter((one) => isLookAlike(row.name, one.name)).slice(0, MOST_NEAR);
      return nearest.length === 0 ? [] : [{ name: row.code, nearest: nearest.map(placeOf) }];
    });
  }
}

function placeOf(row: KeptDealer): NearPlace {
  return { code: row.code, name: labelOf(row) };
}

/** One slip apart in words; another number is another dealer. */
function isLookAlike(a: string, b: string): boolean {
  const [one, other] = [placeKey(a), placeKey(b)];
  const digits = (text: string) =>
    (text.match(/[\d一二三四五六七八九十甲乙丙丁东南西北中]+/gu) ?? []).join(' ');
  const most = Math.max(one.length, other.length);
  if (most < 3 || Math.abs(one.length - other.length) > 2 || digits(one) !== digits(other)) return false;
  return editDistance(one, other) <= Math.max(1, Math.floor(most / 6));
}
