// A small pushed scanner for the XML inside workbooks: pieces of text in; open, text and close out. It refuses
// document types and anything that is not well-formed, knows the five entities, and ignores namespaces.
import { ImportFault } from './import-fault.ts';

export interface XmlHandler {
  /** `name` is without its prefix; `attributes` is the raw text between name and `>`. */
  open(name: string, attributes: string): void;
  /** A long text comes in several pieces. */
  text?(text: string): void;
  close(name: string): void;
}

const MAX_MARKUP_LENGTH = 1_000_000;

export class XmlScanner {
  #rest = '';
  readonly #stack: string[] = [];
  #sawRoot = false;
  /** Depth of the `extLst` that is open: extensions repeat names of the format with another meaning. */
  #extension = 0;
  readonly #handler: XmlHandler;
  readonly #part: string;

  constructor(handler: XmlHandler, part: string) {
    this.#handler = handler;
    this.#part = part;
  }

  push(piece: string): void {
    const text = this.#rest === '' ? piece : this.#rest + piece;
    let at = 0;
    for (;;) {
      const tag = text.indexOf('<', at);
      if (tag < 0) {
        const entity = text.lastIndexOf('&');
        const stop = entity > text.length - 12 ? Math.max(at, entity) : text.length;
        if (stop > at) this.#text(text.slice(at, stop));
        at = stop;
        break;
      }
      if (tag > at) this.#text(text.slice(at, tag));
      const end = this.#markupEnd(text, tag);
      if (end < 0) {
        at = tag;
        break;
      }
      this.#markup(text, tag, end);
      at = end;
    }
    this.#rest = text.slice(at);
    if (this.#rest.length > MAX_MARKUP_LENGTH) this.#malformed();
  }

  end(): void {
    if (this.#rest.trim() !== '' || this.#stack.length > 0 || !this.#sawRoot) this.#malformed();
  }

  /** The position after the markup that starts at `tag`, or -1 when more text is needed. */
  #markupEnd(text: string, tag: number): number {
    const second = text.charCodeAt(tag + 1);
    if (second === 0x21) return this.#declarationEnd(text, tag);
    if (second === 0x3f) return after(text, '?>', tag);
    let end = text.indexOf('>', tag);
    if (second === 0x2f) return end + 1 || -1;
    // A `>` inside an attribute does not end the tag: look on while a quotation mark is open.
    while (end >= 0 && !balanced(text, tag, end)) end = text.indexOf('>', end + 1);
    return end < 0 ? -1 : end + 1;
  }

  #declarationEnd(text: string, tag: number): number {
    if (text.length - tag < 9) return -1;
    if (text.startsWith('<!--', tag)) return after(text, '-->', tag);
    if (text.startsWith('<![CDATA[', tag)) return after(text, ']]>', tag);
    if (text.startsWith('<!DOCTYPE', tag)) throw new ImportFault('xml-doctype', { value: this.#part });
    this.#malformed();
  }

  #markup(text: string, tag: number, end: number): void {
    const second = text.charCodeAt(tag + 1);
    if (second === 0x3f) return;
    if (second === 0x21) {
      if (text.charCodeAt(tag + 2) === 0x5b) this.#raw(text.slice(tag + 9, end - 3));
      return;
    }
    if (second === 0x2f) this.#close(localName(text.slice(tag + 2, end - 1).trimEnd()));
    else this.#open(text, tag, end);
  }

  #open(text: string, tag: number, end: number): void {
    const selfClosing = text.charCodeAt(end - 2) === 0x2f;
    const stop = selfClosing ? end - 2 : end - 1;
    let nameEnd = tag + 1;
    while (nameEnd < stop && text.charCodeAt(nameEnd) > 0x20) nameEnd++;
    const name = localName(text.slice(tag + 1, nameEnd));
    if (name === '' || (this.#stack.length === 0 && this.#sawRoot)) this.#malformed();
    this.#sawRoot = true;
    this.#stack.push(name);
    if (name === 'extLst' && this.#extension === 0) this.#extension = this.#stack.length;
    if (this.#extension === 0) this.#handler.open(name, text.slice(nameEnd, stop));
    if (selfClosing) this.#close(name);
  }

  #close(name: string): void {
    if (this.#stack.pop() !== name) this.#malformed();
    if (this.#extension === 0) this.#handler.close(name);
    else if (this.#stack.length < this.#extension) this.#extension = 0;
  }

  #text(text: string): void {
    if (this.#stack.length === 0) {
      if (text.trim() !== '') this.#malformed();
    } else if (this.#extension === 0 && this.#handler.text)
      this.#handler.text(decodeEntities(text, this.#part));
  }

  #raw(text: string): void {
    if (this.#stack.length === 0) this.#malformed();
    if (this.#extension === 0) this.#handler.text?.(text);
  }

  #malformed(): never {
    throw new ImportFault('xml-malformed', { value: this.#part });
  }
}

/** One attribute out of the raw text of a tag, by its name without prefix. Example: `attribute(' r="A1"', 'r')`. */
export function attribute(raw: string, name: string, part = ''): string | undefined {
  for (let at = raw.indexOf(name); at >= 0; at = raw.indexOf(name, at + 1)) {
    const before = raw.charCodeAt(at - 1);
    if (at === 0 || (before > 0x20 && before !== 0x3a)) continue;
    const value = /^\s*=\s*(?:"([^"]*)"|'([^']*)')/.exec(raw.slice(at + name.length));
    if (value) return decodeEntities(value[1] ?? value[2]!, part);
  }
  return undefined;
}

const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function decodeEntities(text: string, part: string): string {
  if (!text.includes('&')) return text;
  return text.replaceAll(/&([^;&]{0,10});?/g, (whole, name: string) => {
    const entity = Object.hasOwn(ENTITIES, name) ? ENTITIES[name] : undefined;
    if (whole.endsWith(';') && entity !== undefined) return entity;
    const code = /^#x[0-9a-f]+$/i.test(name)
      ? Number.parseInt(name.slice(2), 16)
      : /^#\d+$/.test(name)
        ? Number(name.slice(1))
        : -1;
    if (!whole.endsWith(';') || code < 0 || code > 0x10ffff)
      throw new ImportFault('xml-malformed', { value: part });
    return String.fromCodePoint(code);
  });
}

function localName(name: string): string {
  const colon = name.indexOf(':');
  return colon < 0 ? name : name.slice(colon + 1);
}

function after(text: string, mark: string, from: number): number {
  const at = text.indexOf(mark, from);
  return at < 0 ? -1 : at + mark.length;
}

function balanced(text: string, from: number, to: number): boolean {
  let open = 0;
  for (let i = from; i < to; i++) {
    const code = text.charCodeAt(i);
    if (code !== 0x22 && code !== 0x27) continue;
    if (open === 0) open = code;
    else if (open === code) open = 0;
  }
  return open === 0;
}
