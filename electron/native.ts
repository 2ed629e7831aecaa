/** The calls that need Electron: file dialogs, keeping pasted text, showing a report folder, the language of the menu. */
import { stat, writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { app, BrowserWindow, dialog, Menu, type MenuItemConstructorOptions, shell } from 'electron';
import { z } from 'zod';
import type { Language } from '../shared/domain/language.ts';
import { MOST_PASTED } from '../shared/domain/pasted-table.ts';
import type { EngineClient } from './engine-client.ts';
import type { ExchangeFolder } from './exchange-folder.ts';
import { safeFileName } from './file-name.ts';
import type { ChosenFile, FileGrants } from './grants.ts';
import { findExport } from './page-calls.ts';

const filters = z
  .array(
    z.strictObject({
      name: z.string().max(80),
      extensions: z.array(z.string().regex(/^(\*|[a-z0-9]{1,10})$/i)).max(20),
    }),
  )
  .max(20);

/** Arguments of each native call, checked before it runs. */
export const NATIVE_ARGUMENTS = {
  'csi:open-file': z.tuple([filters]),
  'csi:open-folder': z.tuple([]),
  'csi:keep-text': z.tuple([z.string().min(1).max(MOST_PASTED)]),
  'csi:save-file': z.tuple([z.string().max(300), filters]),
  'csi:reveal-export': z.tuple([z.number().int().positive()]),
  'csi:set-language': z.tuple([z.enum(['zh-CN', 'en'])]),
} as const;

export type NativeName = keyof typeof NATIVE_ARGUMENTS;

type Arguments<N extends NativeName> = z.output<(typeof NATIVE_ARGUMENTS)[N]>;

type NativeCalls = {
  [N in NativeName]: (window: BrowserWindow, ...args: Arguments<N>) => Promise<unknown>;
};

export function createNativeCalls(
  client: EngineClient,
  grants: FileGrants,
  exchange: ExchangeFolder,
): NativeCalls {
  const granted = async (path: string): Promise<ChosenFile> => {
    const found = await stat(path).catch(() => null);
    return { path: grants.grant(path), name: basename(path), sizeBytes: found?.size ?? 0 };
  };
  const choose = async (
    window: BrowserWindow,
    options: Electron.OpenDialogOptions,
  ): Promise<ChosenFile | null> => {
    const { filePaths } = await dialog.showOpenDialog(window, options);
    return filePaths[0] === undefined ? null : granted(filePaths[0]);
  };

  return {
    'csi:open-file': (window, filters) => choose(window, { filters, properties: ['openFile'] }),
    'csi:open-folder': (window) => choose(window, { properties: ['openDirectory', 'createDirectory'] }),
    'csi:keep-text': async (_window, text) => {
      const path = await exchange.freshPlace('pasted.csv');
      await writeFile(path, text, { flag: 'wx', mode: 0o600 });
      return granted(path);
    },
    'csi:save-file': async (window, suggestedName, filters) => {
      const chosen = await dialog.showSaveDialog(window, {
        defaultPath: safeFileName(suggestedName),
        filters,
      });
      return chosen.canceled || chosen.filePath === '' ? null : granted(chosen.filePath);
    },
    'csi:reveal-export': async (_window, batch) => {
      const found = await findExport(client, batch);
      return found !== null && (await shell.openPath(found.folder)) === '';
    },
    'csi:set-language': async (_window, language) => setMenu(language),
  };
}

/** The application menu. Developer tools exist in unpackaged builds only. */
export function setMenu(language: Language): void {
  const say = (zh: string, en: string) => (language === 'en' ? en : zh);
  const separator: MenuItemConstructorOptions = { type: 'separator' };
  const view: MenuItemConstructorOptions[] = [
    { role: 'resetZoom', label: say('实际大小', 'Actual Size') },
    { role: 'zoomIn', label: say('放大', 'Zoom In') },
    { role: 'zoomOut', label: say('缩小', 'Zoom Out') },
    separator,
    { role: 'togglefullscreen', label: say('全屏', 'Full Screen') },
  ];
  if (!app.isPackaged) view.push({ role: 'toggleDevTools', label: say('开发者工具', 'Developer Tools') });
  Menu.setApplicationMenu(
    Menu.buildFromTemplate([
      {
        label: say('文件', 'File'),
        submenu: [
          {
            label: say('打印…', 'Print…'),
            accelerator: 'CmdOrCtrl+P',
            click: (_item, window) => {
              if (window instanceof BrowserWindow) window.webContents.print({ printBackground: true });
            },
          },
          separator,
          { role: 'quit', label: say('退出', 'Quit') },
        ],
      },
      {
        label: say('编辑', 'Edit'),
        submenu: [
          { role: 'undo', label: say('撤销', 'Undo') },
          { role: 'redo', label: say('重做', 'Redo') },
          separator,
          { role: 'cut', label: say('剪切', 'Cut') },
          { role: 'copy', label: say('复制', 'Copy') },
          { role: 'paste', label: say('粘贴', 'Paste') },
          { role: 'selectAll', label: say('全选', 'Select All') },
        ],
      },
      { label: say('视图', 'View'), submenu: view },
      {
        label: say('窗口', 'Window'),
        submenu: [
          { role: 'minimize', label: say('最小化', 'Minimize') },
          { role: 'close', label: say('关闭', 'Close') },
        ],
      },
    ]),
  );
}
