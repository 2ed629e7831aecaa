// A study of 15 dealers over four years, steady or slowly sinking, imported and forecast quarter by quarter.
import { expect, test } from 'vitest';
import { formatQuarter, quarterOf } from '../../../../shared/domain/quarter.ts';
import { seededRandom } from '../../../../shared/math/random.ts';
import { testSession } from '../../../support/engine-session.ts';
import { DEALERS, scoresMapping, writeScores } from '../../../support/survey-files.ts';

const FIRST = quarterOf(2022, 4);
const QUARTERS = 16;
const SINKS_FROM = 8;

/** Score lines whose dealers all lose so many of 1,000 points a quarter after two years, and at once in the last. */
function lines(loss: number, atOnce: number): string[] {
  const random = seededRandom(3);
  const lost = (t: number) => Math.max(0, t - SINKS_FROM + 1) * loss + (t === QUARTERS - 1 ? atOnce : 0);
  return Array.from({ length: QUARTERS }, (_, t) =>
    DEALERS.map(({ dealer, name, city, region }) => {
      const score = () => Math.round(780 - lost(t) + 30 * (random.uniform() - 0.5));
      return [formatQuarter(FIRST + t), dealer, name, city, region, 60, score(), 150, score(), 60].join(',');
    }),
  ).flat();
}

async function driftsOf(loss: number, atOnce = 0) {
  const session = await testSession();
  const path = writeScores(session.folder, 'scores.csv', lines(loss, atOnce));
  await session.call('import.commit', { path, mapping: scoresMapping() });
  const { schemes } = await session.call('catalog.get', {});
  const scheme = schemes.find((one) => one.regions > 0)!.id;
  await session.call('forecast.run', { scheme, quarters: 'all' });
  const alerts = await session.call('alerts.list', { scheme });
  return { session, scheme, alerts, drifts: alerts.filter((alert) => alert.kind === 'drift') };
}

test('a slow decline that no quarter shows alone raises an alert of the whole', async () => {
  const { session, scheme, drifts } = await driftsOf(8);
  expect(drifts.length).toBeGreaterThan(0);
  for (const alert of drifts) {
    expect(alert).toMatchObject({ scope: 'overall', direction: 'below', split: null, effects: [] });
    expect(alert.quarter).toBeGreaterThanOrEqual(FIRST + SINKS_FROM);
    expect(alert.shift100).toBeLessThan(0);
    expect(alert.p).toBeLessThan(0.1);
    const series = await session.call('forecast.series', {
      scheme,
      channel: 'third-party',
      indicator: alert.indicator,
    });
    const point = series.drift.find((one) => one.quarter === alert.quarter)!;
    expect(point.signal).toBe('falling');
  }
});

test('a steady study raises none', async () => {
  const { drifts } = await driftsOf(0);
  expect(drifts).toEqual([]);
});

test('a sudden fall is left to the test of its quarter', async () => {
  const { alerts, drifts } = await driftsOf(0, 60);
  expect(alerts.some((alert) => alert.scope === 'overall' && alert.quarter === FIRST + QUARTERS - 1)).toBe(
    true,
  );
  expect(drifts).toEqual([]);
});
