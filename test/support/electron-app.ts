/** Starts an app folder in the prepared Electron; its engine runs under the Node that runs the tests. */
import { type ElectronApplication, _electron as electron } from 'playwright-core';
import { prepareElectron } from './electron-runtime.ts';

/** Command line and environment of one start. A user data folder of its own keeps tests apart. */
export async function electronCommand(appFolder: string, dataFolder: string) {
  const runtime = await prepareElectron((line) => console.log(line));
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const engine: Record<string, string> = runtime.official ? {} : { CSI_ENGINE_NODE: process.execPath };
  return {
    executablePath: runtime.executable,
    args: [...sandbox, '--disable-gpu', appFolder],
    env: { ...(process.env as Record<string, string>), CSI_DATA: dataFolder, ...engine },
  };
}

export async function launchApp(appFolder: string, dataFolder: string): Promise<ElectronApplication> {
  return electron.launch({ ...(await electronCommand(appFolder, dataFolder)), timeout: 30_000 });
}
