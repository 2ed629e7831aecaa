import {
  FORECAST_FLAGS,
  type ForecastFlag,
  type PanelForecast,
  type RefusedForecast,
  type SeriesForecast,
  seriesForecast,
} from './panel.ts';

/** An indicator of a composite: its column in the panel forecast, and its weight (need not be normalised). */
export interface CompositeMember {
  column: number;
  weight: number;
}

interface Weighed {
  forecast: SeriesForecast;
  weight: number;
}

/** The curve family that most of the weight is explained by. */
function leading(members: readonly Weighed[]): Pick<SeriesForecast, 'kernel' | 'kernelWeight'> {
  const held = new Map<string, number>();
  for (const { forecast, weight } of members)
    held.set(forecast.kernel.id, (held.get(forecast.kernel.id) ?? 0) + weight * forecast.kernelWeight);
  const [id, kernelWeight] = [...held].reduce((best, one) => (one[1] > best[1] ? one : best));
  return { kernel: members.find(({ forecast }) => forecast.kernel.id === id)!.forecast.kernel, kernelWeight };
}

/** Variances of the composite: of its true mean, and of that with the coming wave's sampling. */
function variancesOf(members: readonly Weighed[], unitVariance: number, halo: number): [number, number] {
  const shared = Math.min(unitVariance, ...members.map(({ forecast }) => forecast.meanSd ** 2));
  let own = 0;
  let together = 0;
  let apart = 0;
  for (const { forecast, weight } of members) {
    own += weight * weight * (forecast.meanSd ** 2 - shared);
    const sampling = Math.max(0, forecast.waveSd ** 2 - forecast.meanSd ** 2);
    together += weight * Math.sqrt(sampling);
    apart += weight * weight * sampling;
  }
  const mean = shared + own;
  return [mean, mean + halo * together ** 2 + (1 - halo) * apart];
}

const onScale = (score: number): number => Math.min(100, Math.max(0, score));

/**
 * The forecast of a weighted mean of indicators (a factor) in one unit, from theirs, so that it always agrees with
 * them. What the unit does as a whole is common to its indicators, the rests of the indicators are taken as
 * independent, answers of a respondent correlate by the panel's halo, and its
 * bands are as many standard deviations wide as those of its members. Members without a forecast are left out and
 * the weights of the others normalised; with none left the first member's reason is given.
 * Throws without members. Example: two members of equal weight at 70 and 80 give 75.
 */
export function compositeForecast(
  f: PanelForecast,
  unit: number,
  members: readonly CompositeMember[],
): SeriesForecast | RefusedForecast {
  if (members.length === 0) throw new RangeError('compositeForecast: no members');
  const all = members.map(({ column, weight }) => ({ forecast: seriesForecast(f, unit, column), weight }));
  const known = all.flatMap(({ forecast, weight }) =>
    forecast.kind === 'forecast' && weight > 0 ? [{ forecast, weight }] : [],
  );
  const total = known.reduce((sum, { weight }) => sum + weight, 0);
  if (known.length === 0) {
    const refused = all.find(({ forecast }) => forecast.kind === 'refused')?.forecast;
    return refused?.kind === 'refused' ? refused : { kind: 'refused', reason: 'no-scores' };
  }
  const weighed = known.map(({ forecast, weight }) => ({ forecast, weight: weight / total }));
  const mean = (value: (forecast: SeriesForecast) => number): number =>
    weighed.reduce((sum, { forecast, weight }) => sum + weight * value(forecast), 0);
  const whole = f.meanSd[unit * f.columns + f.columns - 1]! ** 2;
  const [meanVariance, waveVariance] = variancesOf(weighed, whole, f.components.halo);
  const point = mean((forecast) => forecast.point);
  const sd = Math.sqrt(waveVariance);
  const half80 = sd * mean((forecast) => (forecast.high80 - forecast.low80) / (2 * forecast.waveSd));
  const half95 = sd * mean((forecast) => (forecast.high95 - forecast.low95) / (2 * forecast.waveSd));
  const flags = (Object.keys(FORECAST_FLAGS) as ForecastFlag[]).filter((flag) =>
    weighed.some(({ forecast }) => forecast.flags.includes(flag)),
  );
  return {
    kind: 'forecast',
    target: f.target,
    point,
    low80: onScale(point - half80),
    high80: onScale(point + half80),
    low95: onScale(point - half95),
    high95: onScale(point + half95),
    meanSd: Math.sqrt(meanVariance),
    waveSd: sd,
    ...leading(weighed),
    historyLength: Math.min(...weighed.map(({ forecast }) => forecast.historyLength)),
    flags,
    fitted: weighed[0]!.forecast.fitted.map(({ quarter }, i) => ({
      quarter,
      value: mean((forecast) => forecast.fitted[i]!.value),
    })),
  };
}
