/** File names that are safe on Windows and unique within a folder whatever the case. */

const RESERVED = /^(con|prn|aux|nul|conin\$|conout\$|clock\$|com[0-9¹²³]|lpt[0-9¹²³])(\..*)?$/i;
/** Forbidden on Windows, plus characters that hide or reorder text. */
const FORBIDDEN = /[<>:"/\\|?*\p{Cc}\p{Cf}\p{Zl}\p{Zp}\u{fffd}]+/gu;
/** Counted in UTF-8 bytes: below every file system's 255, leaving room for a number, an extension and `.part`. */
const MAX_BYTES = 160;
const FALLBACK = '_';

/** The longest beginning within so many bytes, never splitting a character. */
function cutToBytes(text: string, bytes: number): string {
  let out = '';
  let used = 0;
  for (const ch of text) {
    used += Buffer.byteLength(ch);
    if (used > bytes) break;
    out += ch;
  }
  return out;
}

/** A name without path, reserved words, leading or trailing dots and blanks; never empty. Example: `..\CON:` is `CON_`. */
export function safeFileStem(text: string): string {
  const flat = text.toWellFormed().normalize('NFC').replace(FORBIDDEN, '_').replace(/\s+/g, ' ');
  const cut = cutToBytes(flat.replace(/^[. _]+/, ''), MAX_BYTES).replace(/[. _]+$/, '');
  if (cut === '') return FALLBACK;
  return RESERVED.test(cut) ? cut.replace(/^[^.]*/, '$&_') : cut;
}

const folded = (name: string): string => name.normalize('NFKC').toUpperCase().toLowerCase();

/**
 * Safe stems in the order given; a stem that was taken gets ` (2)`, ` (3)` ... The result depends on nothing but the
 * input, so that a resumed batch finds its files again.
 */
export function uniqueFileStems(texts: readonly string[]): string[] {
  const taken = new Set<string>();
  return texts.map((text) => {
    const stem = safeFileStem(text);
    let name = stem;
    for (let i = 2; taken.has(folded(name)); i++) name = `${stem} (${i})`;
    taken.add(folded(name));
    return name;
  });
}
