import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Session, startSession } from '../../../support/engine-session.ts';
import { importResponses } from '../../../support/small-studies.ts';
import { respondents } from '../../../support/survey-files.ts';

let session: Session;
let women: number;
let everybody: number;

beforeAll(async () => {
  session = await startSession();
  const quarters = [2024, 2025].flatMap((year) => [1, 2, 3, 4].map((q) => `${year}Q${q}`));
  const rows = quarters.flatMap((quarter, i) => respondents(quarter, 700, 40 + i));
  await importResponses(session, rows);
  const save = async (name: string, filter: object) =>
    (await session.call('samples.save', { name, filter })).id;
  women = await save('women', { attributes: { sex: ['f'] } });
  everybody = await save('everybody', { channels: ['in-house'] });
});
afterAll(() => session.close());

const place = { scheme: 2, channel: 'in-house', scope: 'overall', indicator: 'A' } as const;

test('a series on a sample is forecast on the spot, from the sample’s own scores', async () => {
  const series = await session.call('forecast.series', { ...place, basis: { sample: women } });
  const view = await session.call('overview.get', { ...place, basis: { sample: women } });
  expect(series.history.at(-1)!.score).toEqual(view.channels[0]!.score);
  const { point, low95, low80, high80, high95 } = series.forecast!;
  const own = series.history.map(({ score }) => score!.score100);
  expect(point).toBeGreaterThan(Math.min(...own) - 5);
  expect(point).toBeLessThan(Math.max(...own) + 5);
  expect([low95, low80, point, high80, high95].toSorted((a, b) => a - b)).toEqual([
    low95,
    low80,
    point,
    high80,
    high95,
  ]);
  expect(series.notes.at(-1)!.en).toContain('made on the spot');
  const again = await session.call('forecast.series', { ...place, basis: { sample: women } });
  expect(again.forecast!.point).toBe(series.forecast!.point);
  expect((await session.call('forecast.series', place)).notes).toEqual([]);
});

test('a plan on a sample starts from the sample’s baseline and stays with it', async () => {
  const plan = { year: 2026, uplift: 1, scheme: 2, channel: 'in-house', areaLevel: 'region' } as const;
  const whole = await session.call('plan.suggest', plan);
  const same = await session.call('plan.suggest', { ...plan, sample: everybody });
  expect(same.baseline).toBeCloseTo(whole.baseline, 9);
  const own = await session.call('plan.save', { ...plan, sample: women, name: 'women' });
  expect(Math.abs(own.baseline - whole.baseline)).toBeGreaterThan(0.01);
  const approved = await session.call('plan.approve', { plan: own.id! });
  expect(approved.input.sample).toBe(women);
  const fault = await session.fault('samples.delete', { id: women });
  expect(fault).toMatchObject({ code: 'sample-in-use' });
  expect(fault.message.en).toContain('the plan "women"');
  const changed = await session.fault('samples.save', { id: women, name: 'women', filter: {} });
  expect(changed.code).toBe('sample-in-use');
  const none = await session.call('samples.save', { name: 'none', filter: { channels: ['lost-sale'] } });
  const empty = await session.fault('plan.suggest', { ...plan, sample: none.id });
  expect(empty.code).toBe('sample-without-data');
});
