import { onlyChildren } from '../forecast/decompose.ts';
import type { ForecastPanel, PanelForecast } from '../forecast/panel.ts';
import type { WaveScores } from './alert.ts';
import { type Innovations, waveBase } from './innovation.ts';

/**
 * Why a score that came takes part in no test. `small-base`: fewer answers than a mark needs. `no-history`: nothing came
 * before. `no-forecast`: the forecast was refused. `break`: the first quarter on another scale. `only-child`: the place
 * is all of the one above, which is tested. `single-item`: the place was scored on one item alone, so its index is
 * tested. `not-asked`: nothing came.
 */
export type UntestedReason =
  | 'not-asked'
  | 'break'
  | 'no-forecast'
  | 'small-base'
  | 'only-child'
  | 'single-item'
  | 'no-history';

/**
 * What became of a score: an alert, tested and within chance, beyond chance but smaller than what matters in practice,
 * or not tested.
 */
export type TestOutcome = 'alert' | 'quiet' | 'small-shift' | UntestedReason;

/** A quarter that came, beside what was expected of it. */
export interface JudgedWave {
  panel: ForecastPanel;
  forecast: PanelForecast;
  wave: WaveScores;
  innovations: Innovations;
  minimumBase: number;
}

/**
 * Tells of every unit x (indicators, then the index as column K), `[u * (K + 1) + k]`, why it takes part in no test;
 * undefined where it does. Example: a dealer with nine answers is `small-base` in every column.
 */
export function untestedReasons(judged: JudgedWave): (UntestedReason | undefined)[] {
  const { panel, wave } = judged;
  const K = panel.indicators.length;
  const alone = onlyChildren(panel);
  const { broken } = judged.innovations;
  return panel.units.flatMap((_, u) => {
    const asked = panel.indicators.flatMap((__, k) => (Number.isNaN(wave.scores[u * K + k]!) ? [] : [k]));
    const baseOf = (k: number): number => waveBase(panel, wave, u, k);
    const mean = asked.reduce((sum, k) => sum + baseOf(k), 0) / asked.length;
    const reasonOf = (k: number): UntestedReason | undefined => {
      const index = k === K;
      if (index ? asked.length === 0 : !asked.includes(k)) return 'not-asked';
      if (index ? asked.some((one) => broken[one]) : broken[k]) return 'break';
      if (judged.forecast.refused[u * (K + 1) + k]! > 0) return 'no-forecast';
      const { innovations, forecast } = judged;
      if (!Number.isNaN(index ? innovations.unit[u]! : innovations.rest[u * K + k]!)) return undefined;
      if ((index ? mean : baseOf(k)) < judged.minimumBase) return 'small-base';
      if (alone[u]) return 'only-child';
      if (!index && asked.length < 2) return 'single-item';
      const { unitHistory, restHistory } = forecast.components;
      return (index ? unitHistory[u] : restHistory[u * K + k]) === 0 ? 'no-history' : 'no-forecast';
    };
    return Array.from({ length: K + 1 }, (__, k) => reasonOf(k));
  });
}
