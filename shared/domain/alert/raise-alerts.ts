import { normalTwoSided } from '../../math/normal.ts';
import type { ForecastPanel, PanelForecast } from '../forecast/panel.ts';
import { DEFAULT_TIERS } from '../precision.ts';
import { type Alert, type AlertKind, type AlertOptions, QUARTER_BUDGET, type WaveScores } from './alert.ts';
import { type Innovations, innovate, innovateUnit, surprises, waveBase, waveShare } from './innovation.ts';
import { type Filter, type Fit, filterOf, fitShift } from './matched-filter.ts';
import { degreesOfFamily, type TestFamilies, type TestFamily, testFamilies } from './test-families.ts';
import { type TestOutcome, untestedReasons } from './tested-cells.ts';

const DEFAULTS: Required<AlertOptions> = {
  budget: QUARTER_BUDGET.sudden,
  minimumShift: 0.5,
  minimumBase: DEFAULT_TIERS.fullFrom,
  limit: 20,
};

interface Hunt {
  panel: ForecastPanel;
  forecast: PanelForecast;
  wave: WaveScores;
  options: Required<AlertOptions>;
  children: number[][];
  surprise: Float64Array;
  mix: Float64Array;
  innovations: Innovations;
  families: TestFamilies;
  filter: Filter;
}

interface Suspect {
  kind: AlertKind;
  unit: number;
  indicator: number;
  fit: Fit;
  p: number;
  adjustedP: number;
}

function kindOf(panel: ForecastPanel, unit: number, rest: boolean): AlertKind {
  if (panel.units[unit]!.parent < 0) return rest ? 'indicator' : 'overall';
  return rest ? 'unit-indicator' : 'unit';
}

/** Visits every explanation that can be tested, as the innovations stand. */
function eachSuspect(hunt: Hunt, visit: (suspect: Suspect) => void): void {
  const { panel, innovations, families, filter } = hunt;
  const K = panel.indicators.length;
  const look = (family: TestFamily, unit: number, indicator: number, known: number, whole: number): void => {
    const fit = fitShift(filter, unit, indicator);
    if (!fit) return;
    const p = tailOf(Math.abs(fit.z), degreesOf(family, whole, known));
    const adjustedP = (p * family.tests) / family.share;
    visit({ kind: kindOf(panel, unit, indicator >= 0), unit, indicator, fit, p, adjustedP });
  };
  for (let u = 0; u < panel.units.length; u += 1) {
    const own = families.ofUnit[u];
    const sampled = innovations.unitVariance[u]! - innovations.unitLatent[u]!;
    if (own && !Number.isNaN(innovations.unit[u]!)) look(own, u, -1, sampled, filter.unitVariance[u]!);
    const rest = families.ofRest[u];
    for (let k = 0; k < K && rest; k += 1) {
      const part = u * K + k;
      if (Number.isNaN(innovations.rest[part]!)) continue;
      const known = innovations.restVariance[part]! - innovations.restLatent[part]!;
      look(rest, u, k, known, filter.restVariance[part]!);
    }
  }
}

/** The explanation that is least probable for its family's part of the budget. */
function mostSuspect(hunt: Hunt): Suspect | undefined {
  let best: Suspect | undefined;
  eachSuspect(hunt, (one) => {
    if (!best || one.adjustedP < best.adjustedP) best = one;
  });
  return best;
}

/**
 * Degrees of freedom of a part's test: the `known` sampling variance is exact, only the forecast's own part of the
 * variance was estimated (Satterthwaite 1946), with as many degrees as the family gives.
 */
function degreesOf(family: TestFamily, variance: number, known: number): number {
  const estimated = variance - known;
  return estimated > 0 ? degreesOfFamily(family) * (variance / estimated) ** 2 : Number.POSITIVE_INFINITY;
}

/** Two-sided tail of a t value through the normal deviate with nearly the same tail (Wallace 1959, error below 1 %). */
function tailOf(t: number, degrees: number): number {
  if (degrees > 1e6) return normalTwoSided(t);
  const scale = (8 * degrees + 1) / (8 * degrees + 3);
  return normalTwoSided(scale * Math.sqrt(degrees * Math.log1p((t * t) / degrees)));
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

/**
 * The shift behind an explanation. Where a unit is most of its parent its siblings' noise counts double, so the shift is
 * never taken to be larger than both the scope's own surprise in the same direction and its part's innovation.
 */
function shiftOf(hunt: Hunt, { unit, indicator, fit }: Suspect): number {
  const { panel, surprise, innovations } = hunt;
  const K = panel.indicators.length;
  const direction = Math.sign(fit.shift);
  const [own, part] =
    indicator < 0
      ? [weightedMean(panel, (k) => surprise[unit * K + k]!), innovations.unit[unit]!]
      : [surprise[unit * K + indicator]!, innovations.rest[unit * K + indicator]!];
  const most = Math.max(direction * own || 0, direction * part || 0);
  return direction * Math.min(Math.abs(fit.shift), most);
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

function describe(hunt: Hunt, suspect: Suspect, shift: number, rank: number): Alert {
  const { panel, forecast, wave } = hunt;
  const K = panel.indicators.length;
  const { unit, indicator } = suspect;
  const { shiftError, z } = suspect.fit;
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
    shiftError,
    z,
    p: suspect.p,
    adjustedP: Math.min(1, suspect.adjustedP / rank),
    expected: forecast.point[cell]!,
    actual: indicator < 0 ? waveIndex(panel, wave, unit) : wave.scores[unit * K + indicator]!,
    low95: forecast.low95[cell]!,
    high95: forecast.high95[cell]!,
    mixEffect: mixOf(hunt, unit, indicator),
    base: waveBase(panel, wave, unit, Math.max(0, indicator)),
    overallEffect: overallEffect(hunt, suspect, shift),
  };
}

/** A quarter judged: its alerts, and of every unit x (indicators, then the index as column K) what became of it. */
export interface WaveJudgement {
  alerts: Alert[];
  /** `[u * (K + 1) + k]`. */
  outcome: TestOutcome[];
  /**
   * Chance of as large a surprise anywhere in a quiet quarter, corrected for all tests, with what the alerts explain taken
   * out; an alert stands for one within `budget`. NaN where nothing was tested.
   */
  chance: Float64Array;
}

function startHunt(
  panel: ForecastPanel,
  forecast: PanelForecast,
  wave: WaveScores,
  options: AlertOptions,
): Hunt {
  const K = panel.indicators.length;
  if (wave.scores.length !== panel.units.length * K)
    throw new RangeError(`raiseAlerts: scores ${wave.scores.length}`);
  if (wave.bases.length !== panel.units.length && wave.bases.length !== wave.scores.length)
    throw new RangeError(`raiseAlerts: bases ${wave.bases.length}`);
  const chosen = { ...DEFAULTS, ...options };
  const children: number[][] = panel.units.map(() => []);
  panel.units.forEach(({ parent }, u) => {
    if (parent >= 0) children[parent]!.push(u);
  });
  const { surprise, mix } = surprises(panel, forecast, wave);
  const innovations = innovate(panel, forecast, wave, surprise, chosen.minimumBase);
  const families = testFamilies(panel, innovations);
  const filter = filterOf(panel, wave, innovations, families);
  return {
    panel,
    forecast,
    wave,
    options: chosen,
    children,
    surprise,
    mix,
    innovations,
    families,
    filter,
  };
}

/**
 * Judges one quarter. Every scope and every indicator of a scope is a possible explanation, fitted to all parts of the
 * panel that it would move (see `decompose`, `fitShift`); the least probable one after correction for the tests of its
 * family and its part of the budget is named, its effect is taken out of every cell it covers and every scope above it,
 * and the search goes on until the budget refuses the next. The n-th alert may use n times the budget, which keeps the
 * expected share of false alerts at the budget (Benjamini & Hochberg 1995). A shift under `minimumShift` is taken out but
 * not reported, and gives nobody else more to spend.
 *
 * Respondents' shares that differ from the expected ones are no surprise: they are taken out first (`mixEffect`).
 * Cells under the smallest base, without forecast, without score or new in the quarter are not tested, and say why; a
 * wave without scores gives no alerts. Throws when the wave's arrays do not fit the panel.
 * Example: one region 3 points down in all indicators gives one alert of kind `unit` with shift near -3.
 */
export function judgeWave(
  panel: ForecastPanel,
  forecast: PanelForecast,
  wave: WaveScores,
  options: AlertOptions = {},
): WaveJudgement {
  const hunt = startHunt(panel, forecast, wave, options);
  const { budget, limit, minimumShift, minimumBase } = hunt.options;
  const K = panel.indicators.length;
  const cellOf = ({ unit, indicator }: { unit: number; indicator: number }): number =>
    unit * (K + 1) + (indicator < 0 ? K : indicator);
  const outcome = untestedReasons({ ...hunt, minimumBase }).map((reason): TestOutcome => reason ?? 'quiet');
  const alerts: Alert[] = [];
  const named = new Map<number, number>();
  for (let found = 1; found <= 2 * limit && alerts.length < limit; found += 1) {
    const suspect = mostSuspect(hunt);
    const rank = alerts.length + 1;
    if (!suspect || suspect.adjustedP > budget * rank) break;
    const shift = shiftOf(hunt, suspect);
    const matters = Math.abs(shift) >= minimumShift;
    const alert = describe(hunt, suspect, shift, rank);
    if (matters) alerts.push(alert);
    const cell = cellOf(suspect);
    if (outcome[cell] !== 'alert') outcome[cell] = matters ? 'alert' : 'small-shift';
    named.set(cell, Math.min(named.get(cell) ?? 1, alert.adjustedP));
    explainAway(hunt, suspect.unit, suspect.indicator, shift);
  }
  const chance = new Float64Array(outcome.length).fill(Number.NaN);
  eachSuspect(hunt, (one) => {
    chance[cellOf(one)] = Math.min(1, one.adjustedP);
  });
  for (const [cell, p] of named) chance[cell] = p;
  return { alerts, outcome, chance };
}

/** The alerts of one quarter, most certain first, [] where nothing is beyond chance; `judgeWave` says what else was tested and throws the same. */
export function raiseAlerts(
  panel: ForecastPanel,
  forecast: PanelForecast,
  wave: WaveScores,
  options: AlertOptions = {},
): Alert[] {
  return judgeWave(panel, forecast, wave, options).alerts;
}
