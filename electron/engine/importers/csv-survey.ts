// One pass over the text before any row is given out: finds what makes the whole file unreadable and says where.
// Its rules for quotes and line ends are those that csv.ts sets in the parser.
import { ImportFault } from './import-fault.ts';

export const MAX_CELL_LENGTH = 1_000_000;
const MAX_COLUMNS = 16_384;

const STAND_IN = '\uffff';
const QUOTE = 0x22;
const LF = 0x0a;
const CR = 0x0d;

export class CsvSurvey {
  /** Records that are not blank lines. */
  records = 0;
  lineEnds = new Set<'\r\n' | '\n' | '\r'>();
  sawNul = false;
  sawBadByte = false;
  #row = 1;
  #field = 0;
  #length = 0;
  #blank = true;
  #state: 'start' | 'bare' | 'quoted' | 'closed' = 'start';
  #quoteRow = 0;
  #quoteField = 0;
  #pendingCr = false;
  /** What may be the beginning of a delimiter of several characters. */
  #held = '';
  readonly #delimiter: number;
  readonly #long: string;
  readonly #file: string;

  constructor(delimiter: string, file: string) {
    this.#delimiter = delimiter.length > 1 ? STAND_IN.charCodeAt(0) : delimiter.charCodeAt(0);
    this.#long = delimiter.length > 1 ? delimiter : '';
    this.#file = file;
  }

  push(piece: string): void {
    if (!this.sawNul) this.sawNul = piece.includes('\0');
    if (!this.sawBadByte) this.sawBadByte = piece.includes('\ufffd');
    this.#survey(this.#long === '' ? piece : this.#withStandIns(piece));
  }

  /** One character for each long delimiter: only lengths and places are looked at here. */
  #withStandIns(piece: string): string {
    const text = this.#held + piece;
    const last = text.lastIndexOf(this.#long);
    const from = Math.max(last < 0 ? 0 : last + this.#long.length, text.length - this.#long.length + 1);
    this.#held = text.slice(from);
    return text.slice(0, from).replaceAll(this.#long, STAND_IN);
  }

  #survey(text: string): void {
    for (let i = 0; i < text.length; i++) this.#take(text.charCodeAt(i));
    if (this.#length > MAX_CELL_LENGTH) this.#refuse('cell-too-long');
  }

  end(): void {
    if (this.#held !== '') this.#survey(this.#held);
    this.#held = '';
    if (this.#pendingCr) this.#lineEnd('\r');
    if (this.#state === 'quoted') {
      this.#row = this.#quoteRow;
      this.#field = this.#quoteField;
      this.#refuse('quote-not-closed');
    }
    if (!this.#blank) this.#endRecord();
  }

  #take(code: number): void {
    if (this.#pendingCr) {
      this.#pendingCr = false;
      this.#lineEnd(code === LF ? '\r\n' : '\r');
      if (code === LF) return;
    }
    if (this.#state === 'quoted') {
      if (code === QUOTE) this.#state = 'closed';
      else this.#length++;
    } else if (code === QUOTE) this.#quote();
    else if (code === this.#delimiter) this.#endField();
    else if (code === LF) this.#lineEnd('\n');
    else if (code === CR) this.#pendingCr = true;
    else this.#letter();
  }

  #letter(): void {
    if (this.#state === 'closed') this.#refuse('stray-quote');
    this.#state = 'bare';
    this.#blank = false;
    this.#length++;
  }

  #quote(): void {
    this.#blank = false;
    this.#length++;
    if (this.#state === 'closed') this.#state = 'quoted';
    else if (this.#state === 'start') {
      this.#state = 'quoted';
      this.#quoteRow = this.#row;
      this.#quoteField = this.#field;
    }
  }

  #endField(): void {
    if (this.#length > MAX_CELL_LENGTH) this.#refuse('cell-too-long');
    this.#field++;
    if (this.#field === MAX_COLUMNS) this.#refuse('too-many-columns');
    this.#length = 0;
    this.#blank = false;
    this.#state = 'start';
  }

  #lineEnd(kind: '\r\n' | '\n' | '\r'): void {
    this.lineEnds.add(kind);
    this.#endRecord();
  }

  #endRecord(): void {
    if (this.#length > MAX_CELL_LENGTH) this.#refuse('cell-too-long');
    if (!this.#blank) this.records++;
    this.#row++;
    this.#field = 0;
    this.#length = 0;
    this.#blank = true;
    this.#state = 'start';
  }

  #refuse(code: 'cell-too-long' | 'quote-not-closed' | 'stray-quote' | 'too-many-columns'): never {
    if (code === 'too-many-columns')
      throw new ImportFault(code, {
        file: this.#file,
        row: this.#row,
        value: `> ${MAX_COLUMNS}`,
        limit: MAX_COLUMNS,
      });
    throw new ImportFault(code, { file: this.#file, row: this.#row, column: `#${this.#field + 1}` });
  }
}
