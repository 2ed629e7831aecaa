// A panel's forecast as the rows that a run keeps: places x (index, factors, items), and what was refused.
import type { SeriesOutcome } from '../../../../shared/domain/alert/test-words.ts';
import { type CompositeMember, compositeForecast } from '../../../../shared/domain/forecast/composite.ts';
import {
  type PanelForecast,
  type RefusedForecast,
  type SeriesForecast,
  seriesForecast,
} from '../../../../shared/domain/forecast/panel.ts';
import { type ForecastRowStored, packFitted, type RefusalStored } from '../../store/results.ts';
import { partsOf } from '../figures/figures.ts';
import type { ChannelCube, Workspace } from '../workspace/workspace.ts';
import type { ChannelPanel } from './forecast-panel.ts';

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

/** What became of a cell of the panel, columns as of the forecast, when its quarter came. */
export interface CellOutcomes {
  /** `[unit * columns + column]`. */
  outcome: readonly SeriesOutcome[];
  /** NaN where it was not tested. */
  chance: Float64Array;
}

/** What a run keeps of a forecast, and of a quarter that has come of its tests. */
export function forecastRows(
  { panel }: ChannelPanel,
  forecast: PanelForecast,
  factors: readonly Factor[],
  judged?: CellOutcomes,
): { rows: ForecastRowStored[]; refusals: RefusalStored[] } {
  const rows: ForecastRowStored[] = [];
  const refusals: RefusalStored[] = [];
  const K = panel.indicators.length;
  panel.units.forEach(({ id: scope }, unit) => {
    const add = (indicator: string, one: SeriesForecast | RefusedForecast, tested: Tested): void => {
      if (one.kind === 'refused') refusals.push({ scope, indicator, reason: one.reason });
      else rows.push({ ...rowOf(scope, indicator, one), ...tested });
    };
    const testOf = (column: number): Tested => {
      const cell = unit * forecast.columns + column;
      const chance = judged?.chance[cell] ?? Number.NaN;
      return { outcome: judged?.outcome[cell] ?? null, chance: Number.isNaN(chance) ? null : chance };
    };
    add('', seriesForecast(forecast, unit, K), testOf(K));
    for (const { code, members } of factors) {
      const asked = members.some(({ column }) => testOf(column).outcome !== 'not-asked');
      const outcome = judged ? (asked ? 'through-items' : 'not-asked') : null;
      add(code, compositeForecast(forecast, unit, members), { outcome, chance: null });
    }
    panel.indicators.forEach(({ code }, column) => {
      add(code, seriesForecast(forecast, unit, column), testOf(column));
    });
  });
  return { rows, refusals };
}

type Tested = Pick<ForecastRowStored, 'outcome' | 'chance'>;

function rowOf(scope: string, indicator: string, one: SeriesForecast): Omit<ForecastRowStored, keyof Tested> {
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
