import { describe, expect, test } from 'vitest';
import { ForecastCancelled, forecastPanel } from '../../../../shared/domain/forecast/forecast-panel.ts';
import { type ForecastPanel, seriesForecast } from '../../../../shared/domain/forecast/panel.ts';
import { simulatePanel } from '../../../bench/simulate-panel.ts';

const SMALL = { regions: 3, provinces: 6, dealers: 24, indicators: 4, quarters: 8 };
const simulated = simulatePanel({ ...SMALL, seed: 5 });
const forecast = forecastPanel(simulated.panel);

function onePanel(scores: readonly number[], change: Partial<ForecastPanel> = {}): ForecastPanel {
  return {
    units: [{ id: 'overall', level: 'overall', parent: -1 }],
    indicators: [{ code: 'a', weight: 1, sd: 20 }],
    quarters: scores.map((_, i) => 8100 + i),
    scores: Float64Array.from(scores),
    bases: new Float64Array(scores.length).fill(400),
    ...change,
  };
}

test('every cell has ordered bands on the scale and no NaN', () => {
  const { point, low80, high80, low95, high95, refused } = forecast;
  for (let i = 0; i < point.length; i += 1) {
    expect(refused[i]).toBe(0);
    expect(
      low95[i]! <= low80[i]! && low80[i]! <= point[i]! && point[i]! <= high80[i]! && high80[i]! <= high95[i]!,
    ).toBe(true);
    expect(low95[i]! >= 0 && high95[i]! <= 100).toBe(true);
  }
  for (const array of [forecast.fitted, forecast.meanSd, forecast.waveSd, forecast.kernelWeight])
    expect(array.every((value) => Number.isFinite(value))).toBe(true);
});

test('a parent is the mean of its children weighted by their expected shares, to a thousandth of a point', () => {
  const { units } = simulated.panel;
  const { share } = forecast.components;
  for (const [parent] of units.entries())
    for (let k = 0; k < forecast.columns; k += 1) {
      const children = units.flatMap((unit, u) => (unit.parent === parent ? [u] : []));
      if (children.length === 0) continue;
      const mean = children.reduce(
        (sum, u) => sum + share[u]! * forecast.point[u * forecast.columns + k]!,
        0,
      );
      expect(Math.abs(mean - forecast.point[parent * forecast.columns + k]!)).toBeLessThan(1e-3);
    }
});

test('the index is the weighted mean of the indicators', () => {
  for (let u = 0; u < forecast.unitCount; u += 1) {
    let mean = 0;
    for (let k = 0; k < 4; k += 1) mean += forecast.point[u * 5 + k]! / 4;
    expect(mean).toBeCloseTo(forecast.point[u * 5 + 4]!, 3);
  }
});

test('the same panel gives the same numbers', () => {
  expect(forecastPanel(simulated.panel).point).toEqual(forecast.point);
});

test('bands cover the coming scores about as often as they say', { timeout: 300_000 }, () => {
  let count = 0;
  let in80 = 0;
  let in95 = 0;
  for (let seed = 1; seed <= 6; seed += 1) {
    const { panel, wave } = simulatePanel({ ...SMALL, dealers: 40, quarters: 10, seed });
    const f = forecastPanel(panel);
    wave.scores.forEach((score, i) => {
      const cell = Math.floor(i / 4) * 5 + (i % 4);
      count += 1;
      if (score >= f.low80[cell]! && score <= f.high80[cell]!) in80 += 1;
      if (score >= f.low95[cell]! && score <= f.high95[cell]!) in95 += 1;
    });
  }
  expect(Math.abs(in80 / count - 0.8)).toBeLessThan(0.05);
  expect(Math.abs(in95 / count - 0.95)).toBeLessThan(0.03);
});

/** The whole alone, as a lone series at the top of a tree. */
function topOf(panel: ForecastPanel): ForecastPanel {
  const row = panel.indicators.length * panel.quarters.length;
  return {
    ...panel,
    units: panel.units.slice(0, 1),
    scores: panel.scores.slice(0, row),
    bases: panel.bases.slice(0, row),
  };
}

test('the band of the whole holds as often as it says, though few series can teach it', {
  timeout: 300_000,
}, () => {
  const count = 150;
  const held = { at80: 0, at95: 0 };
  for (let seed = 1; seed <= count; seed += 1) {
    const { panel, wave } = simulatePanel({
      ...SMALL,
      dealers: 120,
      quarters: seed % 2 ? 6 : 12,
      seed: 700 + seed,
    });
    const f = forecastPanel(topOf(panel));
    const index = wave.scores.subarray(0, 4).reduce((sum, score) => sum + score / 4, 0);
    if (index >= f.low80[4]! && index <= f.high80[4]!) held.at80 += 1;
    if (index >= f.low95[4]! && index <= f.high95[4]!) held.at95 += 1;
  }
  expect(Math.abs(held.at80 / count - 0.8)).toBeLessThan(0.04);
  expect(Math.abs(held.at95 / count - 0.95)).toBeLessThan(0.03);
});

test('small bases draw a forecast towards its parent and widen its band', () => {
  const { panel } = simulated;
  const small = forecastPanel({ ...panel, nextBases: new Float64Array(panel.units.length).fill(10) });
  const large = forecastPanel({ ...panel, nextBases: new Float64Array(panel.units.length).fill(10_000) });
  expect(small.waveSd[0]!).toBeGreaterThan(large.waveSd[0]!);
});

describe('missing and short data', () => {
  test('scores that are missing here and there leave every cell with a forecast', () => {
    const holes = simulatePanel({ ...SMALL, seed: 6, missing: 0.3 });
    const f = forecastPanel(holes.panel);
    expect(f.point.every((value) => Number.isFinite(value))).toBe(true);
    expect(f.refused.every((code) => code === 0)).toBe(true);
  });

  test('an indicator that is not asked in a quarter does not move the unit', () => {
    const asked = [60, 90];
    const T = 6;
    const scores = new Float64Array(2 * T);
    for (let t = 0; t < T; t += 1) {
      scores[t] = asked[0]!;
      scores[T + t] = t === 3 ? Number.NaN : asked[1]!;
    }
    const panel = onePanel(new Array(T).fill(0), {
      indicators: [
        { code: 'a', weight: 0.5, sd: 20 },
        { code: 'b', weight: 0.5, sd: 20 },
      ],
      scores,
    });
    const f = forecastPanel(panel);
    expect(f.point[0]!).toBeCloseTo(60, 1);
    expect(f.point[1]!).toBeCloseTo(90, 1);
    expect(f.point[2]!).toBeCloseTo(75, 1);
  });

  test('a missing quarter keeps its place in time', () => {
    const season = [70, 80, 75, 85];
    const quarters = Array.from({ length: 16 }, (_, i) => 8100 + i).filter((q) => q !== 8109);
    const panel = onePanel(
      quarters.map((q) => season[q % 4]!),
      { quarters, bases: new Float64Array(15).fill(1e6) },
    );
    expect(Math.abs(forecastPanel(panel, { historyLength: 16 }).point[0]! - season[8116 % 4]!)).toBeLessThan(
      2,
    );
  });

  test('one to three quarters are forecast and flagged, none are refused', () => {
    const short = seriesForecast(forecastPanel(onePanel([70, 72])), 0, 0);
    if (short.kind === 'refused') throw new Error('refused');
    expect(short.flags).toContain('short-history');
    expect(short.point).toBeGreaterThan(69);
    expect(short.point).toBeLessThan(73);
    expect(seriesForecast(forecastPanel(onePanel([])), 0, 0)).toEqual({
      kind: 'refused',
      reason: 'no-scores',
    });
    const gone = onePanel([70, 71, 72, Number.NaN, Number.NaN, Number.NaN, Number.NaN, Number.NaN]);
    expect(seriesForecast(forecastPanel(gone), 0, 0)).toEqual({
      kind: 'refused',
      reason: 'no-recent-scores',
    });
  });

  test('a unit that opens next quarter gets its parent and a wide band; one that closed is refused', () => {
    const { panel } = simulated;
    const T = panel.quarters.length;
    const K = 4;
    const scores = panel.scores.slice();
    const last = panel.units.length - 1;
    scores.fill(Number.NaN, last * K * T, (last + 1) * K * T);
    const closed = seriesForecast(forecastPanel({ ...panel, scores }), last, 0);
    expect(closed).toEqual({ kind: 'refused', reason: 'no-scores' });
    const f = forecastPanel({ ...panel, scores, nextBases: new Float64Array(panel.units.length).fill(50) });
    const opened = seriesForecast(f, last, 0);
    if (opened.kind === 'refused') throw new Error('refused');
    expect(opened.flags).toContain('no-history');
    expect(opened.meanSd).toBeGreaterThan(f.meanSd[(last - 1) * 5]!);
  });
});

test('history before a declared break counts for little', () => {
  const panel = onePanel([50, 51, 50, 49, 50, 51, 70, 71, 70]);
  const naive = forecastPanel({ ...panel, breaks: [{ indicator: -1, quarter: 8106 }] });
  const read = seriesForecast(naive, 0, 0);
  if (read.kind === 'refused') throw new Error('refused');
  expect(read.flags).toContain('break');
  expect(read.point).toBeGreaterThan(68);
  expect(read.point).toBeLessThan(72);
});

test('declared overlapping windows give the naive forecast, but for the shares that are expected', () => {
  const f = forecastPanel({ ...simulated.panel, overlappingWindows: true });
  const T = simulated.panel.quarters.length;
  for (let row = 0; row < 20; row += 1) {
    const cell = Math.floor(row / 4) * 5 + (row % 4);
    expect(Math.abs(f.point[cell]! - simulated.panel.scores[row * T + T - 1]!)).toBeLessThan(0.3);
  }
});

test('a run can be cancelled and reports its progress', () => {
  const seen: number[] = [];
  forecastPanel(simulated.panel, { onProgress: (done, total) => seen.push(done / total) > 0 });
  expect(seen.at(-1)).toBe(1);
  expect(() => forecastPanel(simulated.panel, { onProgress: () => false })).toThrow(ForecastCancelled);
});

test('malformed panels are named', () => {
  expect(() => forecastPanel({ ...simulated.panel, scores: new Float64Array(3) })).toThrow('scores 3');
  expect(() => forecastPanel(simulated.panel, { target: 1 })).toThrow('target 1');
  expect(() => forecastPanel(onePanel([1, 2], { quarters: [5, 5] }))).toThrow('out of order');
});
