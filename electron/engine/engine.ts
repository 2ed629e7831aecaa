// The only boundary of the application: validate -> run -> map faults -> tell. Hosts know nothing else.
import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import type { z } from 'zod';
import type { EngineEvent } from '../../shared/calls/app.ts';
import {
  CALLS,
  type CallInput,
  type CallName,
  type CallOutput,
  type Envelope,
} from '../../shared/contract.ts';
import { AppError, reportError } from '../../shared/errors.ts';
import { type Context, createJob } from './context.ts';
import { HANDLERS } from './handlers.ts';
import type { EngineOptions } from './options.ts';
import type { Workspace } from './services/workspace/workspace.ts';

export type { EngineOptions } from './options.ts';

export interface Engine {
  /** Never rejects: a fault is an envelope. */
  call<N extends CallName>(name: N, input: CallInput<N>): Promise<Envelope<CallOutput<N>>>;
  /** As a host receives it from a page: the name may be unknown, the input anything. */
  call(name: string, input: unknown): Promise<Envelope>;
  subscribe(listener: (event: EngineEvent) => void): () => void;
  close(): Promise<void>;
}

export function createEngine(options: EngineOptions): Engine {
  mkdirSync(options.dataFolder, { recursive: true });
  const listeners = new Set<(event: EngineEvent) => void>();
  const jobs = new Map<string, ReturnType<typeof createJob>>();
  const running = new Set<Promise<unknown>>();
  let workspace: Workspace | null = null;
  let turn: Promise<unknown> = Promise.resolve();

  const emit = (event: EngineEvent) => {
    for (const listener of listeners) listener(event);
  };
  const contextFor = (job: Context['job']): Context => ({
    options,
    job,
    emit,
    isOpen: () => workspace !== null,
    afterwards,
    workspace() {
      if (!workspace) throw new AppError('database-not-open');
      return workspace;
    },
    useWorkspace(next) {
      // What still reads the one that goes is stopped, rather than left to find it closed.
      if (workspace && workspace !== next) {
        for (const other of jobs.values()) if (other !== job) other.cancel();
        workspace.close();
      }
      workspace = next;
      emit({ name: 'status.changed', payload: { open: next !== null } });
    },
  });

  /** One after the other, whatever became of the one before. */
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const own = turn.then(work);
    turn = own.catch(() => undefined);
    return own;
  }

  function afterwards(name: string, work: () => Promise<void>): void {
    const done = inTurn(work)
      .catch((error: unknown) =>
        options.log(`${name}: ${error instanceof Error ? error.message : String(error)}`),
      )
      .finally(() => running.delete(done));
    running.add(done);
  }

  async function run(name: string, input: unknown): Promise<unknown> {
    if (!Object.hasOwn(CALLS, name)) throw new AppError('call-unknown', { call: name.slice(0, 60) });
    const callName = name as CallName;
    const valid = parseInput(callName, input ?? {});
    if (callName === 'jobs.cancel') {
      const job = jobs.get((valid as { job: string }).job);
      job?.cancel();
      return { cancelled: job !== undefined };
    }
    const id = (valid as { job?: string }).job ?? randomUUID();
    if (jobs.has(id))
      throw new AppError('call-input-invalid', { call: callName, path: 'job', problem: 'runs already' });
    const job = createJob({ job: id, call: callName }, emit);
    if (CALLS[callName].job) jobs.set(id, job);
    let ok = false;
    const work = async () => {
      job.throwIfCancelled();
      const context = contextFor(job);
      if (!CALLS[callName].offline) context.workspace();
      const handler = HANDLERS[callName] as (context: Context, input: unknown) => unknown;
      return handler(context, valid);
    };
    try {
      const value = await (CALLS[callName].alone ? inTurn(work) : work());
      ok = true;
      return value;
    } catch (error) {
      // Readers and threads report the user's wish to stop in words of their own.
      if (job.signal.aborted) throw new AppError('job-cancelled');
      throw error;
    } finally {
      if (jobs.delete(id)) emit({ name: 'job.ended', payload: { job: id, call: callName, ok } });
    }
  }

  async function call(name: string, input: unknown): Promise<Envelope> {
    const work = run(name, input);
    running.add(work);
    try {
      return { ok: true, value: await work };
    } catch (error) {
      const report = reportError(error);
      if (report.code === 'engine-fault')
        options.log(error instanceof Error ? (error.stack ?? error.message) : 'fault');
      return { ok: false, error: report };
    } finally {
      running.delete(work);
    }
  }

  return {
    call: call as Engine['call'],
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async close() {
      for (const job of jobs.values()) job.cancel();
      await Promise.allSettled(running);
      workspace?.close();
      workspace = null;
    },
  };
}

function parseInput(name: CallName, input: unknown): unknown {
  const parsed = (CALLS[name].input as z.ZodType).safeParse(input);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new AppError('call-input-invalid', {
    call: name,
    path: issue?.path.map(String).join('.') || '(input)',
    problem: issue?.message.slice(0, 120) ?? '',
  });
}
