import { expect, test } from 'vitest';
import { innovate, surprises } from '../../../../shared/domain/alert/innovation.ts';
import { raiseAlerts } from '../../../../shared/domain/alert/raise-alerts.ts';
import {
  degreesOfFamily,
  testedVariance,
  testFamilies,
} from '../../../../shared/domain/alert/test-families.ts';
import { forecastPanel } from '../../../../shared/domain/forecast/forecast-panel.ts';
import { rankOf, withShifts } from '../../../bench/alerts-plants.ts';
import { simulatePanel } from '../../../bench/simulate-panel.ts';

const SHAPE = { dealers: 90, indicators: 4 };
const SEEDS = Array.from({ length: 20 }, (_, i) => 301 + i);
const panels = SEEDS.map((seed) => {
  const simulated = simulatePanel({ ...SHAPE, seed });
  return { ...simulated, forecast: forecastPanel(simulated.panel) };
});

test('the budget is divided among the families that can be tested, most of it to the first rung', () => {
  const { panel, wave, forecast } = panels[0]!;
  const { surprise } = surprises(panel, forecast, wave);
  const innovations = innovate(panel, forecast, wave, surprise, 8);
  const families = testFamilies(panel, innovations);
  expect(families.all.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 12);
  expect(families.all).toHaveLength(8);
  expect(families.ofUnit[1]!.tests).toBe(6);
  expect(families.ofRest[0]!.tests).toBe(4);
  expect(Math.max(...families.all.map(({ share }) => share))).toBe(families.ofUnit[1]!.share);
  innovations.unit.fill(Number.NaN, 1);
  const fewer = testFamilies(panel, innovations);
  expect(fewer.all).toHaveLength(5);
  expect(fewer.ofUnit[1]).toBeUndefined();
});

test('small families steady the variance of their members, a lone part keeps its own', () => {
  expect(testedVariance(5, 3, { tests: 1, share: 1, latent: 3 })).toBe(5);
  expect(testedVariance(5, 3, { tests: 6, share: 1, latent: 1 })).toBe(4);
  expect(testedVariance(5, 3, { tests: 3000, share: 1, latent: 1 })).toBeCloseTo(4.99, 12);
});

test('over quiet panels alarms are about as rare as the budget says, and a change of mix adds none', () => {
  const alarms = panels.filter(({ panel, forecast, wave }) => raiseAlerts(panel, forecast, wave).length > 0);
  expect(alarms.length).toBeLessThanOrEqual(3);
  const mixed = panels.filter(({ panel, forecast }, i) => {
    const { wave } = simulatePanel({ ...SHAPE, seed: SEEDS[i]!, mixFactor: 3 });
    return raiseAlerts(panel, forecast, wave).length > 0;
  });
  expect(mixed.length).toBeLessThanOrEqual(3);
});

test('a region that falls by 3 points is nearly always named first', () => {
  const shift = { unit: 3, indicator: -1, points: -3 };
  const first = panels.filter(
    ({ panel, forecast, wave }) =>
      rankOf(raiseAlerts(panel, forecast, withShifts(panel, wave, [shift])), shift) === 0,
  );
  expect(first.length).toBeGreaterThanOrEqual(16);
});

test('a family tells more of a variance the more siblings it has, up to a dozen', () => {
  const degrees = [1, 6, 8, 13, 240, 600].map((tests) => degreesOfFamily({ tests }));
  expect(degrees).toEqual([12, 27, 33, 48, 48, 48]);
});
