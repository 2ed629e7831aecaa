/** Answers of the browser host: files and JSON under the guard headers, and refusals. */
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { basename } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { UploadTooLarge } from './loopback-files.ts';
import { createSecret, guardHeaders } from './security.ts';

const MAX_JSON_BYTES = 8 * 1024 * 1024;

/** A refusal: its HTTP status and code. */
export class Refusal extends Error {
  readonly status: number;
  constructor(status: number, code: string) {
    super(code);
    this.status = status;
  }
}

export function refuse(response: ServerResponse, error: unknown): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const [status, code] =
    error instanceof Refusal
      ? [error.status, error.message]
      : error instanceof UploadTooLarge
        ? [413, 'too-large']
        : [500, 'host-fault'];
  // A body that was not read to its end would be taken for the next request.
  response.setHeader('Connection', 'close');
  sendJson(response, status as number, { error: code });
}

export async function sendFile(response: ServerResponse, path: string): Promise<void> {
  const found = await stat(path).catch(() => null);
  if (!found?.isFile()) throw new Refusal(404, 'not-found');
  response.writeHead(200, {
    ...guardHeaders(createSecret()),
    'Content-Type': 'application/octet-stream',
    'Content-Length': found.size,
    'Content-Disposition': `attachment; filename*=UTF-8''${encodeURIComponent(basename(path))}`,
  });
  await pipeline(createReadStream(path), response);
}

export function sendJson(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, {
    ...guardHeaders(createSecret()),
    'Content-Type': 'application/json; charset=utf-8',
  });
  response.end(JSON.stringify(value));
}

export async function readJson(request: IncomingMessage): Promise<Record<string, unknown>> {
  if (request.headers['content-type'] !== 'application/json') throw new Refusal(415, 'content-type');
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    bytes += chunk.length;
    if (bytes > MAX_JSON_BYTES) throw new Refusal(413, 'too-large');
    chunks.push(chunk);
  }
  try {
    const value = JSON.parse(Buffer.concat(chunks).toString('utf8'));
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  } catch {
    // Told below, like any other body that is no object.
  }
  throw new Refusal(400, 'json');
}
