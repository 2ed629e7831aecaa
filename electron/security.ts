/**
 * What both hosts serve and how they guard it: the fixed set of built page files, the response headers with
 * the content policy, and secrets compared in constant time. Plain Node, no Electron.
 */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';

/** Replaced in index.html by the nonce of each response. */
export const NONCE_PLACEHOLDER = '__CSP_NONCE__';

const CONTENT_TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.json': 'application/json; charset=utf-8',
  '.wasm': 'application/wasm',
};

/** One answer to a request for a page file. */
export interface PageResponse {
  headers: Record<string, string>;
  body: Buffer;
}

/** The built page. A name that is not one of its files is null, whatever it looks like. */
export interface Page {
  respond(urlPath: string): PageResponse | null;
}

/** A fresh unguessable text of 128 bits. */
export function createSecret(): string {
  return randomBytes(16).toString('hex');
}

/** Equality that takes as long for a near miss as for a far one. */
export function sameSecret(given: string, expected: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}

/**
 * The content policy. Styles need the nonce because antd writes its style sheets at run time; nothing else is
 * relaxed.
 */
export function contentPolicy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "worker-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/** The headers of every response, page file or data. */
export function guardHeaders(nonce: string): Record<string, string> {
  return {
    'Content-Security-Policy': contentPolicy(nonce),
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Embedder-Policy': 'require-corp',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'X-Content-Type-Options': 'nosniff',
    'X-Frame-Options': 'DENY',
    'Referrer-Policy': 'no-referrer',
    'Cache-Control': 'no-store',
  };
}

/** Reads the built page once; later changes of the folder, and files put there since, are not served. */
export function loadPage(folder: string): Page {
  const files = new Map<string, { type: string; body: Buffer }>();
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const type = CONTENT_TYPES[extname(entry.name)];
    if (!entry.isFile() || !type) continue;
    const path = join(entry.parentPath, entry.name);
    files.set(`/${relative(folder, path).split(sep).join('/')}`, { type, body: readFileSync(path) });
  }
  if (!files.has('/index.html')) throw new Error(`No index.html in ${folder}: run "npm run build" first`);
  return { respond: (urlPath) => respond(files, urlPath === '/' ? '/index.html' : urlPath) };
}

function respond(files: Map<string, { type: string; body: Buffer }>, urlPath: string): PageResponse | null {
  const file = files.get(urlPath);
  if (!file) return null;
  const nonce = createSecret();
  const headers = { ...guardHeaders(nonce), 'Content-Type': file.type };
  if (urlPath !== '/index.html') return { headers, body: file.body };
  return { headers, body: Buffer.from(file.body.toString('utf8').replaceAll(NONCE_PLACEHOLDER, nonce)) };
}
