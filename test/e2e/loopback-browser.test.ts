import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectEngine, type EngineClient, forkEngine } from '../../electron/engine-client.ts';
import { type LoopbackHost, startLoopback } from '../../electron/loopback.ts';
import { loadPage } from '../../electron/security.ts';
import { hasBrowser, launchBrowser } from '../support/browser.ts';

/** Takes the link as the real page does, and says what the content policy lets it do. */
const SCRIPT = `
const code = location.hash.replace('#code=', '');
history.replaceState(null, '', '/');
const post = (path, value, headers) => fetch(path, {
  method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(value),
});
const { token } = await (await post('/session', { code })).json();
const authorization = 'Bearer ' + token;
const call = async (name, input) => (await post('/call', { name, input }, { authorization })).json();
const events = [];
const lines = (await fetch('/events', { headers: { authorization } })).body.pipeThrough(new TextDecoderStream());
(async () => { for await (const text of lines) if (text.trim()) events.push(JSON.parse(text)); })();
const upload = async (name, text) => (await fetch('/upload?name=' + encodeURIComponent(name), {
  method: 'POST', headers: { authorization, 'content-type': 'application/octet-stream' }, body: new File([text], name),
})).json();
const addStyle = (rule, nonce) => {
  const style = document.createElement('style');
  if (nonce) style.nonce = nonce;
  style.textContent = rule;
  document.head.append(style);
};
addStyle('#with { color: rgb(1, 2, 3) }', document.querySelector('meta').content);
addStyle('#without { color: rgb(1, 2, 3) }');
globalThis.workstation = { call, upload, events, token };
`;

const HTML = `<!doctype html><meta name="csp-nonce" content="__CSP_NONCE__"><title>page</title>
<script>globalThis.inline = true</script>
<p id="with">with</p><p id="without">without</p><script type="module" src="/page.js"></script>`;

declare global {
  interface Window {
    workstation?: {
      call(name: string, input: unknown): Promise<unknown>;
      upload(name: string, text: string): Promise<{ path: string; name: string }>;
      events: unknown[];
    };
    inline?: boolean;
  }
}

describe.skipIf(!hasBrowser())('the browser host in Chromium', () => {
  const root = mkdtempSync(join(tmpdir(), 'csi-browser-'));
  let client: EngineClient;
  let host: LoopbackHost;
  let browser: Browser;
  let page: Page;
  let evil: Server;

  beforeAll(async () => {
    mkdirSync(join(root, 'page'));
    writeFileSync(join(root, 'page/index.html'), HTML);
    writeFileSync(join(root, 'page/page.js'), SCRIPT);
    client = connectEngine({
      launch: () => forkEngine(join(import.meta.dirname, '../support/stub-engine.ts'), process.execPath),
      dataFolder: root,
      resourcesFolder: root,
      log: () => {},
    });
    host = await startLoopback({
      client,
      page: loadPage(join(root, 'page')),
      dataFolder: join(root, 'data'),
      idleMs: 600_000,
      delay: async () => {},
      openFolder: () => false,
    });
    evil = createServer((_request, response) => response.end('<!doctype html><title>elsewhere</title>'));
    await new Promise<void>((resolve) => evil.listen(0, '127.0.0.1', resolve));
    browser = await launchBrowser();
    page = await browser.newPage();
    await page.goto(host.newLink());
    await page.waitForFunction(() => window.workstation !== undefined);
  });

  afterAll(async () => {
    await browser?.close();
    evil?.close();
    await host?.close();
    await client?.close();
    rmSync(root, { recursive: true, force: true });
  });

  it('exchanges the code, removes it from the address and the history, and makes calls', async () => {
    expect(page.url()).toBe(`http://127.0.0.1:${host.port}/`);
    const answer = await page.evaluate(() => window.workstation!.call('catalog.get', {}));
    expect(answer).toEqual({ ok: true, value: { name: 'catalog.get', input: {} } });
  });

  it('streams events', async () => {
    await client.call('stub.event', { name: 'data.changed', payload: { dataVersion: 4 } });
    await expect
      .poll(() => page.evaluate(() => window.workstation!.events))
      .toEqual([{ name: 'data.changed', payload: { dataVersion: 4 } }]);
  });

  it('takes a chosen file of a Chinese name', async () => {
    const chosen = await page.evaluate(() => window.workstation!.upload('三季度.csv', 'a,b'));
    expect(chosen).toMatchObject({ name: '三季度.csv', sizeBytes: 3 });
  });

  it('runs no inline script, and no style without the nonce', async () => {
    const color = (id: string) =>
      page.evaluate((at) => getComputedStyle(document.querySelector(at)!).color, id);
    expect(await page.evaluate(() => window.inline)).toBeUndefined();
    expect([await color('#with'), await color('#without')]).toEqual(['rgb(1, 2, 3)', 'rgb(0, 0, 0)']);
  });

  it('lets the page reach no other server', async () => {
    const elsewhere = `http://127.0.0.1:${(evil.address() as AddressInfo).port}/`;
    const reached = (target: string) =>
      page.evaluate(
        (url) =>
          fetch(url).then(
            () => true,
            () => false,
          ),
        target,
      );
    expect(await reached(elsewhere)).toBe(false);
    expect(await reached('/')).toBe(true);
  });

  it('gives nothing to a page of another origin: no call, no script, no frame', async () => {
    const other = await browser.newPage();
    await other.goto(`http://127.0.0.1:${(evil.address() as AddressInfo).port}/`);
    const target = `http://127.0.0.1:${host.port}`;
    const outcome = await other.evaluate(async (origin) => {
      const json = { 'content-type': 'application/json' };
      const call = (mode: RequestMode) =>
        fetch(`${origin}/session`, { method: 'POST', mode, headers: json, body: '{"code":""}' }).then(
          (response) => response.type,
          () => 'refused',
        );
      const load = (tag: 'script' | 'img') =>
        new Promise<string>((resolve) => {
          const element = document.createElement(tag);
          element.onload = () => resolve('loaded');
          element.onerror = () => resolve('refused');
          element.src = `${origin}/page.js`;
          document.head.append(element);
        });
      return [await call('cors'), await load('script'), await load('img')];
    }, target);
    expect(outcome).toEqual(['refused', 'refused', 'refused']);
    const response = await other.goto(`${target}/`);
    expect(response?.status()).toBe(200);
    await other.close();
  });

  it('needs a new link after a reload', async () => {
    const again = await browser.newPage();
    const refused = again.waitForResponse((response) => response.url().endsWith('/session'));
    await again.goto(`http://127.0.0.1:${host.port}/`);
    expect((await refused).status()).toBe(401);
    await again.close();
  });
});
