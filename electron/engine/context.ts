// What every service is handed: the open workspace, the clock, and the job it runs under.

import type { EngineEvent } from '../../shared/calls/app.ts';
import type { Bilingual } from '../../shared/domain/language.ts';
import { AppError } from '../../shared/errors.ts';
import type { EngineOptions } from './options.ts';
import type { Workspace } from './services/workspace/workspace.ts';

/** The job a call runs under: says how far it is and stops when the user asks. */
export interface Job {
  readonly signal: AbortSignal;
  /** `total` null: unknown. Cheap enough for every thousand rows. */
  progress(step: Bilingual, done: number, total: number | null): void;
  /** Lets other calls run, then throws `job-cancelled` when the user has asked for it. */
  breathe(): Promise<void>;
  throwIfCancelled(): void;
}

/** What a service works with. */
export interface Context {
  readonly options: EngineOptions;
  readonly job: Job;
  emit(event: EngineEvent): void;
  /** The open database and what is derived from it; throws `database-not-open`. */
  workspace(): Workspace;
  /** Replaces the open workspace; null closes it. */
  useWorkspace(workspace: Workspace | null): void;
  isOpen(): boolean;
  /** Work nobody waits for, done when its turn comes; its failure is logged under `name`. */
  afterwards(name: string, work: () => Promise<void>): void;
}

const PROGRESS_INTERVAL_MS = 100;

/** A job that reports at most ten times a second and estimates the time left from its own pace. */
export function createJob(
  name: { job: string; call: string },
  emit: (event: EngineEvent) => void,
): Job & { cancel(): void } {
  const controller = new AbortController();
  let step = '';
  let startedAt = 0;
  let reportedAt = 0;
  const throwIfCancelled = () => {
    if (controller.signal.aborted) throw new AppError('job-cancelled');
  };
  return {
    signal: controller.signal,
    cancel: () => controller.abort(),
    throwIfCancelled,
    progress(text, done, total) {
      const now = performance.now();
      if (text.en !== step) {
        step = text.en;
        startedAt = now;
        reportedAt = 0;
      }
      const finished = total !== null && done >= total;
      if (!finished && now - reportedAt < PROGRESS_INTERVAL_MS) return;
      reportedAt = now;
      const elapsed = (now - startedAt) / 1000;
      const secondsLeft =
        total !== null && done > 0 && elapsed > 0.5 ? (elapsed * (total - done)) / done : null;
      emit({ name: 'job.progress', payload: { ...name, step: text, done, total, secondsLeft } });
    },
    async breathe() {
      await new Promise<void>((resolve) => setImmediate(resolve));
      throwIfCancelled();
    },
  };
}
