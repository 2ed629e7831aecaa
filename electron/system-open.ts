/** Hands a folder or our own link to whatever the user's system opens such things with. */
import { spawn } from 'node:child_process';

/** False where there is no desktop to open it on; true says only that the request was passed on. */
export function openWithSystem(target: string): boolean {
  const opener = systemOpener();
  if (!opener) return false;
  const [command, ...args] = opener;
  const child = spawn(command, [...args, target], { detached: true, stdio: 'ignore', windowsHide: true });
  child.on('error', () => {
    // No such program: the link is printed anyway, and the folder is named on the screen.
  });
  child.unref();
  return true;
}

function systemOpener(): [string, ...string[]] | null {
  if (process.platform === 'win32') return ['rundll32', 'url.dll,FileProtocolHandler'];
  if (process.platform === 'darwin') return ['open'];
  return process.env.DISPLAY || process.env.WAYLAND_DISPLAY ? ['xdg-open'] : null;
}
