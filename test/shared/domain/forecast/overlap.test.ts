import { expect, test } from 'vitest';
import { detectOverlap } from '../../../../shared/domain/forecast/overlap.ts';
import type { ForecastPanel } from '../../../../shared/domain/forecast/panel.ts';
import { simulatePanel } from '../../../bench/simulate-panel.ts';

const SHAPE = { regions: 2, provinces: 4, dealers: 60, indicators: 4, quarters: 15, seed: 9 };

/** The panel as a provider that pools the last four quarters would report it. */
function rolled(panel: ForecastPanel, window: number): ForecastPanel {
  const T = panel.quarters.length;
  const width = T - window + 1;
  const roll = (source: Float64Array, total: boolean) => {
    const out = new Float64Array((source.length / T) * width);
    for (let r = 0; r < source.length / T; r += 1)
      for (let t = 0; t < width; t += 1) {
        for (let i = 0; i < window; i += 1)
          out[r * width + t] = out[r * width + t]! + source[r * T + t + i]! / (total ? 1 : window);
      }
    return out;
  };
  return {
    ...panel,
    quarters: panel.quarters.slice(window - 1),
    scores: roll(panel.scores, false),
    bases: roll(panel.bases, true),
  };
}

test('waves of their own are told from 12-month rolling ones', () => {
  const { panel } = simulatePanel(SHAPE);
  const own = detectOverlap(panel);
  expect(own.overlapping).toBe(false);
  expect(own.lags[0]).toBeLessThan(-0.35);
  const rolling = detectOverlap(rolled(panel, 4));
  expect(rolling.overlapping).toBe(true);
  expect(rolling.lags[3]).toBeLessThan(-0.25);
  expect(rolling.varianceRatio).toBeLessThan(0.5);
});

test('a declaration wins over the data, and few data decide nothing', () => {
  const { panel } = simulatePanel(SHAPE);
  expect(detectOverlap({ ...panel, overlappingWindows: true }).overlapping).toBe(true);
  expect(detectOverlap({ ...rolled(panel, 4), overlappingWindows: false }).overlapping).toBe(false);
  expect(
    detectOverlap({
      ...panel,
      quarters: panel.quarters.slice(0, 1),
      scores: panel.scores.slice(0, panel.scores.length / 15),
    }).overlapping,
  ).toBe(false);
});
