/** The whole workstation as a user of a browser meets it: the built page over the real engine, on data of its own. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { connectEngine, forkEngine } from '../../electron/engine-client.ts';
import { startLoopback } from '../../electron/loopback.ts';
import { loadPage } from '../../electron/security.ts';
import { launchBrowser } from './browser.ts';
import { buildParts } from './build.ts';

const ROOT = join(import.meta.dirname, '../..');
const SAMPLE_MS = 600_000;

export interface Workstation {
  page: Page;
  /** What the browser's console reported as an error, and what the page threw. */
  faults: string[];
  /** What the engine logged. */
  log: string[];
  /** The engine past the page, to set a job going while the page is watched. */
  call(name: string, input: unknown): Promise<unknown>;
  close(): Promise<void>;
}

export interface View {
  width: number;
  height: number;
}

export async function startWorkstation(view: View = { width: 1440, height: 900 }): Promise<Workstation> {
  await buildParts(['page', 'fonts', 'sample'], { onlyStale: true, log: () => {} });
  const folder = mkdtempSync(join(tmpdir(), 'csi-screens-'));
  const log: string[] = [];
  const client = connectEngine({
    launch: () => forkEngine(join(ROOT, 'electron/engine-process.ts'), process.execPath),
    dataFolder: folder,
    resourcesFolder: join(ROOT, 'resources'),
    log: (line) => log.push(line),
  });
  const host = await startLoopback({
    client,
    page: loadPage(join(ROOT, 'dist/renderer')),
    dataFolder: folder,
    idleMs: 3_600_000,
    delay: async () => {},
    openFolder: () => false,
  });
  const browser: Browser = await launchBrowser();
  const page = await browser.newPage({ viewport: view });
  const faults: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(message.text());
  });
  page.on('pageerror', (error) => faults.push(error.stack ?? error.message));
  await page.goto(host.newLink());
  await page.getByRole('main').waitFor();
  return {
    page,
    faults,
    log,
    call: (name, input) => client.call(name, input),
    async close() {
      await browser.close();
      await host.close();
      await client.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** From the first screen into the sample data. */
export async function openSample(page: Page): Promise<void> {
  await page.getByRole('button', { name: '打开示例' }).click();
  await page.getByRole('navigation').waitFor({ timeout: SAMPLE_MS });
  await settle(page);
}

/** Waits until nothing is being read and no job runs. */
export async function settle(page: Page): Promise<void> {
  await page.waitForFunction(
    () => document.querySelector('.busy, .ant-spin-spinning, .job') === null,
    undefined,
    { timeout: SAMPLE_MS },
  );
  await page.waitForTimeout(150);
}
