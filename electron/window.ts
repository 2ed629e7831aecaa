/** The one place that makes a window, and the guards that hold for every page whoever made it. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import {
  app,
  BrowserWindow,
  type Rectangle,
  type Session,
  screen,
  type WebContents,
  type WebFrameMain,
} from 'electron';
import { z } from 'zod';
import { createSecret, guardHeaders, type Page } from './security.ts';

export const APP_SCHEME = 'app';
export const APP_ORIGIN = 'app://workstation';

const savedWindow = z.object({
  x: z.number().int(),
  y: z.number().int(),
  width: z.number().int().min(640).max(10_000),
  height: z.number().int().min(480).max(10_000),
  maximized: z.boolean(),
});

/** Whether a message comes from our page itself: a living frame, the top one, of exactly our origin. */
export function isOurPage(frame: WebFrameMain | null): boolean {
  return frame !== null && !frame.isDestroyed?.() && frame.parent === null && frame.origin === APP_ORIGIN;
}

/** Serves the built page under `app://workstation/` and nothing else, and refuses every permission but to copy text. */
export function guardSession(session: Session, page: Page): void {
  session.protocol.handle(APP_SCHEME, (request) => {
    const url = new URL(request.url);
    const file = url.host === 'workstation' && request.method === 'GET' ? page.respond(url.pathname) : null;
    if (!file) return new Response('', { status: 404, headers: guardHeaders(createSecret()) });
    return new Response(new Uint8Array(file.body), { headers: file.headers });
  });
  session.webRequest.onBeforeRequest((details, decide) => {
    decide({ cancel: !/^(app|devtools|blob|data):/.test(details.url) });
  });
  // A table is copied at a click: our page may write text to the clipboard, never read what is there.
  const granted = (contents: WebContents | null, permission: string) =>
    permission === 'clipboard-sanitized-write' && isOurPage(contents?.mainFrame ?? null);
  session.setPermissionRequestHandler((contents, permission, decide) =>
    decide(granted(contents, permission)),
  );
  session.setPermissionCheckHandler(granted);
  session.setDevicePermissionHandler(() => false);
  session.on('will-download', (event) => event.preventDefault());
}

/** No page navigates, opens a window or attaches a webview. */
export function guardContents(): void {
  app.on('web-contents-created', (_event, contents) => {
    contents.on('will-redirect', (event) => event.preventDefault());
    // Of the top frame and of any other.
    contents.on('will-frame-navigate', (event) => event.preventDefault());
    contents.on('will-attach-webview', (event) => event.preventDefault());
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  });
}

export function createWindow(preload: string, stateFile: string): BrowserWindow {
  const saved = readWindowState(stateFile);
  const window = new BrowserWindow({
    ...(saved?.bounds ?? { width: 1360, height: 860 }),
    minWidth: 960,
    minHeight: 640,
    show: false,
    backgroundColor: '#ffffff',
    webPreferences: {
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webviewTag: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      navigateOnDragDrop: false,
      spellcheck: false,
      devTools: !app.isPackaged,
    },
  });
  if (saved?.maximized) window.maximize();
  window.once('ready-to-show', () => window.show());
  window.on('close', () => writeWindowState(stateFile, window));
  void window.loadURL(`${APP_ORIGIN}/index.html`);
  return window;
}

/** Where the window was; null when it was never, the file is damaged, or no screen shows that place now. */
function readWindowState(file: string): { bounds: Rectangle; maximized: boolean } | null {
  try {
    const { maximized, ...bounds } = savedWindow.parse(JSON.parse(readFileSync(file, 'utf8')));
    const { workArea } = screen.getDisplayMatching(bounds);
    const visible =
      bounds.x < workArea.x + workArea.width - 100 &&
      bounds.x + bounds.width > workArea.x + 100 &&
      bounds.y >= workArea.y - 10 &&
      bounds.y < workArea.y + workArea.height - 50;
    return visible ? { bounds, maximized } : null;
  } catch {
    return null;
  }
}

function writeWindowState(file: string, window: BrowserWindow): void {
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, JSON.stringify({ ...window.getNormalBounds(), maximized: window.isMaximized() }));
  } catch {
    // Where the window was is not worth a message.
  }
}
