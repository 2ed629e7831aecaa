// Panels to forecasts on worker threads: as many as cores, cancelled by ending them.
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { PanelForecast } from '../../../../shared/domain/forecast/panel.ts';
import { AppError } from '../../../../shared/errors.ts';
import type { ForecastTask } from './forecast-worker.ts';

type Answer =
  | { kind: 'progress'; id: number; done: number; total: number }
  | { kind: 'done'; id: number; forecast: PanelForecast }
  | { kind: 'failed'; id: number; message: string };

/** Runs tasks in order of arrival; `make` builds a task's panel only when a thread is free for it. */
export async function forecastAll<T>(
  tasks: readonly T[],
  make: (task: T, id: number) => ForecastTask,
  receive: (task: T, forecast: PanelForecast) => void | Promise<void>,
  options: { signal: AbortSignal; onProgress: (share: number) => void; threads?: number },
): Promise<void> {
  const threads = Math.max(1, Math.min(options.threads ?? availableParallelism(), tasks.length));
  const shares = new Float64Array(tasks.length);
  let next = 0;
  const workers: Worker[] = [];
  const drive = async () => {
    if (next >= tasks.length) return;
    const worker = new Worker(new URL('./forecast-worker.ts', import.meta.url));
    workers.push(worker);
    while (next < tasks.length) {
      const id = next++;
      const forecast = await ask(worker, make(tasks[id]!, id), (share) => {
        shares[id] = share;
        options.onProgress(shares.reduce((sum, one) => sum + one, 0));
      });
      await receive(tasks[id]!, forecast);
    }
  };
  const stop = () => {
    for (const worker of workers) void worker.terminate();
  };
  options.signal.addEventListener('abort', stop, { once: true });
  try {
    await Promise.all(Array.from({ length: threads }, drive));
  } catch (error) {
    if (options.signal.aborted) throw new AppError('job-cancelled');
    throw error;
  } finally {
    options.signal.removeEventListener('abort', stop);
    stop();
  }
}

function ask(worker: Worker, task: ForecastTask, onShare: (share: number) => void): Promise<PanelForecast> {
  return new Promise((resolve, reject) => {
    const end = (settle: () => void) => {
      worker.off('message', onMessage).off('error', onError).off('exit', onExit);
      settle();
    };
    const onMessage = (answer: Answer) => {
      if (answer.kind === 'progress') onShare(answer.done / answer.total);
      else if (answer.kind === 'done') end(() => resolve(answer.forecast));
      else end(() => reject(new Error(answer.message)));
    };
    const onError = (error: Error) => end(() => reject(error));
    const onExit = (code: number) => end(() => reject(new Error(`the forecast thread ended (${code})`)));
    worker.on('message', onMessage).on('error', onError).on('exit', onExit);
    worker.postMessage(task, [
      task.panel.scores.buffer as ArrayBuffer,
      task.panel.bases.buffer as ArrayBuffer,
    ]);
  });
}
