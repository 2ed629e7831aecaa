/** Where the workstation keeps things on this computer. */
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';

const APP_FOLDER = 'CSI Workstation';

/** The user's data folder; `CSI_DATA` replaces it (tests, a second workspace). */
export function dataFolder(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): string {
  if (env.CSI_DATA) return env.CSI_DATA;
  if (platform === 'win32') return join(env.APPDATA ?? join(homedir(), 'AppData', 'Roaming'), APP_FOLDER);
  if (platform === 'darwin') return join(homedir(), 'Library', 'Application Support', APP_FOLDER);
  return join(env.XDG_DATA_HOME ?? join(homedir(), '.local', 'share'), 'csi-workstation');
}

/** The folder that holds package.json: the same from source (electron/) and from the build (dist/electron/). */
export function projectFolder(moduleFolder: string): string {
  let folder = moduleFolder;
  while (!existsSync(join(folder, 'package.json'))) {
    const parent = dirname(folder);
    if (parent === folder) throw new Error(`No package.json above ${moduleFolder}`);
    folder = parent;
  }
  return folder;
}

/** The official Electron binary of this checkout, if it was ever fetched. Never downloads. */
export function electronExecutable(project: string): string | null {
  const names: Partial<Record<NodeJS.Platform, string>> = {
    win32: 'electron.exe',
    darwin: 'Electron.app/Contents/MacOS/Electron',
  };
  const path = join(project, 'node_modules/electron/dist', names[process.platform] ?? 'electron');
  return existsSync(path) ? path : null;
}
