// A satisfaction panel with known truth: overall > region > province > dealer, scores of survey means, one wave to come.

import type { WaveScores } from '../../shared/domain/alert/alert.ts';
import type { ForecastPanel, PanelUnit } from '../../shared/domain/forecast/panel.ts';
import { type Random, seededRandom } from '../../shared/math/random.ts';

/** A shift of the true scores in the wave to come: unit 0 is the whole, indicator -1 all of them. */
export interface PlantedShift {
  unit: number;
  indicator: number;
  points: number;
}

export interface SimulationSettings {
  seed: number;
  regions?: number;
  provinces?: number;
  cities?: number;
  dealers?: number;
  indicators?: number;
  quarters?: number;
  shifts?: readonly PlantedShift[];
  /** Share of dealer scores that are missing. */
  missing?: number;
  /** Size of the true movements and of the season against the usual ones. Default 1. */
  liveliness?: number;
  /** Correlation of a true movement with the next quarter's. Default .5. */
  memory?: number;
  /** Dealers of region 1 get this many times their respondents in the wave to come: a change of mix alone. */
  mixFactor?: number;
  /** Another wave to come after the same history for every number; without one the wave goes on from the history. */
  future?: number;
}

export interface SimulatedPanel {
  panel: ForecastPanel;
  wave: WaveScores;
  /** The true means behind the wave, `[u * K + k]`. */
  truth: Float64Array;
}

/** Standard deviation of a respondent's answer, and the correlation of two answers of one respondent. */
export const SAMPLING = { sd: 15, halo: 0.5 };
const { sd: SD, halo: HALO } = SAMPLING;
export const SEASON_SD = 0.6;
/** Of every level: spread of the units' lasting levels, their movement, and the spread of their indicators' levels. */
export const LEVEL_MODEL: Record<string, { spread: number; moving: number; restSpread: number }> = {
  overall: { spread: 0, moving: 0.7, restSpread: 5 },
  region: { spread: 1.5, moving: 0.4, restSpread: 0.75 },
  province: { spread: 1.5, moving: 0.5, restSpread: 0.75 },
  city: { spread: 1.5, moving: 0.5, restSpread: 0.75 },
  dealer: { spread: 3, moving: 1, restSpread: 1.5 },
};
const FIRST_QUARTER = 2023 * 4;

function tree(s: Required<Omit<SimulationSettings, 'shifts' | 'future'>>): PanelUnit[] {
  const units: PanelUnit[] = [{ id: 'overall', level: 'overall', parent: -1 }];
  const grow = (level: string, count: number, parents: number[]): number[] => {
    const made: number[] = [];
    for (let i = 0; i < count; i += 1) {
      made.push(units.length);
      units.push({ id: `${level}:${i}`, level, parent: parents[Math.floor((i * parents.length) / count)]! });
    }
    return made;
  };
  const regions = grow('region', s.regions, [0]);
  const provinces = grow('province', s.provinces, regions);
  if (s.cities === 0) {
    grow('dealer', s.dealers, provinces);
    return units;
  }
  const cities = grow('city', s.cities, provinces);
  homesOf(units, provinces, cities, s.dealers).forEach((parent, i) => {
    units.push({ id: `dealer:${i}`, level: 'dealer', parent });
  });
  return units;
}

/** The city of every dealer: one in each city, the others in the first cities of their province, 1 / rank each. */
function homesOf(
  units: readonly PanelUnit[],
  provinces: readonly number[],
  cities: readonly number[],
  dealers: number,
): number[] {
  const inProvince = provinces.map((p) => cities.filter((c) => units[c]!.parent === p));
  const held = new Map(cities.map((city) => [city, 1]));
  for (let i = cities.length; i < dealers; i += 1) {
    const own = inProvince[i % provinces.length]!;
    const wanting = own.map((city, rank) => 1 / (rank + 1) / held.get(city)!);
    const city = own[wanting.indexOf(Math.max(...wanting))]!;
    held.set(city, held.get(city)! + 1);
  }
  return cities.flatMap((city) => new Array<number>(held.get(city)!).fill(city));
}

/** Simulates a panel and its next wave; the same settings give the same numbers. */
export function simulatePanel(settings: SimulationSettings): SimulatedPanel {
  const s = {
    regions: 6,
    provinces: 30,
    cities: 0,
    dealers: 600,
    indicators: 8,
    quarters: 12,
    missing: 0,
    mixFactor: 1,
    liveliness: 1,
    memory: 0.5,
    ...settings,
  };
  const past = seededRandom(s.seed);
  const draws = { past, next: s.future === undefined ? past : seededRandom(s.seed * 1000 + s.future) };
  const units = tree(s);
  const K = s.indicators;
  const T = s.quarters;
  const span = T + 1;
  const truth = trueMeans(units, K, span, draws, s, settings.shifts ?? []);
  const dealers = units.map((_, u) => u).filter((u) => units[u]!.level === 'dealer');
  const scores = new Float64Array(units.length * K * span).fill(Number.NaN);
  const bases = new Float64Array(units.length * K * span);
  for (const u of dealers) {
    const typical = 15 * (200 / 15) ** past.uniform();
    const inMixRegion = ancestors(units, u).some((q) => units[q]!.id === 'region:1');
    for (let t = 0; t < span; t += 1) {
      const random = t === T ? draws.next : past;
      const grown = t === T && inMixRegion ? s.mixFactor : 1;
      const base = Math.max(5, Math.round(grown * typical * (0.8 + 0.4 * random.uniform())));
      const common = random.normal();
      for (let k = 0; k < K; k += 1) {
        const i = (u * K + k) * span + t;
        const error = Math.sqrt(HALO) * common + Math.sqrt(1 - HALO) * random.normal();
        if (random.uniform() < s.missing) continue;
        scores[i] = Math.min(100, Math.max(0, truth[i]! + (SD / Math.sqrt(base)) * error));
        bases[i] = base;
      }
    }
  }
  const trueRoll = rollUp(units, K, span, truth.slice(), bases.slice());
  rollUp(units, K, span, scores, bases);
  return cut(units, K, span, scores, bases, trueRoll);
}

function ancestors(units: readonly PanelUnit[], u: number): number[] {
  const path: number[] = [];
  for (let q = units[u]!.parent; q >= 0; q = units[q]!.parent) path.push(q);
  return path;
}

/** Where the chances of the history and those of the wave to come are drawn from. */
interface Draws {
  past: Random;
  next: Random;
}

/** Levels, slow autoregressive movement, season and a common shock on every rung; shifts in the last quarter. */
function trueMeans(
  units: readonly PanelUnit[],
  K: number,
  span: number,
  draws: Draws,
  { liveliness, memory }: { liveliness: number; memory: number },
  shifts: readonly PlantedShift[],
): Float64Array {
  const out = new Float64Array(units.length * K * span);
  const season = Array.from({ length: 4 }, () => draws.past.normal() * SEASON_SD * liveliness);
  units.forEach(({ level, parent }, u) => {
    const { spread, moving, restSpread } = LEVEL_MODEL[level]!;
    const own = walk(span, spread, moving * liveliness, memory, draws);
    for (let k = 0; k < K; k += 1) {
      const rest = walk(span, restSpread, (moving * liveliness) / 2, memory, draws);
      for (let t = 0; t < span; t += 1) {
        const above = parent < 0 ? 78 + season[t % 4]! : out[(parent * K + k) * span + t]!;
        const planted = shifts
          .filter((one) => t === span - 1 && one.unit === u && (one.indicator < 0 || one.indicator === k))
          .reduce((sum, one) => sum + one.points, 0);
        out[(u * K + k) * span + t] = above + own[t]! + rest[t]! + planted;
      }
    }
  });
  return out;
}

function walk(span: number, spread: number, moving: number, memory: number, { past, next }: Draws): number[] {
  const level = spread * past.normal();
  let state = moving * past.normal();
  return Array.from({ length: span }, (_, t) => {
    const random = t === span - 1 ? next : past;
    state = memory * state + moving * Math.sqrt(1 - memory * memory) * random.normal();
    return level + state;
  });
}

/** Fills the scopes above the dealers with base-weighted means, in place. */
function rollUp(
  units: readonly PanelUnit[],
  K: number,
  span: number,
  scores: Float64Array,
  bases: Float64Array,
): Float64Array {
  const width = K * span;
  units.forEach(({ level }, u) => {
    if (level !== 'dealer') scores.fill(0, u * width, (u + 1) * width);
    if (level !== 'dealer') bases.fill(0, u * width, (u + 1) * width);
  });
  units.forEach(({ level }, u) => {
    if (level !== 'dealer') return;
    for (const q of ancestors(units, u))
      for (let i = 0; i < width; i += 1) {
        const n = bases[u * width + i]!;
        if (n === 0) continue;
        scores[q * width + i] = scores[q * width + i]! + n * scores[u * width + i]!;
        bases[q * width + i] = bases[q * width + i]! + n;
      }
  });
  units.forEach(({ level }, u) => {
    if (level === 'dealer') return;
    for (let i = u * width; i < (u + 1) * width; i += 1)
      scores[i] = bases[i]! > 0 ? scores[i]! / bases[i]! : Number.NaN;
  });
  return scores;
}

function cut(
  units: PanelUnit[],
  K: number,
  span: number,
  scores: Float64Array,
  bases: Float64Array,
  trueRoll: Float64Array,
): SimulatedPanel {
  const T = span - 1;
  const rows = units.length * K;
  const past = (source: Float64Array): Float64Array => {
    const out = new Float64Array(rows * T);
    for (let r = 0; r < rows; r += 1) out.set(source.subarray(r * span, r * span + T), r * T);
    return out;
  };
  const last = (source: Float64Array): Float64Array =>
    Float64Array.from({ length: rows }, (_, r) => source[r * span + T]!);
  return {
    panel: {
      units,
      indicators: Array.from({ length: K }, (_, k) => ({ code: `k${k}`, weight: 1 / K, sd: SD })),
      quarters: Array.from({ length: T }, (_, t) => FIRST_QUARTER + t),
      scores: past(scores),
      bases: past(bases),
    },
    wave: { scores: last(scores), bases: last(bases) },
    truth: last(trueRoll),
  };
}
