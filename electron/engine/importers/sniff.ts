// Files that are no table although somebody chose them: each is refused by its first bytes, with its own code.

import { ImportFault } from './import-fault.ts';
import type { SourceFile } from './source-file.ts';
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
export async function refuseOtherFormats(source: SourceFile, extension: string): Promise<void> {
  const { head, name: file } = source;
  if (startsWith(head, OLE)) await refuseOle(source);
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
  const workbook = /^\.(xlsx|xlsm|xls|xlsb|ods)$/.test(extension);
  if (workbook && !isText(text)) throw new ImportFault('zip-damaged', { file, value: extension });
  if (workbook) throw new ImportFault('text-named-workbook', { file });
  if (/^\.z?sav$/.test(extension)) throw new ImportFault('sav-bad-magic', { file });
}

/** An OLE container is a protected .xlsx if it names an encrypted package, an old .xls if it names a workbook. */
async function refuseOle(source: SourceFile): Promise<never> {
  const file = source.name;
  const names = await oleNames(source);
  const holds = (name: string) => names.includes(Buffer.from(`${name}\0`, 'utf16le'));
  if (holds('EncryptedPackage')) throw new ImportFault('password-protected', { file });
  if (holds('Workbook') || holds('Book')) throw new ImportFault('old-xls', { file });
  throw new ImportFault('unsupported-format', { file, value: 'OLE' });
}

/** The first sector of the container's directory, which may lie anywhere in the file. */
async function oleNames(source: SourceFile): Promise<Buffer> {
  const { head, size } = source;
  if (head.length < 512) return head;
  const sectorBytes = 2 ** Math.min(head.readUInt16LE(0x1e), 12);
  const start = (head.readUInt32LE(0x30) + 1) * sectorBytes;
  return start < size ? await source.bytesAt(start, Math.min(sectorBytes, size - start)) : head;
}

/** No text holds more than a few control characters, whatever its encoding. */
function isText(text: string): boolean {
  let odd = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code < 32 && (code < 9 || code > 13)) odd++;
  }
  return odd * 50 <= text.length;
}

function utf16Of(head: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  return unmarkedUtf16(head);
}

function startsWith(head: Uint8Array, bytes: readonly number[]): boolean {
  return bytes.every((byte, i) => head[i] === byte);
}
