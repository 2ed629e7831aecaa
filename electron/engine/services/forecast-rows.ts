// A panel's forecast as the rows that a run keeps: places x (index, factors, items), and what was refused.
import { type CompositeMember, compositeForecast } from '../../../shared/domain/forecast/composite.ts';
import {
  type PanelForecast,
  type RefusedForecast,
  type SeriesForecast,
  seriesForecast,
} from '../../../shared/domain/forecast/panel.ts';
import { type ForecastRowStored, packFitted, type RefusalStored } from '../store/results.ts';
import { partsOf } from './figures.ts';
import type { ChannelPanel } from './forecast-panel.ts';
import type { ChannelCube, Workspace } from './workspace.ts';

/** A factor of a channel with the items it is made of. */
export interface Factor {
  code: string;
  members: CompositeMember[];
}

/** The factors that a channel asked items of, in the order of the indicator tree. */
export function factorsOf(workspace: Workspace, source: ChannelCube): Factor[] {
  return workspace.indicators().rows.flatMap((row) => {
    if (row.role !== 'factor' || source.itemOf.has(row.id)) return [];
    const { items } = partsOf(workspace, source, row.code);
    if (items.length === 0) return [];
    const members = items.map((item) => ({ column: item, weight: source.cube.items[item]!.weight }));
    return [{ code: row.code, members }];
  });
}

/** Every code a channel is forecast under: '' for the index, the factors, the items. */
export function forecastCodes(workspace: Workspace, source: ChannelCube): string[] {
  return [
    '',
    ...factorsOf(workspace, source).map(({ code }) => code),
    ...source.cube.items.map(({ code }) => code),
  ];
}

/** What a run keeps of a forecast. */
export function forecastRows(
  { panel }: ChannelPanel,
  forecast: PanelForecast,
  factors: readonly Factor[],
): { rows: ForecastRowStored[]; refusals: RefusalStored[] } {
  const rows: ForecastRowStored[] = [];
  const refusals: RefusalStored[] = [];
  const K = panel.indicators.length;
  panel.units.forEach(({ id: scope }, unit) => {
    const add = (indicator: string, one: SeriesForecast | RefusedForecast): void => {
      if (one.kind === 'refused') refusals.push({ scope, indicator, reason: one.reason });
      else rows.push(rowOf(scope, indicator, one));
    };
    add('', seriesForecast(forecast, unit, K));
    for (const { code, members } of factors) add(code, compositeForecast(forecast, unit, members));
    panel.indicators.forEach(({ code }, column) => {
      add(code, seriesForecast(forecast, unit, column));
    });
  });
  return { rows, refusals };
}

function rowOf(scope: string, indicator: string, one: SeriesForecast): ForecastRowStored {
  return {
    scope,
    indicator,
    point: one.point,
    low80: one.low80,
    high80: one.high80,
    low95: one.low95,
    high95: one.high95,
    sd: one.waveSd,
    curve: one.kernel.id,
    curveWeight: one.kernelWeight,
    history: one.historyLength,
    flags: one.flags.join(' '),
    fitted: packFitted(one.fitted.map(({ value }) => value)),
  };
}
