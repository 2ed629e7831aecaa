/**
 * The parent's side of the engine process: calls go out, answers and events come back. When the process dies,
 * every open call ends with `engine-stopped`, the process is started again and the database that was open is
 * opened again. A process that dies before it answered anything stays down: it would only die again.
 */
import { fork } from 'node:child_process';
import { statSync } from 'node:fs';
import type { EngineEvent } from '../shared/calls/app.ts';
import type { Envelope } from '../shared/contract.ts';
import { AppError, reportError } from '../shared/errors.ts';
import type { FromEngine, ToEngine } from './engine-messages.ts';

/** A running engine process, whatever kind of process it is. */
export interface EngineChannel {
  post(message: ToEngine): void;
  onMessage(listener: (message: FromEngine) => void): void;
  onExit(listener: (code: number | null) => void): void;
  kill(): void;
}

export interface EngineClientOptions {
  launch: () => EngineChannel;
  dataFolder: string;
  resourcesFolder: string;
  startWithSample?: boolean;
  log: (line: string) => void;
}

/** The engine as its hosts see it. `call` never rejects. */
export interface EngineClient {
  call(name: string, input: unknown): Promise<Envelope>;
  subscribe(listener: (event: EngineEvent) => void): () => void;
  /** Ends the process after it has closed the database; kills it when it takes longer than `patienceMs`. */
  close(patienceMs?: number): Promise<void>;
}

type Answer = (envelope: Envelope) => void;

const stopped = (): Envelope => ({ ok: false, error: reportError(new AppError('engine-stopped')) });

export function connectEngine(options: EngineClientOptions): EngineClient {
  const listeners = new Set<(event: EngineEvent) => void>();
  const pending = new Map<number, Answer>();
  let nextId = 1;
  let channel: EngineChannel | null = null;
  let answered = false;
  let openPath: string | null = null;
  let closing: (() => void) | null = null;

  const emit = (event: EngineEvent) => {
    for (const listener of listeners) listener(event);
  };

  const start = () => {
    answered = false;
    const started = options.launch();
    channel = started;
    started.onMessage((message) => receive(message));
    started.onExit((code) => exited(code));
    const { dataFolder, resourcesFolder, startWithSample = false } = options;
    started.post({ kind: 'start', dataFolder, resourcesFolder, startWithSample });
  };

  const receive = (message: FromEngine) => {
    if (message.kind === 'event') emit(message.event);
    else if (message.kind === 'log') options.log(message.line);
    else if (message.kind === 'answer') {
      answered = true;
      openPath = openDatabase(message.envelope) ?? openPath;
      pending.get(message.id)?.(message.envelope);
      pending.delete(message.id);
    }
  };

  const exited = (code: number | null) => {
    channel = null;
    for (const answer of pending.values()) answer(stopped());
    pending.clear();
    if (closing) return closing();
    options.log(`engine process ended with code ${code}`);
    if (answered) {
      start();
      void reopen();
    } else {
      emit({ name: 'status.changed', payload: { open: false } });
    }
  };

  const reopen = async () => {
    const open = openPath !== null && (await call('app.open', { path: openPath })).ok;
    emit({ name: 'status.changed', payload: { open } });
  };

  const call = (name: string, input: unknown): Promise<Envelope> => {
    if (!channel || closing) return Promise.resolve(stopped());
    const id = nextId++;
    return new Promise((answer) => {
      pending.set(id, (envelope) => {
        if (name === 'app.close' && envelope.ok) openPath = null;
        answer(envelope);
      });
      channel?.post({ kind: 'call', id, name, input });
    });
  };

  const close = (patienceMs = 10_000): Promise<void> => {
    const running = channel;
    if (!running) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(() => running.kill(), patienceMs);
      closing = () => {
        clearTimeout(timer);
        resolve();
      };
      running.post({ kind: 'close' });
    });
  };

  start();
  return {
    call,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close,
  };
}

/** The path of the database that an answer says is open: only `AppStatus` has this shape. */
function openDatabase(envelope: Envelope): string | null {
  if (!envelope.ok || typeof envelope.value !== 'object' || envelope.value === null) return null;
  const { dataFolder, database } = envelope.value as {
    dataFolder?: unknown;
    database?: { path?: unknown } | null;
  };
  return typeof dataFolder === 'string' && typeof database?.path === 'string' ? database.path : null;
}

/**
 * V8 keeps three times its young generation for good once a long import has filled it; half the usual size saves 150 MB
 * there and costs no time that could be measured.
 */
export const ENGINE_FLAGS = ['--max-semi-space-size=8'];

/** How a utility process is told: it is Chromium's child, which leaves V8's own switches unread outside `--js-flags`. */
export const utilityArguments = (flags: readonly string[]): string[] => [`--js-flags=${flags.join(' ')}`];

/** Runs the engine under a Node executable (24 or later). `nodeExecutable` must be an existing file. */
export function forkEngine(entry: string, nodeExecutable: string): EngineChannel {
  if (!statSync(nodeExecutable, { throwIfNoEntry: false })?.isFile()) {
    throw new Error(`There is no Node executable at ${nodeExecutable}`);
  }
  const child = fork(entry, [], {
    execPath: nodeExecutable,
    execArgv: ENGINE_FLAGS,
    serialization: 'advanced',
  });
  let ended = false;
  return {
    post: (message) => {
      if (!ended && child.connected) child.send(message);
    },
    onMessage: (listener) => child.on('message', (message) => listener(message as FromEngine)),
    onExit: (listener) => {
      const once = (code: number | null) => {
        if (!ended) listener(code);
        ended = true;
      };
      child.on('exit', once);
      child.on('error', () => once(null));
    },
    kill: () => child.kill('SIGKILL'),
  };
}

/**
 * Which process runs the engine: Electron's own utility process, or, in an unpackaged build only, the Node
 * executable given in CSI_ENGINE_NODE. A packaged build that is told to run another executable refuses.
 */
export function chooseEngineHost(
  packaged: boolean,
  nodeExecutable: string | undefined,
): { kind: 'utility' } | { kind: 'node'; executable: string } {
  if (!nodeExecutable) return { kind: 'utility' };
  if (packaged) throw new Error('CSI_ENGINE_NODE is for development builds: remove it and start again.');
  return { kind: 'node', executable: nodeExecutable };
}
