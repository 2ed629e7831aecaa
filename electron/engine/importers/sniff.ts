// Files that are no table although somebody chose them: each is refused by its first bytes, with its own code.
import type { SourceFile } from './source-file.ts';
import { ImportFault } from './table.ts';
import { unmarkedUtf16 } from './text-encoding.ts';

const MAGIC: readonly { name: string; bytes: readonly number[] }[] = [
  { name: 'PDF', bytes: [0x25, 0x50, 0x44, 0x46] },
  { name: 'gzip', bytes: [0x1f, 0x8b] },
  { name: '7z', bytes: [0x37, 0x7a, 0xbc, 0xaf] },
  { name: 'RAR', bytes: [0x52, 0x61, 0x72, 0x21, 0x1a] },
  { name: 'PNG', bytes: [0x89, 0x50, 0x4e, 0x47] },
  { name: 'JPEG', bytes: [0xff, 0xd8, 0xff] },
  { name: 'SQLite', bytes: [...Buffer.from('SQLite format 3\0')] },
  { name: 'Windows program', bytes: [0x4d, 0x5a, 0x90] },
];
const OLE = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];

/** Returns only for what may be a text table. */
export function refuseOtherFormats(source: SourceFile, extension: string): void {
  const { head, name: file } = source;
  if (startsWith(head, OLE)) refuseOle(source);
  const other = MAGIC.find(({ bytes }) => startsWith(head, bytes));
  if (other) throw new ImportFault('unsupported-format', { file, value: other.name });
  const text = new TextDecoder(utf16Of(head) ?? 'utf-8').decode(head.subarray(0, 4096)).trimStart();
  if (
    /^(<!doctype html|<html|<head|<body|<table|<meta|MIME-Version:)/i.test(text) ||
    /^(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)?<!?(doctype )?html/is.test(text)
  )
    throw new ImportFault('html-file', { file });
  if (/^<\?xml/i.test(text)) throw new ImportFault('unsupported-format', { file, value: 'XML' });
  if (/^[[{]\s*["[{]/.test(text)) throw new ImportFault('unsupported-format', { file, value: 'JSON' });
  if (/^\.(xlsx|xlsm|xls|xlsb|ods)$/.test(extension)) throw new ImportFault('text-named-workbook', { file });
  if (/^\.z?sav$/.test(extension)) throw new ImportFault('sav-bad-magic', { file });
}

/** An OLE container is a protected .xlsx if it names an encrypted package, an old .xls if it names a workbook. */
function refuseOle(source: SourceFile): never {
  const file = source.name;
  const holds = (name: string) => source.head.includes(Buffer.from(name, 'utf16le'));
  if (holds('EncryptedPackage') || holds('EncryptionInfo'))
    throw new ImportFault('password-protected', { file });
  if (holds('Workbook') || holds('Book') || /\.xls$/i.test(file)) throw new ImportFault('old-xls', { file });
  // The directory may lie anywhere in the container; a name ending in x tells that it was meant to be a new one.
  if (/\.xls[xm]$/i.test(file)) throw new ImportFault('password-protected', { file });
  throw new ImportFault('unsupported-format', { file, value: 'OLE' });
}

function utf16Of(head: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  return unmarkedUtf16(head);
}

function startsWith(head: Uint8Array, bytes: readonly number[]): boolean {
  return bytes.every((byte, i) => head[i] === byte);
}
