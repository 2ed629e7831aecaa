// Our own look at the zip before anybody parses it: limits, names, overlaps, and the CRC-32 of every part, because
// spreadsheet readers happily load flipped bits as other numbers.
import { Readable } from 'node:stream';
import { crc32, createInflateRaw } from 'node:zlib';
import type { Issue } from '../../../shared/domain/import-issue.ts';
import { ImportFault } from './import-fault.ts';
import type { SourceFile } from './source-file.ts';
import { readCentralDirectory, type ZipEntry } from './zip-directory.ts';

const MAX_ENTRIES = 1_000;
const MAX_PART_BYTES = 512 * 1024 ** 2;
const MAX_TOTAL_BYTES = 1024 ** 3;
/** Tighter than this and larger than 10 MB is worth a word; only the sizes above refuse. */
const HIGH_RATIO = 200;
const PIECE_BYTES = 128 * 1024;

export interface CheckedZip {
  entries: ReadonlyMap<string, ZipEntry>;
  warnings: Issue[];
}

/** Throws ImportFault unless every part of the archive is sound. Reads and unpacks all of it once. */
export async function checkZip(source: SourceFile, signal?: AbortSignal): Promise<CheckedZip> {
  const listed = await readCentralDirectory(source, MAX_ENTRIES);
  refuseSizes(listed);
  const entries = refuseNames(listed);
  for (const entry of listed) await placeData(source, entry);
  refuseOverlaps(listed);
  for (const entry of listed) await verifyPart(source, entry, signal);
  return { entries, warnings: ratioWarnings(source, listed) };
}

/** The bytes of one part; throws at its end when length or CRC-32 differ from what the archive says. */
export async function* partBytes(
  source: SourceFile,
  entry: ZipEntry,
  signal?: AbortSignal,
): AsyncGenerator<Buffer> {
  let crc = 0;
  let length = 0;
  for await (const piece of entry.method === 0 ? storedBytes(source, entry) : inflated(source, entry)) {
    signal?.throwIfAborted();
    length += piece.length;
    if (length > entry.size) throw new ImportFault('zip-damaged', { value: entry.name });
    crc = crc32(piece, crc);
    yield piece;
  }
  if (length !== entry.size || crc !== entry.crc)
    throw new ImportFault('zip-checksum', { value: entry.name });
}

async function* storedBytes(source: SourceFile, entry: ZipEntry): AsyncGenerator<Buffer> {
  const end = entry.dataStart + entry.packedSize;
  for (let at = entry.dataStart; at < end; at += PIECE_BYTES)
    yield await source.bytesAt(at, Math.min(PIECE_BYTES, end - at));
}

async function* inflated(source: SourceFile, entry: ZipEntry): AsyncGenerator<Buffer> {
  const packed = Readable.from(storedBytes(source, entry), { objectMode: false, highWaterMark: PIECE_BYTES });
  const inflate = createInflateRaw({ chunkSize: PIECE_BYTES });
  let fault: unknown;
  packed.on('error', (error) => {
    fault = error;
    inflate.destroy(error);
  });
  try {
    for await (const piece of packed.pipe(inflate)) yield piece as Buffer;
  } catch (error) {
    if (fault instanceof ImportFault) throw fault;
    if (error instanceof ImportFault) throw error;
    throw new ImportFault('zip-checksum', { value: entry.name }, error);
  } finally {
    packed.destroy();
    inflate.destroy();
  }
  if (inflate.bytesWritten !== entry.packedSize) throw new ImportFault('zip-damaged', { value: entry.name });
}

function refuseSizes(entries: readonly ZipEntry[]): void {
  let total = 0;
  for (const { name, size } of entries) {
    if (size > MAX_PART_BYTES)
      throw new ImportFault('zip-part-too-large', { value: name, limit: MAX_PART_BYTES });
    total += size;
  }
  if (total > MAX_TOTAL_BYTES)
    throw new ImportFault('zip-too-large', { value: `${total}`, limit: MAX_TOTAL_BYTES });
}

/** Part names are compared without case, as the package format says. */
function refuseNames(entries: readonly ZipEntry[]): Map<string, ZipEntry> {
  const byName = new Map<string, ZipEntry>();
  for (const entry of entries) {
    const { name } = entry;
    const unsafe =
      name === '' || name.startsWith('/') || /[\\:\0]/.test(name) || name.split('/').includes('..');
    if (unsafe) throw new ImportFault('zip-bad-name', { value: name });
    const key = name.toLowerCase();
    if (byName.has(key)) throw new ImportFault('zip-duplicate-part', { value: name });
    byName.set(key, entry);
  }
  return byName;
}

/** Finds where the data starts and compares the local header with the directory: readers trust either one. */
async function placeData(source: SourceFile, entry: ZipEntry): Promise<void> {
  const damaged = () => new ImportFault('zip-damaged', { value: entry.name });
  if (entry.headerStart + 30 > source.size) throw damaged();
  const local = await source.bytesAt(entry.headerStart, 30);
  if (local.readUInt32LE(0) !== 0x04034b50) throw damaged();
  const nameLength = local.readUInt16LE(26);
  entry.dataStart = entry.headerStart + 30 + nameLength + local.readUInt16LE(28);
  if (entry.dataStart + entry.packedSize > source.size) throw damaged();
  const name = await source.bytesAt(entry.headerStart + 30, nameLength);
  const flags = local.readUInt16LE(6);
  if (!name.equals(entry.rawName) || local.readUInt16LE(8) !== entry.method || flags !== entry.flags)
    throw damaged();
  const sizesFollow = (flags & 8) !== 0;
  if (!sizesFollow && local.readUInt32LE(14) !== entry.crc)
    throw new ImportFault('zip-checksum', { value: entry.name });
}

function refuseOverlaps(entries: readonly ZipEntry[]): void {
  const ordered = [...entries].sort((a, b) => a.headerStart - b.headerStart);
  ordered.forEach((entry, i) => {
    const next = ordered[i + 1]?.headerStart ?? entry.directoryStart;
    if (entry.dataStart + entry.packedSize > next)
      throw new ImportFault('zip-overlap', { value: entry.name });
  });
}

const DOCTYPE = Buffer.from('<!DOCTYPE');

async function verifyPart(source: SourceFile, entry: ZipEntry, signal?: AbortSignal): Promise<void> {
  const isXml = /\.(xml|rels|vml)$/i.test(entry.name);
  let tail = Buffer.alloc(0);
  for await (const piece of partBytes(source, entry, signal)) {
    if (!isXml) continue;
    const seam = Buffer.concat([tail, piece.subarray(0, DOCTYPE.length)]);
    if (piece.includes(DOCTYPE) || seam.includes(DOCTYPE))
      throw new ImportFault('xml-doctype', { value: entry.name });
    tail = Buffer.from(piece.subarray(-DOCTYPE.length));
  }
}

function ratioWarnings(source: SourceFile, entries: readonly ZipEntry[]): Issue[] {
  const tight = entries.find(
    ({ size, packedSize }) => size > 10 * 1024 ** 2 && size > packedSize * HIGH_RATIO,
  );
  if (!tight) return [];
  const value = `${Math.round(tight.size / Math.max(1, tight.packedSize))}:1`;
  return [{ code: 'zip-high-ratio', severity: 'warning', file: source.name, value }];
}
