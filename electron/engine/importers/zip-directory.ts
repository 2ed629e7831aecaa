// The list of parts at the end of a zip, with the 64-bit fields that some writers always use.

import { ImportFault } from './import-fault.ts';
import type { SourceFile } from './source-file.ts';

export interface ZipEntry {
  name: string;
  rawName: Buffer;
  method: number;
  flags: number;
  crc: number;
  size: number;
  packedSize: number;
  headerStart: number;
  /** Set once the local header has been read. */
  dataStart: number;
  /** Where the directory begins: no data may reach it. */
  directoryStart: number;
}

interface DirectoryPlace {
  count: number;
  start: number;
  length: number;
}

const END = 0x06054b50;
const END_BYTES = 22;
const MAX_COMMENT = 65_535;

export async function readCentralDirectory(source: SourceFile, maxEntries: number): Promise<ZipEntry[]> {
  const place = await findDirectory(source);
  if (place.count > maxEntries)
    throw new ImportFault('zip-too-many-entries', { value: String(place.count), limit: maxEntries });
  if (place.start + place.length > source.size) throw new ImportFault('zip-cut-short');
  const directory = await source.bytesAt(place.start, place.length);
  const entries: ZipEntry[] = [];
  let at = 0;
  for (let i = 0; i < place.count; i++) {
    const { entry, next } = entryAt(directory, at, place.start);
    entries.push(entry);
    at = next;
  }
  if (at !== directory.length) throw new ImportFault('zip-damaged', { value: 'directory' });
  return entries;
}

async function findDirectory(source: SourceFile): Promise<DirectoryPlace> {
  const tailStart = Math.max(0, source.size - END_BYTES - MAX_COMMENT);
  const tail = await source.bytesAt(tailStart, source.size - tailStart);
  let found = false;
  for (let at = tail.length - END_BYTES; at >= 0; at--) {
    if (tail.readUInt32LE(at) !== END) continue;
    found = true;
    if (at + END_BYTES + tail.readUInt16LE(at + 20) !== tail.length) continue;
    if (tail.readUInt16LE(at + 4) !== 0) throw new ImportFault('zip-unsupported', { value: 'volumes' });
    const place = {
      count: tail.readUInt16LE(at + 10),
      length: tail.readUInt32LE(at + 12),
      start: tail.readUInt32LE(at + 16),
    };
    const wide = place.count === 0xffff || place.length === 0xffffffff || place.start === 0xffffffff;
    return wide ? await findWideDirectory(source, tailStart + at) : place;
  }
  throw found ? new ImportFault('zip-damaged', { value: 'end' }) : new ImportFault('zip-cut-short');
}

async function findWideDirectory(source: SourceFile, endAt: number): Promise<DirectoryPlace> {
  const damaged = new ImportFault('zip-damaged', { value: 'zip64' });
  if (endAt < 20) throw damaged;
  const locator = await source.bytesAt(endAt - 20, 20);
  if (locator.readUInt32LE(0) !== 0x07064b50) throw damaged;
  const at = Number(locator.readBigUInt64LE(8));
  if (at + 56 > source.size) throw damaged;
  const record = await source.bytesAt(at, 56);
  if (record.readUInt32LE(0) !== 0x06064b50) throw damaged;
  return {
    count: Number(record.readBigUInt64LE(32)),
    length: Number(record.readBigUInt64LE(40)),
    start: Number(record.readBigUInt64LE(48)),
  };
}

function entryAt(directory: Buffer, at: number, directoryStart: number): { entry: ZipEntry; next: number } {
  const damaged = () => new ImportFault('zip-damaged', { value: 'directory' });
  if (at + 46 > directory.length || directory.readUInt32LE(at) !== 0x02014b50) throw damaged();
  const nameEnd = at + 46 + directory.readUInt16LE(at + 28);
  const extraEnd = nameEnd + directory.readUInt16LE(at + 30);
  const next = extraEnd + directory.readUInt16LE(at + 32);
  if (next > directory.length) throw damaged();
  const rawName = Buffer.from(directory.subarray(at + 46, nameEnd));
  const entry: ZipEntry = {
    name: rawName.toString('utf8'),
    rawName,
    flags: directory.readUInt16LE(at + 8),
    method: directory.readUInt16LE(at + 10),
    crc: directory.readUInt32LE(at + 16),
    packedSize: directory.readUInt32LE(at + 20),
    size: directory.readUInt32LE(at + 24),
    headerStart: directory.readUInt32LE(at + 42),
    dataStart: 0,
    directoryStart,
  };
  widen(entry, directory.subarray(nameEnd, extraEnd), damaged);
  if (entry.flags & 1) throw new ImportFault('password-protected');
  if (entry.method !== 0 && entry.method !== 8)
    throw new ImportFault('zip-unsupported', { value: `method ${entry.method}` });
  return { entry, next };
}

/** The 64-bit field holds only those values that are all ones in the entry, in this order. */
function widen(entry: ZipEntry, extra: Buffer, damaged: () => ImportFault): void {
  const wide = (['size', 'packedSize', 'headerStart'] as const).filter((key) => entry[key] === 0xffffffff);
  if (wide.length === 0) return;
  for (let at = 0; at + 4 <= extra.length; at += 4 + extra.readUInt16LE(at + 2)) {
    if (extra.readUInt16LE(at) !== 1) continue;
    wide.forEach((key, i) => {
      if (at + 12 + i * 8 > extra.length) throw damaged();
      entry[key] = Number(extra.readBigUInt64LE(at + 4 + i * 8));
    });
    return;
  }
  throw damaged();
}
