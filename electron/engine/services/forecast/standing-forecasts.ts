// The forecasts that stand for each channel and quarter, read one series at a time.

import type { Basis } from '../../../../shared/calls/call.ts';
import type { ForecastView } from '../../../../shared/calls/figure.ts';
import { kernelName } from '../../../../shared/domain/forecast/method.ts';
import type { Quarter } from '../../../../shared/domain/quarter.ts';
import type { Channel } from '../../../../shared/domain/study-mapping.ts';
import {
  type ForecastRowStored,
  type ForecastRunRow,
  findForecast,
  listForecasts,
  listStandingRuns,
} from '../../store/results.ts';
import { isEverybody } from '../figures/basis-notes.ts';
import type { Workspace } from '../workspace/workspace.ts';

/** One stored forecast as a view. */
export function viewForecast(quarter: Quarter, row: ForecastRowStored): ForecastView {
  return {
    quarter,
    point: row.point,
    low80: row.low80,
    high80: row.high80,
    low95: row.low95,
    high95: row.high95,
    curve: row.curve,
    curveName: kernelName(row.curve),
    history: row.history,
    flags: row.flags === '' ? [] : row.flags.split(' '),
  };
}

/** The standing runs of a scheme by channel and quarter. */
export class StandingForecasts {
  readonly #workspace: Workspace;
  readonly #runs = new Map<string, ForecastRunRow>();
  /** By run, and by run and indicator: what was read at once. */
  readonly #tables = new Map<string, Map<string, ForecastRowStored>>();

  /** On another basis than everybody under the current weights nothing stands. */
  constructor(workspace: Workspace, scheme: number, basis: Basis = {}) {
    this.#workspace = workspace;
    if (!isEverybody(basis)) return;
    for (const run of listStandingRuns(workspace.reader, scheme))
      this.#runs.set(`${run.channel} ${run.targetQuarter}`, run);
  }

  run(channel: Channel, quarter: Quarter): ForecastRunRow | undefined {
    return this.#runs.get(`${channel} ${quarter}`);
  }

  find(channel: Channel, quarter: Quarter, scope: string, indicator: string): ForecastView | null {
    const row = this.row(channel, quarter, scope, indicator);
    return row ? viewForecast(quarter, row) : null;
  }

  row(channel: Channel, quarter: Quarter, scope: string, indicator: string): ForecastRowStored | undefined {
    const run = this.run(channel, quarter);
    if (!run) return undefined;
    const table = this.#tables.get(`${run.id}`) ?? this.#tables.get(`${run.id} ${indicator}`);
    return table
      ? table.get(`${scope}\n${indicator}`)
      : findForecast(this.#workspace.reader, run.id, scope, indicator);
  }

  /** Reads all series of a quarter at once, or those of one indicator, for callers that want most of them. */
  load(channel: Channel, quarter: Quarter, indicator?: string): void {
    const run = this.run(channel, quarter);
    if (!run) return;
    const key = indicator === undefined ? `${run.id}` : `${run.id} ${indicator}`;
    if (this.#tables.has(key)) return;
    const rows = listForecasts(this.#workspace.reader, run.id, indicator);
    this.#tables.set(key, new Map(rows.map((row) => [`${row.scope}\n${row.indicator}`, row])));
  }
}
