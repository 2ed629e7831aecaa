import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasBrowser, launchBrowser } from '../support/browser.ts';
import { post } from '../support/loopback-client.ts';

const SCRIPT = join(import.meta.dirname, '../../electron/start.ts');

/** Resolves with the link once the script has printed it. */
function printedLink(child: ChildProcess): Promise<URL> {
  return new Promise((resolve, reject) => {
    let text = '';
    child.stdout?.on('data', (chunk) => {
      text += chunk;
      const link = /http:\/\/127\.0\.0\.1:\d+\/#code=[0-9a-f]{32}/.exec(text)?.[0];
      if (link) resolve(new URL(link));
    });
    child.on('exit', (code) => reject(new Error(`ended with ${code} after: ${text}`)));
  });
}

describe('npm start without Electron', () => {
  const data = mkdtempSync(join(tmpdir(), 'csi-start-'));
  let child: ChildProcess;
  let link: URL;

  beforeAll(async () => {
    child = spawn(process.execPath, [SCRIPT, '--browser', '--no-open'], {
      env: { ...process.env, CSI_DATA: data },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    link = await printedLink(child);
  });

  afterAll(() => {
    child.kill('SIGKILL');
    rmSync(data, { recursive: true, force: true });
  });

  it.skipIf(!hasBrowser())(
    'opens the workstation on the sample studies in a browser, in Chinese, with nothing in the console',
    async () => {
      const browser = await launchBrowser();
      const page = await browser.newPage();
      const complaints: string[] = [];
      page.on('console', (message) => {
        if (message.type() === 'error') complaints.push(message.text());
      });
      page.on('pageerror', (error) => complaints.push(error.message));
      await page.goto(link.href);
      await page.getByText('导入示例研究').first().waitFor();
      await page.getByText('第三方研究').first().waitFor({ timeout: 240_000 });
      expect(page.url()).toBe(`${link.origin}/`);
      expect(complaints).toEqual([]);
      await browser.close();
    },
    300_000,
  );

  it('prints a link that works once', async () => {
    const code = link.hash.replace('#code=', '');
    const first = hasBrowser() ? 401 : 200;
    expect((await post(Number(link.port), '/session', { code })).status).toBe(first);
    expect((await post(Number(link.port), '/session', { code })).status).toBe(401);
  });

  it('ends in order when it is told to, and takes exchanged files along', async () => {
    expect(existsSync(join(data, 'exchange', String(child.pid)))).toBe(true);
    child.kill('SIGTERM');
    const [code] = await once(child, 'exit');
    expect(code).toBe(0);
    expect(existsSync(join(data, 'exchange', String(child.pid)))).toBe(false);
  });
});
