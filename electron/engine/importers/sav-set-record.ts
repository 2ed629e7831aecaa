// The records of multiple-response sets in an SPSS file, still without the columns they name.
// Layout after the PSPP developers' guide, "Multiple Response Sets Records".

/** A set as its record tells it; names of columns as Latin-1, for they may be in any encoding. */
export interface RawSet {
  name: string;
  label: string;
  /** The value that stands for "chosen"; absent where each column holds a chosen code. */
  counted?: string;
  /** Choices are called what the counted value is called in each column, not as the column is. */
  byValue: boolean;
  members: string[];
}

/** Far more than any questionnaire has; a damaged record may seem to hold millions. */
const MOST_SETS = 1000;

/** The sets of one record, in order; one that cannot be made out is given by its first characters. */
export function* readSets(
  data: Buffer,
  decode: (bytes: Buffer) => string,
): Generator<RawSet | { unreadable: string }> {
  let found = 0;
  for (let at = 0; at < data.length && found < MOST_SETS; ) {
    if (data[at] === 0x0a || data[at] === 0x20 || data[at] === 0) {
      at++;
      continue;
    }
    const head = new SetHead(data, at);
    // A label may hold a line break, so the end is looked for behind it.
    const newline = data.indexOf(0x0a, head.broken ? at : head.at);
    const end = newline < 0 ? data.length : newline;
    yield setOf(head, data.toString('latin1', head.at, end), decode) ?? {
      unreadable: decode(data.subarray(at, Math.min(end, at + 60))),
    };
    at = end + 1;
    found++;
  }
}

function setOf(head: SetHead, rest: string, decode: (bytes: Buffer) => string): RawSet | undefined {
  const name = decode(head.name).trim();
  if (head.broken || !name.startsWith('$')) return undefined;
  return {
    name,
    label: decode(head.label).trim(),
    ...(head.counted === undefined ? {} : { counted: decode(head.counted).trim() }),
    byValue: head.kind === 'E' && head.source === '1',
    members: rest.split(' ').filter(Boolean),
  };
}

/** Reads `$name=D1 1 5 label a b`, numbers being lengths in bytes; anything else makes it `broken`. */
class SetHead {
  at: number;
  readonly broken: boolean;
  kind = '';
  source = '';
  name: Buffer = Buffer.alloc(0);
  label: Buffer = Buffer.alloc(0);
  counted: Buffer | undefined;
  readonly #data: Buffer;

  constructor(data: Buffer, from: number) {
    this.#data = data;
    this.at = from;
    this.broken = !this.#read();
  }

  #read(): boolean {
    const newline = this.#data.indexOf(0x0a, this.at);
    const line = this.#data.subarray(this.at, newline < 0 ? undefined : newline);
    const equals = line.indexOf(0x3d);
    if (equals < 1) return false;
    this.name = line.subarray(0, equals);
    this.at += equals + 1;
    this.kind = String.fromCharCode(this.#data[this.at++] ?? 0);
    if (!'CDE'.includes(this.kind)) return false;
    if (this.kind === 'E') {
      const mark = /^ (11?) /.exec(this.#data.toString('latin1', this.at, this.at + 4));
      if (!mark) return false;
      this.source = mark[1]!;
      this.at += mark[0].length;
    } else if (this.kind === 'C' && !this.#passBlank()) return false;
    if (this.kind !== 'C') {
      this.counted = this.#sized();
      if (!this.counted || !this.#passBlank()) return false;
    }
    const label = this.#sized();
    this.label = label ?? this.label;
    return label !== undefined;
  }

  #passBlank(): boolean {
    return this.#data[this.at++] === 0x20;
  }

  /** A length, a blank and that many bytes. */
  #sized(): Buffer | undefined {
    const digits = /^(\d{1,7}) /.exec(this.#data.toString('latin1', this.at, this.at + 8));
    const start = this.at + (digits?.[0].length ?? 0);
    const end = start + Number(digits?.[1] ?? Number.NaN);
    if (!(end <= this.#data.length)) return undefined;
    this.at = end;
    return this.#data.subarray(start, end);
  }
}
