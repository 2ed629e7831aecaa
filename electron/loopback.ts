/**
 * The same engine and the same page for a browser on this computer, where Electron is not installed.
 *
 * The page sees one object on both hosts (Electron's preload puts it on `window.csi`; in a browser
 * `renderer/host.ts` builds it over the HTTP protocol below):
 *
 *   interface Host {
 *     host: 'electron' | 'browser';
 *     call(name: string, input: unknown): Promise<Envelope>;     // never rejects: a fault is an envelope
 *     subscribe(listener: (event: EngineEvent) => void): () => void;
 *     native: {
 *       openFile(filters: FileFilter[]): Promise<ChosenFile | null>;      // null: the user changed their mind
 *       openFolder(): Promise<ChosenFile | null>;                         // browser: always null
 *       keepText(text: string): Promise<ChosenFile>;                      // pasted text as a file; browser: POST /upload
 *       saveFile(suggestedName: string, filters: FileFilter[]): Promise<ChosenFile | null>; // browser: POST /outbox
 *       revealExport(batch: number): Promise<boolean>;                  // shows the folder of a report batch
 *       setLanguage(language: 'zh-CN' | 'en'): Promise<void>;             // the window's menu; browser: nothing
 *     };
 *   }
 *   interface FileFilter { name: string; extensions: string[] }           // extensions without the dot
 *   interface ChosenFile { path: string; name: string; sizeBytes: number }
 *
 * `path` is a token (`granted:<hex>`), never a place on disk: put it into a call's input wherever the
 * contract asks for a path, the host replaces it by the real one. `name` is for display. Any other path is
 * refused (`path-not-allowed`), except one from `AppStatus.recent`. In a browser, a saved or opened `.csi` file
 * is a database kept in the workstation's data folder; its name may get a number so that none is overwritten.
 *
 * The page is opened as `http://127.0.0.1:PORT/#code=<one-time code>`. It must read the code, remove the
 * fragment at once (`history.replaceState`), and exchange it. The token lives in memory only, so a reload
 * needs a new link (Enter in the terminal prints one); a new session ends the former.
 * Every request below is same-origin `fetch`; all but /session carry `Authorization: Bearer <token>`.
 *
 *   POST /session  {"code"}                   -> 200 {"token"} | 401
 *   POST /call     {"name", "input"}          -> 200 Envelope (faults of a call are 200 too)
 *   GET  /events                              -> 200 application/x-ndjson: one EngineEvent a line, for as long as
 *                                                the page lives; an empty line every 15 s says "still here".
 *                                                When it ends, show "the workstation has stopped".
 *   POST /upload?name=<encoded file name>     -> body application/octet-stream, the File itself, at most 2 GB
 *                                                200 ChosenFile | 413
 *   POST /outbox   {"name"}                   -> 200 ChosenFile: a place that a call may write to, then
 *   POST /written  {"path"}                   -> 200 the bytes that the call wrote there, to offer as a download
 *   GET  /export/<batch>                    -> 200 {"files": [{"name", "sizeBytes"}]}
 *   GET  /export/<batch>/<n>                -> 200 the n-th file of that list, from 0
 *   POST /reveal   {"batch"}                -> 200 {"opened": boolean}: opens the folder on this computer
 *
 * Anything else: 401 wrong or missing token (answered late on purpose), 403 wrong Host or not same-origin,
 * 404, 405, 413, 415. Bodies of faults are {"error": "<code>"}. POST with JSON needs
 * `Content-Type: application/json`.
 *
 * The page's style nonce: the host replaces `__CSP_NONCE__` everywhere in index.html, so
 * `<meta name="csp-nonce" content="__CSP_NONCE__">` gives antd's `<ConfigProvider csp={{ nonce }}>`.
 * `style="…"` in markup (innerHTML, HTML tooltips of charts) is refused; `element.style.x = …` is fine.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { EngineClient } from './engine-client.ts';
import { createLoopbackFiles, type LoopbackFiles } from './loopback-files.ts';
import { Refusal, readJson, refuse, sendFile, sendJson } from './loopback-http.ts';
import { createLoopbackSession, type LoopbackSession } from './loopback-session.ts';
import { createPageCalls, findExport, type PageCalls } from './page-calls.ts';
import { createSecret, guardHeaders, type Page } from './security.ts';

const MAX_UPLOAD_BYTES = 2 * 1024 ** 3;
const HEARTBEAT_MS = 15_000;
const MAX_UNREAD_EVENT_BYTES = 4 * 1024 * 1024;

export interface LoopbackOptions {
  client: EngineClient;
  page: Page;
  dataFolder: string;
  /** Stops the host after so long without a page, a request or a running job. */
  idleMs: number;
  /** Waits before a refusal is answered. */
  delay: (ms: number) => Promise<void>;
  /** Opens a folder in the system's file manager; false where there is none. */
  openFolder: (folder: string) => boolean;
  maxUploadBytes?: number;
}

export interface LoopbackHost {
  port: number;
  /** A link that works once. */
  newLink(): string;
  close(): Promise<void>;
  /** Settles when the host has stopped, by `close` or for idleness. */
  closed: Promise<void>;
}

interface Context {
  options: LoopbackOptions;
  session: LoopbackSession;
  files: LoopbackFiles;
  calls: PageCalls;
  streams: Set<ServerResponse>;
  touch(): void;
}

export async function startLoopback(options: LoopbackOptions): Promise<LoopbackHost> {
  const files = createLoopbackFiles(options.dataFolder, options.maxUploadBytes ?? MAX_UPLOAD_BYTES);
  const idle = createIdleWatch(
    options.idleMs,
    () => context.streams.size > 0,
    () => void close(),
  );
  const context: Context = {
    options,
    session: createLoopbackSession(options.delay),
    files,
    calls: createPageCalls(options.client, files.grants),
    streams: new Set(),
    touch: idle.touch,
  };
  const server = createServer({ requestTimeout: 0, headersTimeout: 10_000 }, (request, response) => {
    void answer(context, port, request, response);
  });
  const unsubscribe = options.client.subscribe((event) => {
    idle.touch();
    for (const stream of context.streams) sendEvent(stream, JSON.stringify(event));
  });
  const heartbeat = setInterval(() => {
    for (const stream of context.streams) sendEvent(stream, '');
  }, HEARTBEAT_MS);
  const port = await listen(server);
  const { promise: closed, resolve } = Promise.withResolvers<void>();

  const close = (): Promise<void> => {
    idle.stop();
    clearInterval(heartbeat);
    unsubscribe();
    server.close(() => {
      files.close();
      resolve();
    });
    server.closeAllConnections();
    return closed;
  };
  return {
    port,
    newLink: () => `http://127.0.0.1:${port}/#code=${context.session.newCode()}`,
    close,
    closed,
  };
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host: '127.0.0.1', port: 0, exclusive: true }, () => {
      resolve((server.address() as AddressInfo).port);
    });
  });
}

function createIdleWatch(idleMs: number, busy: () => boolean, stop: () => void) {
  let timer: NodeJS.Timeout;
  const touch = () => {
    clearTimeout(timer);
    timer = setTimeout(() => (busy() ? touch() : stop()), idleMs);
  };
  touch();
  return { touch, stop: () => clearTimeout(timer) };
}

function sendEvent(stream: ServerResponse, line: string): void {
  if (stream.writableLength > MAX_UNREAD_EVENT_BYTES) stream.destroy();
  else stream.write(`${line}\n`);
}

async function answer(
  context: Context,
  port: number,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    // The Host header comes first: a rebound DNS name sends our address but its own name, and no Origin.
    const hosts = request.headersDistinct.host ?? [];
    if (hosts.length !== 1 || hosts[0] !== `127.0.0.1:${port}`) throw new Refusal(403, 'host');
    context.touch();
    if (!servePage(context.options.page, request, response)) await serveApi(context, port, request, response);
  } catch (error) {
    refuse(response, error);
  }
}

function servePage(page: Page, request: IncomingMessage, response: ServerResponse): boolean {
  if (request.method !== 'GET' && request.method !== 'HEAD') return false;
  const file = page.respond((request.url ?? '').split('?')[0] ?? '');
  if (!file) return false;
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined && site !== 'none' && site !== 'same-origin') throw new Refusal(403, 'site');
  response.writeHead(200, { ...file.headers, 'Content-Length': file.body.length });
  response.end(request.method === 'HEAD' ? undefined : file.body);
  return true;
}

const API =
  /^\/(session|call|events|upload|outbox|written|export|reveal)(?:\/(\d+))?(?:\/(\d+))?(?:\?name=([^&]*))?$/;
const POST_ONLY = new Set(['session', 'call', 'upload', 'outbox', 'written', 'reveal']);

async function serveApi(
  context: Context,
  port: number,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const [, area, first, second, name] = API.exec(request.url ?? '') ?? [];
  if (area === undefined) throw new Refusal(404, 'not-found');
  if (request.headers['sec-fetch-site'] !== 'same-origin') throw new Refusal(403, 'site');
  const { origin } = request.headers;
  if (origin !== undefined && origin !== `http://127.0.0.1:${port}`) throw new Refusal(403, 'origin');
  const post = request.method === 'POST';
  if (!post && (request.method !== 'GET' || POST_ONLY.has(area))) throw new Refusal(405, 'method');
  if (area === 'session') return openSession(context, request, response);
  if (!(await context.session.admits(request.headers.authorization))) throw new Refusal(401, 'token');
  if (area === 'upload') return upload(context, request, response, name ?? '');
  if (post) return serveChange(context, area, await readJson(request), response);
  if (area === 'events') return serveEvents(context, response);
  return serveExport(context, Number(first), second, response);
}

async function openSession(
  context: Context,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const token = await context.session.exchange((await readJson(request)).code);
  if (token === null) throw new Refusal(401, 'code');
  for (const stream of context.streams) stream.end();
  sendJson(response, 200, { token });
}

async function serveChange(
  context: Context,
  area: string,
  body: Record<string, unknown>,
  response: ServerResponse,
): Promise<void> {
  if (area === 'call') {
    const envelope = await context.calls.call(body.name, body.input);
    return sendJson(response, 200, envelope);
  }
  if (area === 'outbox') {
    if (typeof body.name !== 'string') throw new Refusal(400, 'name');
    return sendJson(response, 200, await context.files.reserve(body.name));
  }
  if (area === 'written') {
    const path = typeof body.path === 'string' ? context.files.written(body.path) : null;
    if (!path) throw new Refusal(404, 'not-found');
    return sendFile(response, path);
  }
  if (area !== 'reveal') throw new Refusal(405, 'method');
  const found = await findExport(context.options.client, body.batch);
  sendJson(response, 200, { opened: found !== null && context.options.openFolder(found.folder) });
}

async function upload(
  context: Context,
  request: IncomingMessage,
  response: ServerResponse,
  encodedName: string,
): Promise<void> {
  if (request.headers['content-type'] !== 'application/octet-stream') throw new Refusal(415, 'content-type');
  const limit = context.options.maxUploadBytes ?? MAX_UPLOAD_BYTES;
  if (Number(request.headers['content-length'] ?? 0) > limit) throw new Refusal(413, 'too-large');
  let name: string;
  try {
    name = decodeURIComponent(encodedName);
  } catch {
    throw new Refusal(400, 'name');
  }
  sendJson(response, 200, await context.files.upload(name, request));
}

function serveEvents(context: Context, response: ServerResponse): void {
  response.writeHead(200, { ...guardHeaders(createSecret()), 'Content-Type': 'application/x-ndjson' });
  response.write('\n');
  context.streams.add(response);
  response.on('close', () => {
    context.streams.delete(response);
    context.touch();
  });
}

async function serveExport(
  context: Context,
  batch: number,
  index: string | undefined,
  response: ServerResponse,
): Promise<void> {
  const found = await findExport(context.options.client, batch);
  if (!found) throw new Refusal(404, 'not-found');
  if (index === undefined) {
    const files = found.files.map(({ name, sizeBytes }) => ({ name, sizeBytes }));
    return sendJson(response, 200, { files });
  }
  const file = found.files[Number(index)];
  if (!file) throw new Refusal(404, 'not-found');
  await sendFile(response, file.path);
}
