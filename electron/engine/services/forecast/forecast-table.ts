// The standing forecasts of a quarter as a table, and what they leave out.
import type { ForecastRow, RefusalView } from '../../../../shared/calls/forecast.ts';
import type { CallArguments } from '../../../../shared/contract.ts';
import { REFUSAL_WORDS } from '../../../../shared/domain/forecast/refusal.ts';
import type { Quarter } from '../../../../shared/domain/quarter.ts';
import type { Context } from '../../context.ts';
import { listRefusals } from '../../store/results.ts';
import { indicatorName } from '../figures/catalog.ts';
import { findMeasure, shownAt } from '../figures/figures.ts';
import type { ChannelCube } from '../workspace/workspace.ts';
import { forecastCodes } from './forecast-rows.ts';
import { StandingForecasts } from './standing-forecasts.ts';

/** The stored forecasts of a quarter beside what was measured, filtered. */
export function forecastTable(context: Context, input: CallArguments<'forecast.table'>): ForecastRow[] {
  const workspace = context.workspace();
  const forecasts = new StandingForecasts(workspace, input.scheme);
  const channels = input.channel ? [input.channel] : workspace.channels();
  return channels.flatMap((channel) => {
    const source = workspace.cube(input.scheme, channel);
    const quarter = input.quarter ?? nextQuarter(source);
    forecasts.load(channel, quarter);
    const codes = input.indicator === undefined ? forecastCodes(workspace, source) : [input.indicator];
    return source.tree.nodes.flatMap((scope, node) => {
      if (input.level && scope.level !== input.level) return [];
      return codes.flatMap((code) => {
        const view = forecasts.find(channel, quarter, scope.id, code);
        const measure = view && findMeasure(workspace, source, code);
        if (!view || !measure) return [];
        const actual = shownAt(measure, node, quarter);
        return [
          {
            ...view,
            channel,
            scope: scope.id,
            scopeName: scope.name,
            indicator: code,
            indicatorName: indicatorName(workspace, code),
            actual,
          },
        ];
      });
    });
  });
}

/** The series of a quarter that have no forecast, with their reasons, filtered as the table is. */
export function forecastRefusals(context: Context, input: CallArguments<'forecast.refusals'>): RefusalView[] {
  const workspace = context.workspace();
  const forecasts = new StandingForecasts(workspace, input.scheme);
  const channels = input.channel ? [input.channel] : workspace.channels();
  return channels.flatMap((channel) => {
    const source = workspace.cube(input.scheme, channel);
    const run = forecasts.run(channel, input.quarter ?? nextQuarter(source));
    if (!run) return [];
    const { nodes, byId } = source.tree;
    return listRefusals(workspace.reader, run.id, input.indicator).flatMap(({ scope, indicator, reason }) => {
      const node = nodes[byId.get(scope) ?? -1];
      if (!node || (input.level && node.level !== input.level)) return [];
      return [
        {
          channel,
          scope,
          scopeName: node.name,
          indicator,
          indicatorName: indicatorName(workspace, indicator),
          reason,
          words: REFUSAL_WORDS[reason],
        },
      ];
    });
  });
}

function nextQuarter({ cube }: ChannelCube): Quarter {
  return cube.quarters.at(-1)! + 1;
}
