/**
 * The page never names a place on disk. What the user chose in a dialog (or uploaded) is handed to the page as
 * a token; a call that carries the token gets the real path put in before it reaches the engine.
 */
import { AppError } from '../shared/errors.ts';
import { createSecret } from './security.ts';

const PREFIX = 'granted:';
const MAX_DEPTH = 20;

/** A file or folder as the page knows it. */
export interface ChosenFile {
  path: string;
  name: string;
  sizeBytes: number;
}

export interface FileGrants {
  /** A token for a path the user chose. */
  grant(realPath: string): string;
  /** The path behind a token, or null. */
  find(token: string): string | null;
  /** A copy of a call's input with every token replaced; throws `path-not-allowed` on an unknown one. */
  resolve(input: unknown): unknown;
}

export function createFileGrants(): FileGrants {
  const paths = new Map<string, string>();
  const resolve = (value: unknown, depth: number): unknown => {
    if (depth > MAX_DEPTH) throw new AppError('path-not-allowed', { path: '…' });
    if (typeof value === 'string') return value.startsWith(PREFIX) ? known(value) : value;
    if (Array.isArray(value)) return value.map((item) => resolve(item, depth + 1));
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, resolve(item, depth + 1)]));
  };
  const known = (token: string): string => {
    const path = paths.get(token);
    if (path === undefined) throw new AppError('path-not-allowed', { path: token.slice(0, 40) });
    return path;
  };
  return {
    grant(realPath) {
      const token = PREFIX + createSecret();
      paths.set(token, realPath);
      return token;
    },
    find: (token) => paths.get(token) ?? null,
    resolve: (input) => resolve(input, 0),
  };
}
