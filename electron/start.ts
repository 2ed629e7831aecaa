/**
 * `npm start`: brings the build up to date, then opens the workstation in Electron, or, where Electron cannot run,
 * in the browser of this computer. `--browser` prefers the browser, `--no-open` only prints the link.
 */
import { spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { connectEngine, forkEngine } from './engine-client.ts';
import { startLoopback } from './loopback.ts';
import { dataFolder, electronExecutable, projectFolder } from './places.ts';
import { loadPage } from './security.ts';
import { openWithSystem } from './system-open.ts';

const PROJECT = projectFolder(import.meta.dirname);
const IDLE_MS = 30 * 60_000;

function say(zh: string, en: string): void {
  console.log(`${zh}\n${en}\n`);
}

function buildStale(parts: string[]): void {
  const script = join(PROJECT, 'test/support/build.ts');
  const run = spawnSync(process.execPath, [script, '--if-stale', ...parts], { stdio: 'inherit' });
  if (run.status === 0) return;
  say('构建失败，原因见上。', 'The build failed; the reason is above.');
  process.exit(1);
}

/** Electron, if its binary is here and there is a screen to show it on. */
function usableElectron(): string | null {
  const executable = electronExecutable(PROJECT);
  const screen = process.platform !== 'linux' || process.env.DISPLAY || process.env.WAYLAND_DISPLAY;
  return executable && screen ? executable : null;
}

function startElectron(executable: string): void {
  buildStale(['page', 'node', 'fonts', 'sample']);
  const child = spawn(executable, [PROJECT], {
    stdio: 'inherit',
    env: { ...process.env, CSI_START_WITH_SAMPLE: '1' },
  });
  child.on('exit', (code) => process.exit(code ?? 1));
}

async function startInBrowser(open: boolean): Promise<void> {
  buildStale(['page', 'fonts', 'sample']);
  const folder = dataFolder(process.env, process.platform);
  const client = connectEngine({
    launch: () => forkEngine(join(PROJECT, 'electron/engine-process.ts'), process.execPath),
    dataFolder: folder,
    resourcesFolder: join(PROJECT, 'resources'),
    startWithSample: true,
    log: (line) => console.error(line),
  });
  const host = await startLoopback({
    client,
    page: loadPage(join(PROJECT, 'dist/renderer')),
    dataFolder: folder,
    idleMs: IDLE_MS,
    delay: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    openFolder: openWithSystem,
  });
  offerLinks(host.newLink, open);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void host.close());
  await host.closed;
  await client.close();
  say('工作站已停止。', 'The workstation has stopped.');
  process.exit(0);
}

/** The link, and with every Enter a new one: a link works once, and a reloaded page needs another. */
function offerLinks(newLink: () => string, open: boolean): void {
  const link = newLink();
  say('CSI 工作站已在本机启动。', 'The CSI workstation is running on this computer.');
  console.log(`  ${link}\n`);
  say(
    '请用浏览器打开上面的链接（只能使用一次）。按回车键获取新链接，按 Ctrl+C 停止。',
    'Open the link above in a browser (it works once). Enter gives a new link, Ctrl+C stops.',
  );
  if (open) openWithSystem(link);
  if (process.stdin.isTTY) {
    createInterface({ input: process.stdin }).on('line', () => console.log(`  ${newLink()}\n`));
  }
}

const { values } = parseArgs({
  options: { browser: { type: 'boolean', default: false }, 'no-open': { type: 'boolean', default: false } },
});
if (Number(process.versions.node.split('.')[0]) < 24) {
  say(
    `需要 Node 24，当前为 ${process.version}。请用 npm start 启动。`,
    `Node 24 is needed, this is ${process.version}. Start with "npm start".`,
  );
  process.exit(1);
}
const electron = values.browser ? null : usableElectron();
if (electron) startElectron(electron);
else await startInBrowser(!values['no-open']);
