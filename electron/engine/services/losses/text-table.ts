// Very many different short texts, each with its position: a hash table over one run of characters, at a fraction of the
// memory of a Map of strings.

const FIRST_SLOTS = 1 << 16;
const FIRST_CHARACTERS = 1 << 20;

export class TextTable {
  size = 0;
  /** All texts behind each other. */
  #characters = new Uint16Array(FIRST_CHARACTERS);
  /** Where the text of each position ends. */
  #ends = new Uint32Array(FIRST_SLOTS / 2);
  /** Position + 1 by hash; 0 is free. */
  #slots = new Uint32Array(FIRST_SLOTS);

  positionOf(text: string): number {
    const mask = this.#slots.length - 1;
    let slot = hashOf(text) & mask;
    for (let found = this.#slots[slot]!; found !== 0; found = this.#slots[slot]!) {
      if (this.#is(found - 1, text)) return found - 1;
      slot = (slot + 1) & mask;
    }
    return this.#add(text, slot);
  }

  /** The texts in the order of their positions. */
  *texts(): Generator<string> {
    for (let position = 0; position < this.size; position++) yield this.#textAt(position);
  }

  #startOf(position: number): number {
    return position === 0 ? 0 : this.#ends[position - 1]!;
  }

  #is(position: number, text: string): boolean {
    const start = this.#startOf(position);
    if (this.#ends[position]! - start !== text.length) return false;
    for (let i = 0; i < text.length; i++)
      if (this.#characters[start + i] !== text.charCodeAt(i)) return false;
    return true;
  }

  #textAt(position: number): string {
    return String.fromCharCode(...this.#characters.subarray(this.#startOf(position), this.#ends[position]!));
  }

  #add(text: string, slot: number): number {
    const position = this.size++;
    const start = this.#startOf(position);
    const end = start + text.length;
    if (end > this.#characters.length) this.#characters = longer(this.#characters, end);
    for (let i = 0; i < text.length; i++) this.#characters[start + i] = text.charCodeAt(i);
    this.#ends[position] = end;
    this.#slots[slot] = position + 1;
    if (this.size * 2 >= this.#slots.length) this.#widen();
    return position;
  }

  #widen(): void {
    const slots = new Uint32Array(this.#slots.length * 2);
    const mask = slots.length - 1;
    this.#slots = slots;
    this.#ends = longer(this.#ends, slots.length / 2);
    for (let position = 0; position < this.size; position++) {
      let slot = hashOf(this.#textAt(position)) & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = position + 1;
    }
  }
}

/** Less than double: the longest table is most of the memory of an import of visits. */
const GROWTH = 1.3;

function longer<T extends Uint16Array | Uint32Array>(values: T, least: number): T {
  const made = new (values.constructor as new (length: number) => T)(
    Math.max(least, Math.ceil(values.length * GROWTH)),
  );
  made.set(values);
  return made;
}

/** FNV-1a over the characters. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return (hash ^ (hash >>> 15)) >>> 0;
}
