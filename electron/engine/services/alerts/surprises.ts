// Figures beside what had been expected of them: the rows that the alert page and the quarter's close are made of.

import type { SurpriseRow } from '../../../../shared/calls/figure.ts';
import type { Quarter } from '../../../../shared/domain/quarter.ts';
import { indicatorName } from '../figures/catalog.ts';
import { findMeasure, shownAt } from '../figures/figures.ts';
import type { StandingForecasts } from '../forecast/standing-forecasts.ts';
import type { ChannelCube, Workspace } from '../workspace/workspace.ts';

/** Reads surprises of one channel and quarter. */
export class SurpriseReader {
  readonly #workspace: Workspace;
  readonly #source: ChannelCube;
  readonly #forecasts: StandingForecasts;
  readonly #quarter: Quarter;

  constructor(workspace: Workspace, source: ChannelCube, forecasts: StandingForecasts, quarter: Quarter) {
    this.#workspace = workspace;
    this.#source = source;
    this.#forecasts = forecasts;
    this.#quarter = quarter;
    forecasts.load(source.channel, quarter);
  }

  /** Null where there is no forecast, no answer, or a base too small to show. */
  row(node: number, indicator: string): SurpriseRow | null {
    const { tree, channel } = this.#source;
    const scope = tree.nodes[node]!;
    const stored = this.#forecasts.row(channel, this.#quarter, scope.id, indicator);
    const expected = this.#forecasts.find(channel, this.#quarter, scope.id, indicator);
    const measure = findMeasure(this.#workspace, this.#source, indicator);
    const score = measure ? shownAt(measure, node, this.#quarter) : null;
    if (!stored || !expected || !score || !(stored.sd > 0)) return null;
    return {
      scope: scope.id,
      level: scope.level,
      name: scope.name,
      indicator,
      indicatorName: indicatorName(this.#workspace, indicator),
      score,
      expected,
      z: (score.score100 - expected.point) / stored.sd,
    };
  }
}
