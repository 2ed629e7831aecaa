import { normalTwoSided } from '../../math/normal.ts';
import type { ForecastPanel, PanelForecast } from '../forecast/panel.ts';
import type { Alert, AlertKind, AlertOptions, WaveScores } from './alert.ts';
import { type Innovations, innovate, innovateUnit, surprises, waveBase, waveShare } from './innovation.ts';

interface Hunt {
  panel: ForecastPanel;
  forecast: PanelForecast;
  wave: WaveScores;
  options: Required<AlertOptions>;
  children: number[][];
  surprise: Float64Array;
  mix: Float64Array;
  innovations: Innovations;
  /** Number of tests in each family: kind and level. */
  families: Map<string, number>;
}

interface Suspect {
  kind: AlertKind;
  unit: number;
  indicator: number;
  innovation: number;
  variance: number;
  p: number;
  adjustedP: number;
}

function kindOf(panel: ForecastPanel, unit: number, rest: boolean): AlertKind {
  if (panel.units[unit]!.parent < 0) return rest ? 'indicator' : 'overall';
  return rest ? 'unit-indicator' : 'unit';
}

function familyOf(panel: ForecastPanel, unit: number, rest: boolean): string {
  return `${rest ? 'rest' : 'unit'} ${panel.units[unit]!.level}`;
}

function countFamilies(panel: ForecastPanel, innovations: Innovations): Map<string, number> {
  const K = panel.indicators.length;
  const families = new Map<string, number>();
  const count = (family: string): void => {
    families.set(family, (families.get(family) ?? 0) + 1);
  };
  panel.units.forEach((_, u) => {
    if (!Number.isNaN(innovations.unit[u]!)) count(familyOf(panel, u, false));
    for (let k = 0; k < K; k += 1)
      if (!Number.isNaN(innovations.rest[u * K + k]!)) count(familyOf(panel, u, true));
  });
  return families;
}

/** The largest innovation of each family by |z|, and of those the least probable after correction. */
function mostSuspect(hunt: Hunt): Suspect | undefined {
  const { panel, innovations, families } = hunt;
  const K = panel.indicators.length;
  const { unitVariance, restVariance } = hunt.forecast.components;
  const largest = new Map<string, { unit: number; indicator: number; rank: number }>();
  const look = (
    unit: number,
    indicator: number,
    innovation: number,
    variance: number,
    latent: number,
  ): void => {
    if (Number.isNaN(innovation) || !(variance > 0)) return;
    const degrees = degreesOf(hunt.options.tailDegrees, variance, latent);
    const rank = asNormal(Math.abs(innovation) / Math.sqrt(variance), degrees);
    const family = familyOf(panel, unit, indicator >= 0);
    if (rank > (largest.get(family)?.rank ?? 0)) largest.set(family, { unit, indicator, rank });
  };
  for (let u = 0; u < panel.units.length; u += 1) {
    look(u, -1, innovations.unit[u]!, innovations.unitVariance[u]!, unitVariance[u]!);
    for (let part = u * K; part < (u + 1) * K; part += 1)
      look(u, part - u * K, innovations.rest[part]!, innovations.restVariance[part]!, restVariance[part]!);
  }
  let best: Suspect | undefined;
  for (const [family, { unit, indicator, rank }] of largest) {
    const p = normalTwoSided(rank);
    const adjustedP = Math.min(1, p * families.get(family)! * families.size);
    if (best && best.adjustedP <= adjustedP) continue;
    const part = unit * K + indicator;
    const innovation = indicator < 0 ? innovations.unit[unit]! : innovations.rest[part]!;
    const variance = indicator < 0 ? innovations.unitVariance[unit]! : innovations.restVariance[part]!;
    best = { kind: kindOf(panel, unit, indicator >= 0), unit, indicator, innovation, variance, p, adjustedP };
  }
  return best;
}

/**
 * Degrees of freedom of an innovation: sampling variance is known, only the forecast's own part of the variance was
 * estimated from a short history (Satterthwaite 1946).
 */
function degreesOf(degrees: number, variance: number, latent: number): number {
  return latent > 0 ? degrees * (variance / latent) ** 2 : Number.POSITIVE_INFINITY;
}

/** The normal deviate with nearly the same tail as a t value (Wallace 1959, error below 1 % of the deviate). */
function asNormal(t: number, degrees: number): number {
  if (degrees > 1e6) return t;
  return ((8 * degrees + 1) / (8 * degrees + 3)) * Math.sqrt(degrees * Math.log1p((t * t) / degrees));
}

/** Takes a shift out of the unit's subtree and, by its share, out of the scopes above; redoes the touched parts. */
function explainAway(hunt: Hunt, unit: number, indicator: number, shift: number): void {
  const { panel, wave, surprise } = hunt;
  const K = panel.indicators.length;
  const columns = indicator >= 0 ? [indicator] : Array.from({ length: K }, (_, k) => k);
  const touched = new Set<number>();
  const take = (u: number, part: number): void => {
    for (const k of columns) surprise[u * K + k] = surprise[u * K + k]! - part;
    touched.add(u);
    for (const child of hunt.children[u]!) touched.add(child);
  };
  const below = [unit];
  for (let u = below.pop(); u !== undefined; u = below.pop()) {
    take(u, shift);
    below.push(...hunt.children[u]!);
  }
  let part = shift;
  for (let u = unit; panel.units[u]!.parent >= 0; u = panel.units[u]!.parent) {
    part *= waveShare(panel, wave, u, indicator);
    take(panel.units[u]!.parent, part);
  }
  for (const u of touched)
    innovateUnit(panel, hunt.forecast, wave, surprise, u, hunt.options.minimumBase, hunt.innovations);
}

/** How much of a scope's own shift its part shows: the rest is in its parent and in its other indicators. */
function visibility(hunt: Hunt, suspect: Suspect): number {
  const { panel, wave } = hunt;
  const share = waveShare(panel, wave, suspect.unit, suspect.indicator);
  const weight = suspect.indicator >= 0 ? panel.indicators[suspect.indicator]!.weight : 0;
  return Math.max(0.02, 1 - share) * Math.max(0.02, 1 - weight);
}

/**
 * The shift behind a part's innovation. Dividing by what is visible assumes that nothing else moved; for a unit that is
 * most of its parent that multiplies its siblings' noise, so the shift is never taken to be larger than both the scope's
 * own surprise in the same direction and the innovation itself.
 */
function shiftOf(hunt: Hunt, suspect: Suspect, visible: number): number {
  const { panel, surprise } = hunt;
  const { unit, indicator, innovation } = suspect;
  const K = panel.indicators.length;
  const direction = Math.sign(innovation);
  const own = direction * (indicator >= 0 ? surprise[unit * K + indicator]! : indexSurprise(hunt, unit));
  const most = Math.max(Number.isNaN(own) ? 0 : own, Math.abs(innovation));
  return direction * Math.min(Math.abs(innovation) / visible, most);
}

/** The surprise of a unit's index, over the indicators it was scored on. */
function indexSurprise({ panel, surprise }: Hunt, unit: number): number {
  const K = panel.indicators.length;
  return weightedMean(panel, (k) => surprise[unit * K + k]!);
}

function overallEffect(hunt: Hunt, suspect: Suspect, shift: number): number {
  const { panel, wave } = hunt;
  let effect = shift * (suspect.indicator >= 0 ? panel.indicators[suspect.indicator]!.weight : 1);
  for (let u = suspect.unit; panel.units[u]!.parent >= 0; u = panel.units[u]!.parent)
    effect *= waveShare(panel, wave, u, suspect.indicator);
  return effect;
}

/** The index of a unit in the wave, over the indicators it was scored on. */
function waveIndex(panel: ForecastPanel, wave: WaveScores, unit: number): number {
  return weightedMean(panel, (k) => wave.scores[unit * panel.indicators.length + k]!);
}

/** The mean over the indicators that have a value, by their weights; NaN where none has. */
function weightedMean(panel: ForecastPanel, read: (indicator: number) => number): number {
  let sum = 0;
  let total = 0;
  panel.indicators.forEach(({ weight }, k) => {
    const value = read(k);
    if (Number.isNaN(value)) return;
    sum += weight * value;
    total += weight;
  });
  return total > 0 ? sum / total : Number.NaN;
}

/** What the respondents' shares did to the scope's score this wave. */
function mixOf({ panel, mix }: Hunt, unit: number, indicator: number): number {
  const K = panel.indicators.length;
  if (indicator >= 0) return mix[unit * K + indicator]!;
  return panel.indicators.reduce((sum, { weight }, k) => sum + weight * mix[unit * K + k]!, 0);
}

function describe(hunt: Hunt, suspect: Suspect, shift: number, visible: number): Alert {
  const { panel, forecast, wave } = hunt;
  const K = panel.indicators.length;
  const { unit, indicator } = suspect;
  const cell = unit * forecast.columns + (indicator < 0 ? K : indicator);
  return {
    kind: suspect.kind,
    reach: suspect.kind === 'overall' ? 'diffuse' : 'localised',
    direction: shift > 0 ? 'better' : 'worse',
    target: forecast.target,
    unit,
    unitId: panel.units[unit]!.id,
    indicator,
    shift,
    shiftError: Math.sqrt(suspect.variance) / visible,
    z: suspect.innovation / Math.sqrt(suspect.variance),
    p: suspect.p,
    adjustedP: suspect.adjustedP,
    expected: forecast.point[cell]!,
    actual: indicator < 0 ? waveIndex(panel, wave, unit) : wave.scores[unit * K + indicator]!,
    low95: forecast.low95[cell]!,
    high95: forecast.high95[cell]!,
    mixEffect: mixOf(hunt, unit, indicator),
    base: waveBase(panel, wave, unit, Math.max(0, indicator)),
    overallEffect: overallEffect(hunt, suspect, shift),
  };
}

/**
 * Raises the alerts of one quarter, most certain first. Every part of the panel (see `decompose`) is tested against
 * its forecast; the least probable one after correction for all tests of its family and for the number of families is
 * named, its effect is taken out of every cell it covers and every scope above it, and the search goes on until the
 * budget refuses the next. The n-th alert may use n times the budget, which keeps the expected share of false alerts
 * at the budget. A shift under `minimumShift` is taken out but not reported.
 *
 * Respondents' shares that differ from the expected ones are no surprise: they are taken out first (`mixEffect`).
 * Cells under the smallest base, without forecast or without score are not tested; a wave without scores gives no
 * alerts. Throws when the wave's arrays do not fit the panel.
 * Example: one region 3 points down in all indicators gives one alert of kind `unit` with shift near -3.
 */
export function raiseAlerts(
  panel: ForecastPanel,
  forecast: PanelForecast,
  wave: WaveScores,
  options: AlertOptions = {},
): Alert[] {
  const K = panel.indicators.length;
  if (wave.scores.length !== panel.units.length * K)
    throw new RangeError(`raiseAlerts: scores ${wave.scores.length}`);
  if (wave.bases.length !== panel.units.length && wave.bases.length !== wave.scores.length)
    throw new RangeError(`raiseAlerts: bases ${wave.bases.length}`);
  const chosen = { budget: 0.05, tailDegrees: 60, minimumShift: 1, minimumBase: 8, limit: 20, ...options };
  const children: number[][] = panel.units.map(() => []);
  panel.units.forEach(({ parent }, u) => {
    if (parent >= 0) children[parent]!.push(u);
  });
  const { surprise, mix } = surprises(panel, forecast, wave);
  const innovations = innovate(panel, forecast, wave, surprise, chosen.minimumBase);
  const families = countFamilies(panel, innovations);
  const hunt: Hunt = {
    panel,
    forecast,
    wave,
    options: chosen,
    children,
    surprise,
    mix,
    innovations,
    families,
  };
  const alerts: Alert[] = [];
  for (let found = 1; found <= 2 * chosen.limit && alerts.length < chosen.limit; found += 1) {
    const suspect = mostSuspect(hunt);
    if (!suspect || suspect.adjustedP > chosen.budget * found) break;
    const visible = visibility(hunt, suspect);
    const shift = shiftOf(hunt, suspect, visible);
    if (Math.abs(shift) >= chosen.minimumShift) alerts.push(describe(hunt, suspect, shift, visible));
    explainAway(hunt, suspect.unit, suspect.indicator, shift);
  }
  return alerts;
}
