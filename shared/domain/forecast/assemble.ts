import { noiseShares } from './decompose.ts';
import { dictionaryOfPanels, type PanelJob, type PartArrays, type PartForecasts } from './forecast-parts.ts';
import { CURVE_LENGTH } from './forecast-pool.ts';
import type { BandFactors, LevelFactors } from './level-factors.ts';
import {
  FORECAST_FLAGS,
  type ForecastPanel,
  type PanelForecast,
  REFUSAL_REASONS,
  type RefusalReason,
} from './panel.ts';
import { tailQuantile } from './tail-quantile.ts';

/** Adds each unit's parts to its parent's sums, in place: afterwards entries are sums along the path. */
function sumPaths(panel: ForecastPanel, arrays: PartArrays, width: number): PartArrays {
  const sums: PartArrays = {
    ...arrays,
    mean: arrays.mean.slice(),
    variance: arrays.variance.slice(),
    cumulant4: arrays.cumulant4.slice(),
    curve: arrays.curve.slice(),
  };
  panel.units.forEach(({ parent }, u) => {
    if (parent < 0) return;
    for (let k = 0; k < width; k += 1) {
      const own = u * width + k;
      const above = parent * width + k;
      sums.mean[own] = sums.mean[own]! + sums.mean[above]!;
      sums.variance[own] = sums.variance[own]! + sums.variance[above]!;
      sums.cumulant4[own] = sums.cumulant4[own]! + sums.cumulant4[above]!;
      for (let i = 0; i < CURVE_LENGTH; i += 1)
        sums.curve[own * CURVE_LENGTH + i] =
          sums.curve[own * CURVE_LENGTH + i]! + sums.curve[above * CURVE_LENGTH + i]!;
    }
  });
  return sums;
}

function emptyForecast(job: PanelJob, forecasts: PartForecasts, share: Float64Array): PanelForecast {
  const { panel, K } = job;
  const cells = panel.units.length * (K + 1);
  return {
    target: job.target,
    columns: K + 1,
    unitCount: panel.units.length,
    refused: new Uint8Array(cells),
    point: new Float64Array(cells),
    low80: new Float64Array(cells),
    high80: new Float64Array(cells),
    low95: new Float64Array(cells),
    high95: new Float64Array(cells),
    meanSd: new Float64Array(cells),
    waveSd: new Float64Array(cells),
    kernel: new Uint8Array(cells),
    kernelWeight: new Float64Array(cells),
    historyLength: new Uint8Array(cells),
    flags: new Uint8Array(cells),
    fitted: new Float64Array(cells * CURVE_LENGTH),
    fittedFrom: job.target - CURVE_LENGTH,
    fittedLength: CURVE_LENGTH,
    kernels: dictionaryOfPanels().kernels.map(({ id, name }) => ({ id, name })),
    components: {
      unitVariance: forecasts.unit.variance,
      restVariance: forecasts.rest.variance,
      unitHistory: forecasts.unit.history,
      restHistory: forecasts.rest.history,
      share,
      overlapping: job.overlapping,
      halo: job.halo,
    },
  };
}

/** History of every cell: scores in the window, and whether one lies in the last four quarters. */
function historyOf(job: PanelJob, u: number, k: number): { count: number; recent: boolean } {
  const { panel, T, K, target } = job;
  let count = 0;
  let recent = false;
  for (let t = T - 1; t >= 0 && target - panel.quarters[t]! < 24 && count < 16; t -= 1) {
    const seen = k < K ? !Number.isNaN(panel.scores[(u * K + k) * T + t]!) : anyScore(job, u, t);
    if (!seen) continue;
    count += 1;
    if (panel.quarters.at(-1)! - panel.quarters[t]! < 4) recent = true;
  }
  return { count, recent };
}

function anyScore(job: PanelJob, u: number, t: number): boolean {
  for (let k = 0; k < job.K; k += 1)
    if (!Number.isNaN(job.panel.scores[(u * job.K + k) * job.T + t]!)) return true;
  return false;
}

function refusalCode(reason: RefusalReason): number {
  return 1 + REFUSAL_REASONS.indexOf(reason);
}

/** Why a cell cannot be forecast, as a code; 0 when it can. */
function refusalOf(
  job: PanelJob,
  out: PanelForecast,
  u: number,
  k: number,
  own: { count: number; recent: boolean },
): number {
  const { parent } = job.panel.units[u]!;
  if (parent < 0) {
    if (own.count === 0) return refusalCode('no-scores');
    return own.recent ? 0 : refusalCode('no-recent-scores');
  }
  if (out.refused[parent * out.columns + k]! > 0) return refusalCode('no-parent');
  if (own.recent) return 0;
  const open = (job.panel.nextBases?.[u] ?? 0) > 0 || (k < job.K && historyOf(job, u, job.K).recent);
  if (open) return 0;
  return refusalCode(own.count === 0 ? 'no-scores' : 'no-recent-scores');
}

/**
 * Adds the forecast parts up along each unit's path to the cells of `PanelForecast` (unit x indicators, then the index):
 * means, bands widened by `factors`, flags, curve names and refusals. `share` are expected shares of respondents.
 */
export function assemble(
  job: PanelJob,
  forecasts: PartForecasts,
  share: Float64Array,
  factors: LevelFactors,
): PanelForecast {
  const { panel, K } = job;
  const out = emptyForecast(job, forecasts, share);
  const units = sumPaths(panel, forecasts.unit, 1);
  const rests = sumPaths(panel, forecasts.rest, K);
  for (let u = 0; u < panel.units.length; u += 1) {
    for (let k = K; k >= 0; k -= 1) {
      const cell = u * out.columns + k;
      const own = historyOf(job, u, k);
      out.refused[cell] = refusalOf(job, out, u, k, own);
      if (out.refused[cell]! > 0) continue;
      out.historyLength[cell] = own.count;
      const byLevel = k < K ? factors.indicator : factors.index;
      fillCell(
        job,
        out,
        u,
        k,
        units,
        rests,
        forecasts,
        byLevel.get(panel.units[u]!.level) ?? { at80: 1, at95: 1 },
      );
    }
  }
  return out;
}

function samplingVariance(job: PanelJob, u: number, k: number): number {
  const base = job.nextBase[u]!;
  if (job.overlapping || !(base > 0)) return 0;
  const { indicators } = job.panel;
  if (k < job.K) return indicators[k]!.sd ** 2 / base;
  return (
    noiseShares(
      indicators.map((i) => i.sd),
      indicators.map((i) => i.weight),
      job.halo,
    ).unit / base
  );
}

const onScale = (score: number): number => Math.min(100, Math.max(0, score));

function fillCell(
  job: PanelJob,
  out: PanelForecast,
  u: number,
  k: number,
  units: PartArrays,
  rests: PartArrays,
  own: PartForecasts,
  factors: BandFactors,
): void {
  const { K } = job;
  const cell = u * out.columns + k;
  const part = u * K + k;
  const single = k < K;
  const mean = units.mean[u]! + (single ? rests.mean[part]! : 0);
  let variance = units.variance[u]! + (single ? rests.variance[part]! : 0);
  const cumulant4 = units.cumulant4[u]! + (single ? rests.cumulant4[part]! : 0);
  const history = out.historyLength[cell]!;
  if (history > 0 && history < 4) variance *= 1.15 ** 2;
  const wave = variance + samplingVariance(job, u, k);
  const excess = wave > 0 ? cumulant4 / (wave * wave) : 0;
  const half80 = factors.at80 * Math.sqrt(wave) * tailQuantile(80, excess);
  const half95 = Math.max(half80, factors.at95 * Math.sqrt(wave) * tailQuantile(95, excess));
  out.point[cell] = onScale(mean);
  out.low80[cell] = onScale(mean - half80);
  out.high80[cell] = onScale(mean + half80);
  out.low95[cell] = onScale(mean - half95);
  out.high95[cell] = onScale(mean + half95);
  out.meanSd[cell] = Math.sqrt(variance);
  out.waveSd[cell] = Math.sqrt(wave);
  const restNames = single && own.rest.variance[part]! > own.unit.variance[u]!;
  out.kernel[cell] = restNames ? own.rest.kernel[part]! : own.unit.kernel[u]!;
  out.kernelWeight[cell] = restNames ? own.rest.kernelWeight[part]! : own.unit.kernelWeight[u]!;
  out.flags[cell] = flagsOf(job, u, k, history);
  for (let i = 0; i < CURVE_LENGTH; i += 1) {
    const value = units.curve[u * CURVE_LENGTH + i]! + (single ? rests.curve[part * CURVE_LENGTH + i]! : 0);
    out.fitted[cell * CURVE_LENGTH + i] = onScale(value);
  }
}

function flagsOf(job: PanelJob, u: number, k: number, history: number): number {
  const { panel, target } = job;
  let flags = 0;
  if (history === 0) flags |= FORECAST_FLAGS['no-history'];
  else if (history < 4) flags |= FORECAST_FLAGS['short-history'];
  if (job.overlapping) flags |= FORECAST_FLAGS['overlapping-windows'];
  if (!(job.nextBase[u]! > 0)) flags |= FORECAST_FLAGS['base-unknown'];
  const broken = (panel.breaks ?? []).some(
    (b) =>
      (b.indicator < 0 || b.indicator === k || k === job.K) &&
      b.quarter > target - CURVE_LENGTH &&
      b.quarter < target,
  );
  if (broken) flags |= FORECAST_FLAGS.break;
  return flags;
}
