/** File names that came from a page. */
import { extname } from 'node:path';
import { safeFileStem } from './engine/documents/file-name.ts';

/** A name without path that every system takes; a harmless ending is kept. */
export function safeFileName(name: string): string {
  const extension = /^\.[a-z0-9]{1,10}$/i.test(extname(name)) ? extname(name) : '';
  return safeFileStem(name.slice(0, name.length - extension.length)) + extension;
}
