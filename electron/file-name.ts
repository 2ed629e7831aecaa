/** File names that came from a page. */
import { extname } from 'node:path';

const RESERVED = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must not be in a name
const UNSAFE = /[<>:"/\\|?*\u0000-\u001f\u007f\u200b-\u200f\u2028-\u202e\ufeff]/g;

/** A name that every system takes: no separators, controls or reserved device names, at most 120 characters. */
export function safeFileName(name: string): string {
  const flat = name
    .normalize('NFC')
    .replace(UNSAFE, '_')
    .replace(/^[. ]+|[. ]+$/g, '');
  const extension = extname(flat).slice(0, 20);
  const stem = flat.slice(0, flat.length - extname(flat).length).slice(0, 120 - extension.length);
  const safe = `${stem}${extension}`;
  if (safe === '') return 'file';
  return RESERVED.test(safe) ? `_${safe}` : safe;
}
