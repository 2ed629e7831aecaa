/** The page's only door: calls and events by name, and the native dialogs, as plain data. See loopback.ts. */
import { contextBridge, ipcRenderer } from 'electron';

/** The names of shared/contract.ts, put in by the build so that no schema library enters the preload. */
declare const __CALL_NAMES__: readonly string[];

interface FileFilter {
  name: string;
  extensions: string[];
}

const names = new Set(__CALL_NAMES__);

contextBridge.exposeInMainWorld('csi', {
  host: 'electron',
  call: (name: string, input: unknown) => {
    if (!names.has(name)) return Promise.reject(new TypeError(`No call is named "${name}"`));
    return ipcRenderer.invoke('csi:call', name, input);
  },
  subscribe: (listener: (event: unknown) => void) => {
    const relay = (_event: unknown, payload: unknown) => listener(payload);
    ipcRenderer.on('csi:event', relay);
    return () => {
      ipcRenderer.removeListener('csi:event', relay);
    };
  },
  native: {
    openFile: (filters: FileFilter[]) => ipcRenderer.invoke('csi:open-file', filters),
    keepText: (text: string) => ipcRenderer.invoke('csi:keep-text', text),
    openFolder: () => ipcRenderer.invoke('csi:open-folder'),
    saveFile: (suggestedName: string, filters: FileFilter[]) =>
      ipcRenderer.invoke('csi:save-file', suggestedName, filters),
    revealExport: (batch: number) => ipcRenderer.invoke('csi:reveal-export', batch),
    setLanguage: (language: 'zh-CN' | 'en') => ipcRenderer.invoke('csi:set-language', language),
  },
});
