// Writes zip archives for tests, sound by default and wrong wherever a test asks for it.
import { crc32, deflateRawSync } from 'node:zlib';

export interface ZipPart {
  name: string;
  data: string | Buffer;
  /** What the headers say instead of the truth. */
  lie?: {
    size?: number;
    crc?: number;
    method?: number;
    flags?: number;
    headerStart?: number;
    localName?: string;
  };
}

export function zipFile(parts: readonly ZipPart[]): Buffer {
  const bodies: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const part of parts) {
    const data = Buffer.from(part.data as string);
    const packed = deflateRawSync(data);
    const fields = {
      flags: part.lie?.flags ?? 0x800,
      method: part.lie?.method ?? 8,
      crc: part.lie?.crc ?? crc32(data),
      size: part.lie?.size ?? data.length,
      packed: packed.length,
    };
    const body = Buffer.concat([localHeader(part.lie?.localName ?? part.name, fields), packed]);
    directory.push(directoryEntry(part.name, fields, part.lie?.headerStart ?? at));
    bodies.push(body);
    at += body.length;
  }
  const list = Buffer.concat(directory);
  return Buffer.concat([...bodies, list, endRecord(parts.length, list.length, at)]);
}

interface Fields {
  flags: number;
  method: number;
  crc: number;
  size: number;
  packed: number;
}

function localHeader(name: string, fields: Fields): Buffer {
  const raw = Buffer.from(name);
  const header = Buffer.alloc(30);
  header.writeUInt32LE(0x04034b50, 0);
  header.writeUInt16LE(20, 4);
  writeFields(header, 6, fields, raw.length);
  return Buffer.concat([header, raw]);
}

function directoryEntry(name: string, fields: Fields, headerStart: number): Buffer {
  const raw = Buffer.from(name);
  const header = Buffer.alloc(46);
  header.writeUInt32LE(0x02014b50, 0);
  header.writeUInt16LE(20, 4);
  header.writeUInt16LE(20, 6);
  writeFields(header, 8, fields, raw.length);
  header.writeUInt32LE(headerStart, 42);
  return Buffer.concat([header, raw]);
}

function writeFields(header: Buffer, at: number, fields: Fields, nameLength: number): void {
  header.writeUInt16LE(fields.flags, at);
  header.writeUInt16LE(fields.method, at + 2);
  header.writeUInt32LE(fields.crc, at + 8);
  header.writeUInt32LE(fields.packed, at + 12);
  header.writeUInt32LE(fields.size, at + 16);
  header.writeUInt16LE(nameLength, at + 20);
}

function endRecord(count: number, length: number, start: number): Buffer {
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(count, 8);
  end.writeUInt16LE(count, 10);
  end.writeUInt32LE(length, 12);
  end.writeUInt32LE(start, 16);
  return end;
}
