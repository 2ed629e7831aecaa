/**
 * Entry of the engine in a process of its own. Its parent is Electron's main process (utilityProcess) or a plain
 * Node process (fork); both speak the messages of `engine-messages.ts`. Without a parent it ends.
 */
import { constants, setPriority } from 'node:os';
import { createEngine, type Engine } from './engine/engine.ts';
import type { FromEngine, ToEngine } from './engine-messages.ts';
import { userName } from './user-name.ts';

/** What Electron puts on `process` in a utility process. */
interface ParentPort {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { data: unknown }) => void): void;
}

// Long jobs use every core; the window must still answer at once. Threads inherit this.
setPriority(constants.priority.PRIORITY_BELOW_NORMAL);

const port = (process as unknown as { parentPort?: ParentPort }).parentPort;
let engine: Engine | null = null;

function tell(message: FromEngine): void {
  if (port) port.postMessage(message);
  else if (process.connected) process.send?.(message);
}

async function handle(message: ToEngine): Promise<void> {
  if (message.kind === 'start') {
    engine = createEngine({
      dataFolder: message.dataFolder,
      resourcesFolder: message.resourcesFolder,
      startWithSample: message.startWithSample,
      actor: userName(),
      clock: () => new Date(),
      log: (line) => tell({ kind: 'log', line }),
    });
    engine.subscribe((event) => tell({ kind: 'event', event }));
    tell({ kind: 'ready' });
  } else if (message.kind === 'call') {
    if (!engine) throw new Error(`call "${message.name}" before the engine was started`);
    tell({ kind: 'answer', id: message.id, envelope: await engine.call(message.name, message.input) });
  } else {
    await stop();
  }
}

async function stop(): Promise<void> {
  await engine?.close();
  process.exit(0);
}

if (port) {
  port.on('message', (event) => void handle(event.data as ToEngine));
} else if (process.send) {
  process.on('message', (message) => void handle(message as ToEngine));
  process.on('disconnect', () => void stop());
} else {
  console.error('The engine is started by the workstation, not by hand: run "npm start" or "npx csi".');
  process.exitCode = 2;
}
