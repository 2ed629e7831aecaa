/** One render thread with its repairs: a thread that dies or hangs costs one dealer and is replaced. */
import { rmSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import type { RenderAnswer, RenderTask } from './report-worker.ts';

export interface RenderLane {
  readonly id: number;
  /** Never rejects for a dealer's sake; throws when threads keep dying before they made anything. */
  render: (task: RenderTask) => Promise<RenderAnswer>;
  close: () => Promise<void>;
}

/** So many threads lost in a row mean that no thread can work here. */
const MAX_LOST = 3;

/** A report needs little; without limits each thread's heap grows to suit the machine. */
const HEAP_LIMITS = { maxOldGenerationSizeMb: 160, maxYoungGenerationSizeMb: 16 };

type Outcome = { kind: 'answer'; answer: RenderAnswer } | { kind: 'lost' | 'hung'; message: string };

function ask(worker: Worker, task: RenderTask, timeoutMs: number): Promise<Outcome> {
  return new Promise((resolve) => {
    const end = (outcome: Outcome) => {
      clearTimeout(timer);
      worker.off('message', onMessage).off('error', onError).off('exit', onExit);
      resolve(outcome);
    };
    const onMessage = (answer: RenderAnswer) => end({ kind: 'answer', answer });
    const onError = (error: Error) => end({ kind: 'lost', message: error.message });
    const onExit = (code: number) => end({ kind: 'lost', message: `the render thread ended (${code})` });
    const timer = setTimeout(() => end({ kind: 'hung', message: `no answer in ${timeoutMs} ms` }), timeoutMs);
    worker.on('message', onMessage).on('error', onError).on('exit', onExit);
    worker.postMessage(task);
  });
}

export function createRenderLane(id: number, resourcesFolder: string, timeoutMs: number): RenderLane {
  let worker: Worker | null = null;
  let lost = 0;
  return {
    id,
    async render(task) {
      worker ??= new Worker(new URL('./report-worker.ts', import.meta.url), {
        workerData: { resourcesFolder },
        resourceLimits: HEAP_LIMITS,
      });
      const outcome = await ask(worker, task, timeoutMs);
      if (outcome.kind === 'answer') {
        lost = 0;
        return outcome.answer;
      }
      worker.on('error', () => {});
      await worker.terminate();
      worker = null;
      for (const { temporary } of task.files) rmSync(temporary, { force: true });
      if (++lost >= MAX_LOST) throw new Error(`createRenderLane: ${outcome.message}`);
      const code = outcome.kind === 'hung' ? 'worker-hung' : 'worker-lost';
      return { made: [], failure: { code, message: outcome.message } };
    },
    async close() {
      await worker?.terminate();
      worker = null;
    },
  };
}
