/** Electron's main process: one instance, one guarded window, the engine in a process of its own, calls relayed. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import {
  app,
  BrowserWindow,
  dialog,
  type IpcMainInvokeEvent,
  ipcMain,
  protocol,
  session,
  utilityProcess,
} from 'electron';
import {
  chooseEngineHost,
  connectEngine,
  ENGINE_FLAGS,
  type EngineChannel,
  type EngineClient,
  forkEngine,
  utilityArguments,
} from './engine-client.ts';
import type { FromEngine } from './engine-messages.ts';
import { openExchange } from './exchange-folder.ts';
import { createFileGrants } from './grants.ts';
import { createNativeCalls, NATIVE_ARGUMENTS, type NativeName, setMenu } from './native.ts';
import { createPageCalls } from './page-calls.ts';
import { dataFolder, projectFolder } from './places.ts';
import { loadPage } from './security.ts';
import { APP_SCHEME, createWindow, guardContents, guardSession, isOurPage } from './window.ts';

const PROJECT = projectFolder(import.meta.dirname);
const DIST = join(PROJECT, 'dist');
const DATA = dataFolder(process.env, process.platform);

function launchUtility(): EngineChannel {
  const child = utilityProcess.fork(join(DIST, 'electron/engine-process.js'), [], {
    serviceName: 'csi-engine',
    execArgv: utilityArguments(ENGINE_FLAGS),
  });
  return {
    post: (message) => child.postMessage(message),
    onMessage: (listener) => child.on('message', (message: FromEngine) => listener(message)),
    onExit: (listener) => child.once('exit', (code) => listener(code)),
    kill: () => child.kill(),
  };
}

/** Files that must be real files on disk lie outside the archive of a packaged build. */
function resourcesFolder(): string {
  return app.isPackaged ? join(process.resourcesPath, 'resources') : join(PROJECT, 'resources');
}

function startEngine(): EngineClient {
  const host = chooseEngineHost(app.isPackaged, process.env.CSI_ENGINE_NODE);
  return connectEngine({
    launch: () =>
      host.kind === 'utility'
        ? launchUtility()
        : forkEngine(join(DIST, 'electron/engine-process.js'), host.executable),
    dataFolder: DATA,
    resourcesFolder: resourcesFolder(),
    startWithSample: !app.isPackaged && process.env.CSI_START_WITH_SAMPLE === '1',
    log: (line) => console.error(line),
  });
}

/** Registers an IPC call that answers our own page only. */
function handle(channel: string, run: (window: BrowserWindow, args: unknown[]) => Promise<unknown>): void {
  ipcMain.handle(channel, (event: IpcMainInvokeEvent, ...args: unknown[]) => {
    const window = BrowserWindow.fromWebContents(event.sender);
    if (!window || !isOurPage(event.senderFrame)) throw new Error('refused: not the workstation page');
    return run(window, args);
  });
}

function relayCalls(client: EngineClient): void {
  const grants = createFileGrants();
  const calls = createPageCalls(client, grants);
  const exchange = openExchange(DATA);
  app.on('quit', () => exchange.close());
  const native = createNativeCalls(client, grants, exchange);
  handle('csi:call', (_window, [name, input]) => calls.call(name, input));
  for (const name of Object.keys(NATIVE_ARGUMENTS) as NativeName[]) {
    handle(name, (window, args) => {
      const run = native[name] as (window: BrowserWindow, ...args: unknown[]) => Promise<unknown>;
      return run(window, ...NATIVE_ARGUMENTS[name].parse(args));
    });
  }
  client.subscribe((event) => {
    for (const window of BrowserWindow.getAllWindows()) window.webContents.send('csi:event', event);
  });
}

async function start(): Promise<void> {
  const client = startEngine();
  const page = loadPage(join(DIST, 'renderer'));
  setMenu(app.getLocale().startsWith('zh') ? 'zh-CN' : 'en');
  guardSession(session.defaultSession, page);
  relayCalls(client);
  const open = () => createWindow(join(DIST, 'electron/preload.cjs'), join(DATA, 'window.json'));
  open();
  app.on('activate', () => {
    if (BrowserWindow.getAllWindows().length === 0) open();
  });
  app.on('second-instance', () => {
    const [window] = BrowserWindow.getAllWindows();
    if (window?.isMinimized()) window.restore();
    window?.focus();
  });
  closeEngineBeforeQuit(client);
}

function closeEngineBeforeQuit(client: EngineClient): void {
  let closed = false;
  app.on('before-quit', (event) => {
    if (closed) return;
    event.preventDefault();
    void client.close().then(() => {
      closed = true;
      app.quit();
    });
  });
}

// Root, as in test containers, cannot sandbox at all; only an unpackaged build may be told so.
if (app.isPackaged || !app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
protocol.registerSchemesAsPrivileged([
  { scheme: APP_SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true } },
]);
mkdirSync(DATA, { recursive: true });
app.setPath('userData', join(DATA, 'electron'));
if (app.requestSingleInstanceLock()) {
  guardContents();
  app.on('window-all-closed', () => app.quit());
  app
    .whenReady()
    .then(start)
    .catch((error: Error) => {
      dialog.showErrorBox('CSI 工作站 / CSI Workstation', `无法启动 / Cannot start\n\n${error.message}`);
      app.exit(1);
    });
} else {
  app.quit();
}
