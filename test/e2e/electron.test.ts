import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ElectronApplication, Page } from 'playwright-core';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ENGINE_FLAGS, utilityArguments } from '../../electron/engine-client.ts';
import { electronCommand, launchApp } from '../support/electron-app.ts';
import { nodeBuild, preloadBuild } from '../support/vite-builds.ts';

const ROOT = join(import.meta.dirname, '../..');
const enabled = process.env.CSI_ELECTRON_TESTS === 'on';
if (!enabled) console.warn('Electron tests are skipped here: run "npm run test:electron".');

interface Csi {
  host: string;
  call(name: string, input: unknown): Promise<unknown>;
  subscribe(listener: (event: unknown) => void): () => void;
  native: Record<string, (...args: unknown[]) => Promise<unknown>>;
}
declare global {
  interface Window {
    csi: Csi;
    heard: unknown[];
    inlineRan?: boolean;
  }
}

/** A process that fills its young generation and tells how many MiB it came to, on its main thread and on a thread. */
const YOUNG_GENERATION = `
import { getHeapSpaceStatistics } from 'node:v8';
import { isMainThread, parentPort, Worker } from 'node:worker_threads';
function fill() {
  let most = 0;
  for (let round = 0; round < 150; round++) {
    const kept = Array.from({ length: 100_000 }, (_, i) => ({ i }));
    const young = getHeapSpaceStatistics().find((one) => one.space_name === 'new_space').space_size;
    most = Math.max(most, kept.length && young);
  }
  return most / 2 ** 20;
}
if (!isMainThread) parentPort.postMessage(fill());
else {
  const own = fill();
  new Worker(new URL(import.meta.url)).once('message', (thread) => process.parentPort.postMessage([own, thread]));
}`;

/** The built main process and preload with a page of two lines and an engine that computes nothing. */
async function makeApp(folder: string): Promise<void> {
  await build(nodeBuild(['electron/main.ts'], join(folder, 'dist')));
  await build(preloadBuild(join(folder, 'dist')));
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  writeFileSync(join(folder, 'package.json'), '{"type":"module","main":"dist/electron/main.js"}');
  const stub = JSON.stringify(join(ROOT, 'test/support/stub-engine.ts'));
  writeFileSync(join(folder, 'dist/electron/engine-process.js'), `import ${stub};`);
  mkdirSync(join(folder, 'dist/renderer'));
  writeFileSync(
    join(folder, 'dist/renderer/index.html'),
    '<!doctype html><title>page</title><script>inlineRan = true</script><script src="/page.js"></script>',
  );
  writeFileSync(
    join(folder, 'dist/renderer/page.js'),
    'heard = []; csi.subscribe((event) => heard.push(event));',
  );
}

describe.skipIf(!enabled)('the window under a genuine Electron', () => {
  const root = mkdtempSync(join(tmpdir(), 'csi-electron-'));
  const data = join(root, 'data');
  let app: ElectronApplication;
  let page: Page;

  beforeAll(async () => {
    await makeApp(root);
    app = await launchApp(root, data);
    page = await app.firstWindow();
    await page.waitForFunction(() => window.heard !== undefined);
  });

  afterAll(async () => {
    await app?.close();
    rmSync(root, { recursive: true, force: true });
  });

  it('shows our page from its own origin, without any trace of Node', async () => {
    expect(page.url()).toBe('app://workstation/index.html');
    const found = await page.evaluate(() => [
      typeof (globalThis as Record<string, unknown>).process,
      typeof (globalThis as Record<string, unknown>).require,
      typeof (globalThis as Record<string, unknown>).Buffer,
      Object.keys(window.csi).sort().join(),
      window.csi.host,
    ]);
    expect(found).toEqual(['undefined', 'undefined', 'undefined', 'call,host,native,subscribe', 'electron']);
  });

  it('is made with every guard on', async () => {
    const preferences = await app.evaluate(({ BrowserWindow }) => {
      const [window] = BrowserWindow.getAllWindows();
      const contents = window!.webContents as unknown as { getLastWebPreferences(): Record<string, unknown> };
      return contents.getLastWebPreferences();
    });
    expect(preferences).toMatchObject({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
    });
  });

  it('relays calls and events', async () => {
    const answer = await page.evaluate(() => window.csi.call('catalog.get', {}));
    expect(answer).toEqual({ ok: true, value: { name: 'catalog.get', input: {} } });
    await app.evaluate(({ BrowserWindow }) => {
      const event = { name: 'data.changed', payload: { dataVersion: 5 } };
      BrowserWindow.getAllWindows()[0]!.webContents.send('csi:event', event);
    });
    await expect
      .poll(() => page.evaluate(() => window.heard))
      .toEqual([{ name: 'data.changed', payload: { dataVersion: 5 } }]);
  });

  it('refuses a call that the contract does not name, and a path that nobody chose', async () => {
    const refused = await page.evaluate(() => window.csi.call('no.such', {}).catch((error) => error.message));
    expect(refused).toContain('No call is named "no.such"');
    const path = await page.evaluate(() => window.csi.call('import.preview', { path: '/etc/passwd' }));
    expect(path).toMatchObject({ ok: false, error: { code: 'path-not-allowed' } });
  });

  it('refuses native calls with arguments of another shape', async () => {
    const outcomes = await page.evaluate(() =>
      Promise.all(
        [
          window.csi.native.openFile!('*'),
          window.csi.native.openFile!([{ name: 'x', extensions: ['../x'] }]),
          window.csi.native.revealExport!('/etc'),
          window.csi.native.setLanguage!('fr'),
        ].map((asked) => asked.then(() => 'answered').catch(() => 'refused')),
      ),
    );
    expect(outcomes).toEqual(['refused', 'refused', 'refused', 'refused']);
  });

  it('names a chosen file by a token, which alone leads a call to its place', async () => {
    const real = join(root, 'package.json');
    await app.evaluate(({ dialog }, path) => {
      dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [path] });
    }, real);
    const chosen = (await page.evaluate(() => window.csi.native.openFile!([]))) as { path: string };
    expect(chosen).toMatchObject({
      name: 'package.json',
      path: expect.stringMatching(/^granted:[0-9a-f]{32}$/),
    });
    const called = await page.evaluate((path) => window.csi.call('import.preview', { path }), chosen.path);
    expect(called).toEqual({ ok: true, value: { name: 'import.preview', input: { path: real } } });
  });

  it('answers no other page, even one that was given our preload', async () => {
    const preload = join(root, 'dist/electron/preload.cjs');
    const outcome = await app.evaluate(async ({ BrowserWindow }, preload) => {
      const foreign = new BrowserWindow({ show: false, webPreferences: { preload, sandbox: true } });
      await foreign.loadURL('data:text/html,<title>foreign</title>');
      const ask = `csi.call('app.status', {}).then(() => 'answered', (error) => error.message)`;
      const answer = await foreign.webContents.executeJavaScript(ask);
      foreign.destroy();
      return answer as string;
    }, preload);
    expect(outcome).toContain('refused: not the workstation page');
  });

  it('goes nowhere else, opens no window and frames nothing', async () => {
    const outcome = await page.evaluate(async () => {
      const opened = window.open('https://example.com');
      location.href = 'https://example.com';
      const frame = document.createElement('iframe');
      frame.src = 'app://workstation/index.html';
      document.body.append(frame);
      await new Promise((resolve) => setTimeout(resolve, 300));
      let framed: boolean;
      try {
        framed = frame.contentDocument?.title === 'page';
      } catch {
        framed = false;
      }
      return { opened: opened !== null, framed };
    });
    expect(outcome).toEqual({ opened: false, framed: false });
    await page.evaluate(async () => {
      location.href = 'app://workstation/page.js';
      await new Promise((resolve) => setTimeout(resolve, 300));
    });
    expect(page.url()).toBe('app://workstation/index.html');
    expect(app.windows()).toHaveLength(1);
  });

  it('loads nothing from the disk, the network or outside the built files', async () => {
    const reached = await page.evaluate(() =>
      Promise.all(
        [
          'file:///etc/passwd',
          'https://example.com/',
          'http://127.0.0.1:9/',
          'app://elsewhere/index.html',
          'app://workstation/../package.json',
          'app://workstation/%2e%2e/package.json',
        ].map((url) =>
          fetch(url).then(
            (response) => response.status,
            () => 'refused',
          ),
        ),
      ),
    );
    expect(reached).toEqual(['refused', 'refused', 'refused', 'refused', 404, 404]);
    const elsewhere = await app.evaluate(async ({ net }) => {
      return (await net.fetch('app://elsewhere/index.html')).status;
    });
    expect(elsewhere).toBe(404);
    expect(await page.evaluate(() => window.inlineRan)).toBeUndefined();
  });

  it('has every permission denied but to copy text', async () => {
    const denied = await page.evaluate(async () => [
      await Notification.requestPermission(),
      await navigator.mediaDevices.getUserMedia({ audio: true }).then(
        () => 'granted',
        () => 'denied',
      ),
      (await navigator.permissions.query({ name: 'geolocation' })).state,
      (await navigator.permissions.query({ name: 'clipboard-read' as PermissionName })).state,
    ]);
    expect(denied).toEqual(['denied', 'denied', 'denied', 'denied']);
    const copying = await page.evaluate(async () => {
      const answer = await navigator.permissions.query({ name: 'clipboard-write' as PermissionName });
      return answer.state;
    });
    expect(copying).toBe('granted');
  });

  it('gives V8 its switches in a utility process and in the threads of one', async () => {
    const entry = join(root, 'young-generation.mjs');
    writeFileSync(entry, YOUNG_GENERATION);
    const measure = (flags: string[]) =>
      app.evaluate(
        ({ utilityProcess }, { entry, execArgv }) =>
          new Promise<number[]>((resolve) => {
            const child = utilityProcess.fork(entry, [], { execArgv });
            child.once('message', (sizes: number[]) => {
              child.kill();
              resolve(sizes);
            });
          }),
        { entry, execArgv: utilityArguments(flags) },
      );
    expect(await measure(['--max-semi-space-size=2'])).toEqual([4, 4]);
    expect(await measure(ENGINE_FLAGS)).toEqual([16, 16]);
  });

  it('is the only instance on its data', async () => {
    const { executablePath, args, env } = await electronCommand(root, data);
    const second = spawn(executablePath, args, { env, stdio: 'ignore' });
    const [code] = await once(second, 'exit');
    expect(code).toBe(0);
    expect(app.windows()).toHaveLength(1);
  });

  it('tells the page when the engine has died, and starts it again', async () => {
    const status = () =>
      page.evaluate(() => window.csi.call('app.status', {})) as Promise<{ value: { pid: number } }>;
    const before = (await status()).value.pid;
    await page.evaluate(() => {
      window.heard.length = 0;
    });
    process.kill(before, 'SIGKILL');
    await expect
      .poll(() => page.evaluate(() => window.heard))
      .toEqual([{ name: 'status.changed', payload: { open: false } }]);
    expect((await status()).value.pid).not.toBe(before);
  });
});
