/** Where files live that a page hands over: a folder of this process that vanishes with it, or at the next start. */
import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { safeFileName } from './file-name.ts';
import { createSecret } from './security.ts';

export interface ExchangeFolder {
  /** The folder of this process. */
  own: string;
  /** A place that nothing else has, in a folder of its own. */
  freshPlace(name: string): Promise<string>;
  close(): void;
}

export function openExchange(dataFolder: string): ExchangeFolder {
  const exchange = join(dataFolder, 'exchange');
  clearAbandoned(exchange);
  const own = join(exchange, String(process.pid));
  mkdirSync(own, { recursive: true });
  return {
    own,
    async freshPlace(name) {
      const folder = join(own, createSecret());
      await mkdir(folder);
      return join(folder, safeFileName(name));
    },
    close: () => rmSync(own, { recursive: true, force: true }),
  };
}

/** Removes what hosts left that were killed: each has a folder named by its process id. */
function clearAbandoned(exchange: string): void {
  for (const name of existsSync(exchange) ? readdirSync(exchange) : []) {
    if (!isRunning(Number(name))) rmSync(join(exchange, name), { recursive: true, force: true });
  }
}

function isRunning(pid: number): boolean {
  if (!Number.isSafeInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
