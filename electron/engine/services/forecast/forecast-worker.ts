// A thread that forecasts one panel: the calling path stays free, and a second core is used.
import { parentPort } from 'node:worker_threads';
import { forecastPanel } from '../../../../shared/domain/forecast/forecast-panel.ts';
import type { ForecastPanel } from '../../../../shared/domain/forecast/panel.ts';

/** One panel to forecast. */
export interface ForecastTask {
  id: number;
  panel: ForecastPanel;
  target: number;
  halo: number;
  /** Series that a pool learns from; as many as the forecast takes by itself without it. */
  learnFrom?: number;
}

const port = parentPort!;
port.on('message', (task: ForecastTask) => {
  try {
    const forecast = forecastPanel(task.panel, {
      target: task.target,
      halo: task.halo,
      learnFrom: task.learnFrom,
      onProgress: (done, total) => {
        port.postMessage({ kind: 'progress', id: task.id, done, total });
        return true;
      },
    });
    port.postMessage({ kind: 'done', id: task.id, forecast });
  } catch (error) {
    port.postMessage({
      kind: 'failed',
      id: task.id,
      message: error instanceof Error ? error.message : String(error),
    });
  }
});
