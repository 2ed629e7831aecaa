import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { connectEngine, type EngineClient, forkEngine } from '../../electron/engine-client.ts';
import { type LoopbackHost, type LoopbackOptions, startLoopback } from '../../electron/loopback.ts';
import { loadPage } from '../../electron/security.ts';
import { openSession, post, send } from '../support/loopback-client.ts';

const root = mkdtempSync(join(tmpdir(), 'csi-loopback-'));
const pageFolder = join(root, 'page');
const reports = join(root, 'reports');
const delays: number[] = [];
const opened: string[] = [];
let client: EngineClient;
let host: LoopbackHost;

function start(options: Partial<LoopbackOptions> = {}): Promise<LoopbackHost> {
  return startLoopback({
    client,
    page: loadPage(pageFolder),
    dataFolder: join(root, 'data'),
    idleMs: 60_000,
    delay: async (ms) => void delays.push(ms),
    openFolder: (folder) => opened.push(folder) > 0,
    maxUploadBytes: 1000,
    ...options,
  });
}

beforeAll(async () => {
  mkdirSync(join(pageFolder, 'assets'), { recursive: true });
  mkdirSync(reports);
  writeFileSync(join(pageFolder, 'index.html'), '<meta name="csp-nonce" content="__CSP_NONCE__">');
  writeFileSync(join(pageFolder, 'assets/app.js'), 'export {};');
  writeFileSync(join(pageFolder, 'assets/app.js.map'), '{}');
  writeFileSync(join(reports, '甲店.pdf'), '%PDF-1.7');
  writeFileSync(join(reports, '乙店.xlsx'), 'PK');
  writeFileSync(join(root, 'outside.txt'), 'not a report');
  process.env.CSI_STUB_REPORTS = reports;
  client = connectEngine({
    launch: () => forkEngine(join(import.meta.dirname, '../support/stub-engine.ts'), process.execPath),
    dataFolder: root,
    resourcesFolder: root,
    log: () => {},
  });
  host = await start();
});

afterEach(() => {
  delays.length = 0;
  opened.length = 0;
});

afterAll(async () => {
  await host.close();
  await client.close();
  rmSync(root, { recursive: true, force: true });
});

describe('the page files', () => {
  it('carry the guard headers and a content policy whose nonce changes with every answer', async () => {
    const first = await send(host.port, '/');
    const second = await send(host.port, '/index.html');
    const nonce = /content="([0-9a-f]{32})"/.exec(first.text)?.[1];
    expect(first.headers['content-security-policy']).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self' 'nonce-" +
        `${nonce}'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; worker-src 'self'; ` +
        "object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    );
    expect(first.headers).toMatchObject({
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-embedder-policy': 'require-corp',
      'cross-origin-resource-policy': 'same-origin',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
    });
    expect(second.text).not.toBe(first.text);
  });

  it.each([
    '/../outside.txt',
    '/assets/../../outside.txt',
    '/..%2foutside.txt',
    '/assets/%2e%2e/index.html',
    '/assets\\app.js',
    '/assets/',
    '/assets',
    '//etc/passwd',
    '/assets/app.js.map',
    '/index.html/',
    '/assets/app.js%00',
    'http://127.0.0.1/index.html',
  ])('are the only files: %s is not found', async (path) => {
    expect((await send(host.port, path)).status).toBe(404);
  });

  it('are not given to another site, not even when a link leads here', async () => {
    for (const site of ['cross-site', 'same-site']) {
      const reply = await send(host.port, '/', { headers: { 'sec-fetch-site': site } });
      expect(reply.status).toBe(403);
    }
    expect((await send(host.port, '/', { headers: { 'sec-fetch-site': 'none' } })).status).toBe(200);
  });

  it('never carry a header that lets another origin read them, whatever asks', async () => {
    const asked = { origin: 'https://evil.example', 'access-control-request-method': 'POST' };
    for (const method of ['GET', 'OPTIONS', 'POST']) {
      const reply = await send(host.port, '/call', { method, headers: asked });
      expect(Object.keys(reply.headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
    }
  });
});

describe('the Host header', () => {
  it.each(['localhost', '127.0.0.1', '127.0.0.1:1', 'evil.example', '[::1]', '127.0.0.1.evil.example'])(
    '%s is refused before anything else is looked at',
    async (name) => {
      const rebound = name.includes(':') ? name : `${name}:${host.port}`;
      for (const value of new Set([name, rebound])) {
        if (value === `127.0.0.1:${host.port}`) continue;
        const reply = await send(host.port, '/', { headers: { host: value } });
        expect([reply.status, reply.json.error]).toEqual([403, 'host']);
      }
      expect(delays).toEqual([]);
    },
  );

  it('is refused when it is sent twice or not at all', async () => {
    for (const lines of [[`Host: 127.0.0.1:${host.port}`, 'Host: evil.example'], []]) {
      const status = await rawStatus(host.port, ['GET / HTTP/1.1', ...lines, 'Connection: close', '', '']);
      expect(['400', '403']).toContain(status);
    }
  });

  it('does not admit a rebound name that holds a valid token and sends no Origin', async () => {
    const authorized = await openSession(host);
    const headers = { ...authorized, host: `rebound.example:${host.port}` };
    expect((await post(host.port, '/call', { name: 'app.status', input: {} }, headers)).status).toBe(403);
  });
});

describe('the session', () => {
  it('gives one token for one code, once', async () => {
    const code = new URL(host.newLink()).hash.replace('#code=', '');
    expect(code).toMatch(/^[0-9a-f]{32}$/);
    expect((await post(host.port, '/session', { code })).status).toBe(200);
    const replayed = await post(host.port, '/session', { code });
    expect([replayed.status, replayed.json]).toEqual([401, { error: 'code' }]);
  });

  it('puts the code behind # so that no request line, log or referrer has it', () => {
    const link = new URL(host.newLink());
    expect([link.pathname, link.search, link.hostname]).toEqual(['/', '', '127.0.0.1']);
  });

  it('makes a new link void the former one, and a new session the former token', async () => {
    const former = new URL(host.newLink()).hash.replace('#code=', '');
    const first = await openSession(host);
    expect((await post(host.port, '/session', { code: former })).status).toBe(401);
    await openSession(host);
    expect((await post(host.port, '/call', { name: 'app.status', input: {} }, first)).status).toBe(401);
  });

  it('answers wrong tokens later and later, and forgets that after a right code', async () => {
    await openSession(host);
    for (const authorization of ['Bearer 00', 'Bearer x', 'Basic 00', undefined]) {
      const reply = await post(host.port, '/call', { name: 'app.status', input: {} }, { authorization });
      expect([reply.status, reply.json]).toEqual([401, { error: 'token' }]);
    }
    expect(delays).toEqual([100, 200, 400, 800]);
    await openSession(host);
    await post(host.port, '/call', { name: 'app.status', input: {} }, { authorization: 'Bearer 00' });
    expect(delays.at(-1)).toBe(100);
  });
});

describe('a call', () => {
  it('needs Sec-Fetch-Site: same-origin, our Origin if any, POST and JSON', async () => {
    const authorized = await openSession(host);
    const call = (headers: Record<string, string | undefined>) =>
      post(host.port, '/call', { name: 'app.status', input: {} }, { ...authorized, ...headers });
    expect((await call({})).status).toBe(200);
    expect((await call({ origin: `http://127.0.0.1:${host.port}` })).status).toBe(200);
    expect((await call({ 'sec-fetch-site': undefined })).status).toBe(403);
    expect((await call({ 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    expect((await call({ 'sec-fetch-site': 'none' })).status).toBe(403);
    expect((await call({ origin: 'http://127.0.0.1:1' })).status).toBe(403);
    expect((await call({ origin: 'null' })).status).toBe(403);
    expect((await call({ 'content-type': 'text/plain' })).status).toBe(415);
    expect((await send(host.port, '/call', { headers: authorized })).status).toBe(405);
    expect((await send(host.port, '/call', { method: 'PUT', headers: authorized })).status).toBe(405);
  });

  it('answers an envelope, also for an unknown name or a path nobody chose', async () => {
    const authorized = await openSession(host);
    const call = async (name: unknown, input: unknown) =>
      (await post(host.port, '/call', { name, input }, authorized)).json;
    expect(await call('catalog.get', {})).toEqual({ ok: true, value: { name: 'catalog.get', input: {} } });
    for (const name of ['no.such', '__proto__', 'constructor', 7, null]) {
      expect(await call(name, {})).toMatchObject({ ok: false, error: { code: 'call-unknown' } });
    }
    for (const path of ['/etc/passwd', '../x.csv', 'granted:00', 5]) {
      expect(await call('import.preview', { path })).toMatchObject({ error: { code: 'path-not-allowed' } });
    }
    expect(await call('reports.run', { scheme: 1, folder: '/tmp' })).toMatchObject({
      error: { code: 'path-not-allowed' },
    });
  });

  it('may name a recently opened database that the engine offered', async () => {
    const authorized = await openSession(host);
    await post(host.port, '/call', { name: 'app.status', input: {} }, authorized);
    const input = { path: '/data/recent.csi' };
    const reply = await post(host.port, '/call', { name: 'app.open', input }, authorized);
    expect(reply.json).toMatchObject({ ok: true, value: { database: { path: '/data/recent.csi' } } });
  });

  it('is refused beyond 8 MB, as broken JSON and as anything but an object', async () => {
    const authorized = await openSession(host);
    const raw = (body: string) =>
      send(host.port, '/call', {
        method: 'POST',
        body,
        headers: { ...authorized, 'content-type': 'application/json' },
      });
    expect((await raw('{"name":')).status).toBe(400);
    expect((await raw('[]')).status).toBe(400);
    expect((await raw('null')).status).toBe(400);
    expect((await raw(' '.repeat(8 * 1024 * 1024 + 1))).status).toBe(413);
  });
});

describe('an upload', () => {
  const upload = (name: string, body: Buffer | string, headers: Record<string, string>) =>
    send(host.port, `/upload?name=${encodeURIComponent(name)}`, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/octet-stream', ...headers },
    });

  it('is kept under a harmless name, named by a token that a call turns into the real path', async () => {
    const authorized = await openSession(host);
    const bytes = Buffer.from([0xef, 0xbb, 0xbf, 0x61, 0]);
    const { json } = await upload('..\\..\\CON:销售 店.csv', bytes, authorized);
    expect(json).toMatchObject({ sizeBytes: 5, path: expect.stringMatching(/^granted:[0-9a-f]{32}$/) });
    const called = await post(
      host.port,
      '/call',
      { name: 'import.preview', input: { path: json.path } },
      authorized,
    );
    const real = (called.json as { value: { input: { path: string } } }).value.input.path;
    expect(real.startsWith(join(root, 'data/exchange'))).toBe(true);
    expect(readFileSync(real)).toEqual(bytes);
    expect(json.name).toBe('CON_销售 店.csv');
  });

  it('leaves nothing when it is too large', async () => {
    const authorized = await openSession(host);
    const own = join(root, 'data/exchange', String(process.pid));
    const before = readdirSync(own);
    expect((await upload('big.csv', Buffer.alloc(1001), authorized)).status).toBe(413);
    await upload('big.csv', Buffer.alloc(200_000), { ...authorized, 'transfer-encoding': 'chunked' }).catch(
      () => null,
    );
    await expect.poll(() => readdirSync(own)).toEqual(before);
  });

  it('keeps databases beside each other and overwrites none', async () => {
    const authorized = await openSession(host);
    const first = await upload('studies.csi', 'one', authorized);
    const second = await upload('studies.csi', 'two', authorized);
    const third = await post(host.port, '/outbox', { name: 'studies.csi' }, authorized);
    expect([first, second, third].map(({ json }) => json.name)).toEqual([
      'studies.csi',
      'studies-2.csi',
      'studies-3.csi',
    ]);
    expect(readFileSync(join(root, 'data/databases/studies.csi'), 'utf8')).toBe('one');
  });

  it('hands back what was written to a reserved place, and nothing else', async () => {
    const authorized = await openSession(host);
    const { json } = await post(host.port, '/outbox', { name: 'plan.xlsx' }, authorized);
    expect((await post(host.port, '/written', { path: json.path }, authorized)).status).toBe(404);
    const own = join(root, 'data/exchange', String(process.pid));
    const folders = readdirSync(own).map((name) => join(own, name));
    for (const folder of folders)
      if (readdirSync(folder).length === 0) writeFileSync(join(folder, 'plan.xlsx'), 'cells');
    const answer = await post(host.port, '/written', { path: json.path }, authorized);
    expect([answer.status, answer.text]).toEqual([200, 'cells']);
    const kept = await post(host.port, '/outbox', { name: 'mine.csi' }, authorized);
    for (const path of [kept.json.path, join(own, 'plan.xlsx'), '../x', 7])
      expect((await post(host.port, '/written', { path }, authorized)).status).toBe(404);
  });

  it('needs the token', async () => {
    expect((await upload('a.csv', 'a', {})).status).toBe(401);
  });
});

describe('report files', () => {
  it('are listed and downloaded by number; one outside the batch folder is not among them', async () => {
    const authorized = await openSession(host);
    const list = await send(host.port, '/export/3', { headers: authorized });
    expect(list.json.files).toEqual([
      { name: '甲店.pdf', sizeBytes: 8 },
      { name: '乙店.xlsx', sizeBytes: 2 },
    ]);
    const file = await send(host.port, '/export/3/0', { headers: authorized });
    expect([file.text, file.headers['content-disposition']]).toEqual([
      '%PDF-1.7',
      "attachment; filename*=UTF-8''%E7%94%B2%E5%BA%97.pdf",
    ]);
    expect((await send(host.port, '/export/3/2', { headers: authorized })).status).toBe(404);
    expect((await send(host.port, '/export/3/0')).status).toBe(401);
  });

  it('are shown in their folder by batch number, never by path', async () => {
    const authorized = await openSession(host);
    expect((await post(host.port, '/reveal', { batch: 3 }, authorized)).json).toEqual({ opened: true });
    expect((await post(host.port, '/reveal', { batch: '/etc' }, authorized)).json).toEqual({ opened: false });
    expect(opened).toEqual([reports]);
  });
});

describe('events', () => {
  it('stream to the page that holds the token and end with its session', async () => {
    const authorized = await openSession(host);
    expect((await send(host.port, '/events')).status).toBe(401);
    const url = `http://127.0.0.1:${host.port}/events`;
    // undici lets a script set Sec-Fetch-Site, as no browser does.
    const stream = await fetch(url, { headers: { ...authorized, 'sec-fetch-site': 'same-origin' } });
    const reader = stream.body!.pipeThrough(new TextDecoderStream()).getReader();
    expect((await reader.read()).value).toBe('\n');
    await client.call('stub.event', { name: 'data.changed', payload: { dataVersion: 3 } });
    expect((await reader.read()).value).toBe('{"name":"data.changed","payload":{"dataVersion":3}}\n');
    await openSession(host);
    expect((await reader.read()).done).toBe(true);
  });
});

describe('the host', () => {
  it('listens on 127.0.0.1 alone', async () => {
    await expect(connects('127.0.0.1', host.port)).resolves.toBe(true);
    await expect(connects('127.0.0.2', host.port)).resolves.toBe(false);
    await expect(connects('::1', host.port)).resolves.toBe(false);
  });

  it('stops by itself when no page has been there for a while, and takes its exchanged files along', async () => {
    const dataFolder = join(root, 'idle');
    const idle = await start({ idleMs: 30, dataFolder });
    await idle.closed;
    await expect(connects('127.0.0.1', idle.port)).resolves.toBe(false);
    expect(existsSync(join(dataFolder, 'exchange', String(process.pid)))).toBe(false);
  });

  it('clears at its start what a killed host left', async () => {
    const dataFolder = join(root, 'killed');
    mkdirSync(join(dataFolder, 'exchange/999999999/x'), { recursive: true });
    const next = await start({ dataFolder });
    expect(readdirSync(join(dataFolder, 'exchange'))).toEqual([String(process.pid)]);
    await next.close();
  });
});

function connects(address: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection({ host: address, port });
    socket.on('connect', () => resolve(socket.destroy() !== null));
    socket.on('error', () => resolve(false));
  });
}

function rawStatus(port: number, lines: string[]): Promise<string | undefined> {
  return new Promise((resolve, reject) => {
    const socket = createConnection({ host: '127.0.0.1', port }, () => socket.write(lines.join('\r\n')));
    let text = '';
    socket.on('data', (chunk) => {
      text += chunk;
    });
    socket.on('end', () => resolve(text.split(' ')[1]));
    socket.on('error', reject);
  });
}
