// Forecasts and alerts as a user meets them: raised, explained, left out of fits, undone, traced to the row.
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { generateSampleStudies } from '../../../../resources/sample/generate.ts';
import type { AlertView } from '../../../../shared/calls/alerts.ts';
import type { ForecastRow } from '../../../../shared/calls/forecast.ts';
import { CURVES } from '../../../../shared/domain/forecast/registry.ts';
import { quarterOf } from '../../../../shared/domain/quarter.ts';
import { RESOURCES, type Session, startSession } from '../../../support/engine-session.ts';

const LAST = quarterOf(2026, 3);
const NEXT = LAST + 1;

let session: Session;
let scheme: number;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'csi-alerts-'));
  const resourcesFolder = join(folder, 'resources');
  mkdirSync(join(resourcesFolder, 'sample'), { recursive: true });
  await generateSampleStudies(join(resourcesFolder, 'sample', 'data'), { dealers: 60, quarters: 12 });
  cpSync(join(RESOURCES, 'sample', 'mappings'), join(resourcesFolder, 'sample', 'mappings'), {
    recursive: true,
  });
  session = await startSession({ open: false, resourcesFolder });
  await session.call('app.sample', {});
  const catalog = await session.call('catalog.get', {});
  scheme = catalog.schemes.find((one) => one.regions > 0)!.id;
});

afterAll(async () => {
  await session?.close();
  rmSync(folder, { recursive: true, force: true });
});

const alertsOf = (channel: AlertView['channel'], quarter = LAST) =>
  session.call('alerts.list', { scheme, channel, quarter });
const tableOf = (channel: AlertView['channel'], quarter: number) =>
  session.call('forecast.table', { scheme, channel, quarter });
/** What was found, without the numbers that a row of the database has. */
const found = (alerts: readonly AlertView[]) => alerts.map(({ id, ...alert }) => alert);
const southOf = async (channel: AlertView['channel']) =>
  (await alertsOf(channel)).find((alert) => alert.scopeName.zh === '华南' && alert.indicator === '')!;

describe('an alert', () => {
  test('that another one masks is shown with that effect taken out', async () => {
    const alerts = await alertsOf('third-party');
    const rise = alerts.find((alert) => alert.scope === 'overall' && alert.indicator === 'SA2')!;
    const drop = rise.effects.find((effect) => effect.scopeName.zh === '华南')!;
    expect(rise.direction).toBe('above');
    expect(rise.actual100).toBeLessThan(rise.high95);
    expect(rise.adjusted100).toBeGreaterThan(rise.high95);
    expect(drop.points).toBeLessThan(-0.3);
    const others = rise.effects.reduce((sum, effect) => sum + effect.points, 0);
    expect(rise.adjusted100 + rise.mix100 + others).toBeCloseTo(rise.actual100, 1);
  });

  test('comes before the particular when it is of the whole', async () => {
    const order = ['diffuse', 'overall', 'area', 'indicator', 'area-indicator', 'drift'];
    const kinds = (await alertsOf('third-party')).map((alert) => order.indexOf(alert.kind));
    expect(kinds.length).toBeGreaterThan(1);
    expect(kinds).toEqual([...kinds].sort((a, b) => a - b));
  });

  test('has a page whose split sums exactly, with the heat map and those beside it', async () => {
    const alert = await southOf('third-party');
    const page = await session.call('alerts.get', { alert: alert.id });
    expect(page.overall!.scope).toBe('overall');
    expect(page.splits.map((split) => split.against)).toEqual(['expected', 'previous']);
    for (const split of page.splits) {
      const parts = split.parts.reduce((sum, part) => sum + part.rate + part.mix, 0);
      expect(parts).toBeCloseTo(split.change, 9);
      expect(split.rate + split.mix).toBeCloseTo(split.change, 9);
    }
    const items = page.items.reduce((sum, item) => sum + item.points, 0);
    expect(items).toBeCloseTo(alert.actual100 - alert.expected100, 0);
    expect(page.heat.rows[0]).toMatchObject({ own: true, scope: alert.scope });
    expect(page.heat.rows[0]!.z).toHaveLength(page.heat.indicators.length);
    expect(page.siblings[0]).toMatchObject({ own: true, scope: alert.scope });
    expect(page.siblings.length).toBeGreaterThan(4);
  });

  test('is raised of a small base only where the rules mark such figures, and leads to the answers behind it', async () => {
    const itemOf = async () =>
      (await session.call('alerts.list', { scheme, channel: 'in-house' })).find(
        ({ indicator }) => indicator !== '',
      );
    const judge = () =>
      session.call('forecast.run', { scheme, channels: ['in-house'], quarters: [quarterOf(2025, 4)] });
    expect(await itemOf()).toBeUndefined();
    const rules = await session.call('rules.get', {});
    await session.call('rules.save', { ...rules, fullFrom: 20 });
    await judge();
    const alert = await itemOf();
    expect(alert!.n).toBeLessThan(30);
    expect(alert!.stale).toBe(false);
    const behind = await session.call('alerts.responses', { alert: alert!.id, limit: 200 });
    const overview = await session.call('overview.get', {
      scheme,
      scope: alert!.scope,
      quarter: alert!.quarter,
      indicator: behind.indicator,
    });
    const counted = overview.channels.find((one) => one.channel === 'in-house')!.score!.n;
    expect(behind.kind).toBe('responses');
    expect(behind.indicator).toBe(alert!.indicator);
    expect(behind.total).toBe(counted);
    expect(behind.rows).toHaveLength(counted);
    expect(behind.files.reduce((sum, file) => sum + file.n, 0)).toBe(counted);
    const gender = behind.attributes.find((one) => one.code === 'gender')!;
    expect(gender.groups.length).toBeGreaterThan(0);
    const { cells } = await session.call('explore.table', {
      scheme,
      rows: [{ kind: 'attribute', code: 'gender' }],
      filters: {
        scope: alert!.scope,
        channel: 'in-house',
        from: alert!.quarter,
        to: alert!.quarter,
        indicator: behind.indicator,
      },
    });
    const asExplored = cells.slice(1).flatMap((line) => (line[0] ? [line[0].score] : []));
    expect(gender.groups.map((group) => group.score)).toEqual(expect.arrayContaining(asExplored));
    expect(gender.groups.every(({ score }) => score === null || score.nEff >= 10)).toBe(true);
    for (const row of behind.rows) {
      const file = readFileSync(join(folder, 'resources/sample/data', row.fileName), 'utf8');
      expect(file.split(/\r?\n/)[row.sourceRow - 1]!.split(',')).toContain(String(row.native));
    }
    const south = (await southOf('third-party')).id;
    const scores = await session.call('alerts.responses', { alert: south, limit: 200 });
    expect(scores).toMatchObject({ kind: 'scores', attributes: [] });
    const sum = (lines: readonly { n: number | null }[]) => lines.reduce((all, { n }) => all + n!, 0);
    expect(scores.rows).toHaveLength(scores.total);
    expect(sum(scores.rows)).toBe(sum(scores.files));
    expect(scores.rows.every(({ n }) => n! > 0)).toBe(true);
    await session.call('rules.save', rules);
    expect((await itemOf())!.stale).toBe(true);
    await judge();
    expect(await itemOf()).toBeUndefined();
  });
});

describe('a forecast run', () => {
  test('gives the same numbers again from the same data', async () => {
    const [table, alerts] = [await tableOf('in-house', LAST), await alertsOf('in-house')];
    await session.call('forecast.run', { scheme, channels: ['in-house'], quarters: [LAST] });
    expect(await tableOf('in-house', LAST)).toEqual(table);
    expect(found(await alertsOf('in-house'))).toEqual(found(alerts));
  });

  test('is read with its curve, the other curves, its past and its drift', async () => {
    const place = { scheme, channel: 'third-party' as const, scope: 'overall', indicator: '' };
    const series = await session.call('forecast.series', place);
    expect(series.quarter).toBe(NEXT);
    expect(series.forecast!.stale).toBe(false);
    expect(series.forecast!.fitted.at(-1)!.quarter).toBe(LAST);
    const { score, expected } = series.history.at(-1)!;
    expect(Math.abs(expected!.point - score!.score100)).toBeLessThan(10);
    expect(expected!.low95).toBeLessThan(expected!.low80);
    expect(expected!.high80).toBeLessThan(expected!.high95);
    expect(series.curves.map((curve) => curve.id)).toEqual(CURVES.map((curve) => curve.id));
    expect(series.curves.every((curve) => curve.next !== null && curve.pastError !== null)).toBe(true);
    expect(series.drift.length).toBeGreaterThan(2);
    expect(series.whatIf).toBeNull();
  });

  test('is the backtest of its quarter', async () => {
    const place = { scheme, channel: 'third-party' as const, scope: 'overall' };
    const backtest = await session.call('forecast.backtest', place);
    const [stored] = await session.call('forecast.table', {
      scheme,
      channel: 'third-party',
      quarter: LAST,
      level: 'overall',
      indicator: '',
    });
    expect(backtest.rows).toHaveLength(8);
    expect(backtest.rows.at(-1)!.forecast.point).toBeCloseTo(stored!.point, 9);
    expect(backtest.rows.at(-1)!.forecast.low95).toBeCloseTo(stored!.low95, 9);
    const { summary } = backtest;
    expect(summary!.hit95).toBe(backtest.rows.filter((row) => row.hit95).length / 8);
    expect(summary!.error).toBeLessThan(3);
  });

  test('can be tried without a quarter before anything is decided', async () => {
    const south = await southOf('third-party');
    const place = { scheme, channel: 'third-party' as const, scope: south.scope };
    const { whatIf, forecast, history } = await session.call('forecast.series', {
      ...place,
      leaveOut: [LAST],
    });
    expect(whatIf!.with!.point).toBeCloseTo(forecast!.point, 6);
    expect(whatIf!.without!.point).toBeGreaterThan(whatIf!.with!.point);
    const moved = whatIf!.without!.point - whatIf!.with!.point;
    expect(whatIf!.above.map((one) => one.scope)).toEqual(['overall']);
    expect(whatIf!.above[0]!.points100).toBeGreaterThan(0.05 * moved);
    expect(whatIf!.above[0]!.points100).toBeLessThan(0.5 * moved);
    const whole = await session.call('forecast.series', { ...place, scope: 'overall' });
    const [stored] = (await tableOf('third-party', NEXT)).filter(({ scope }) => scope === 'overall');
    expect(whole.forecast!.point).toBe(stored!.point);
    expect(history.filter((point) => point.leftOut).map((point) => point.quarter)).toEqual([LAST]);
  });

  test('is judged against what came, by channel and level', async () => {
    const rows = await session.call('forecast.accuracy', { scheme, channel: 'in-house' });
    const cities = rows.find((row) => row.level === 'city')!;
    expect(rows.map((row) => row.level)).toContain('overall');
    expect(cities.error).toBeLessThan(cities.naiveError!);
    expect(cities.hit95).toBeGreaterThan(0.9);
  });
});

describe('the close of a quarter', () => {
  test('says the standing of the whole first, then what needs a look and what went well', async () => {
    const close = await session.call('quarter.close', { scheme });
    const channel = close.channels.find((one) => one.channel === 'third-party')!;
    expect(close.quarter).toBe(LAST);
    // The South's fall takes the whole below what was expected; alone it does not take it out of the band of the whole.
    expect(channel.score!.score100).toBeLessThan(channel.expected!.point);
    expect(channel.score!.score100).toBeGreaterThan(channel.expected!.low95);
    expect(channel.position).toBe('inside');
    expect(channel.needsLook[0]).toMatchObject({ alert: expect.any(Number) });
    expect(channel.needsLook.map((row) => row.name.zh)).toContain('华南');
    expect(channel.wentWell.map((row) => row.indicator)).toContain('SA2');
    expect(channel.inside80).toBeLessThanOrEqual(channel.inside95);
    expect(channel.inside95).toBeLessThanOrEqual(channel.tested);
  });

  test('counts every series that was asked once: tested, or why not', async () => {
    const close = await session.call('quarter.close', { scheme, quarter: LAST });
    const alerts = await session.call('alerts.list', { scheme, quarter: LAST });
    for (const { channel, tests } of close.channels) {
      const sum = tests!.outcomes.reduce((total, one) => total + one.series, 0);
      expect(sum).toBe(tests!.series);
      const countOf = (outcome: string) =>
        tests!.outcomes.find((one) => one.outcome === outcome)?.series ?? 0;
      const own = alerts.filter((alert) => alert.channel === channel && alert.kind !== 'drift');
      expect(countOf('alert')).toBe(own.length);
      expect(tests!.tested).toBe(countOf('alert') + countOf('quiet') + countOf('small-shift'));
    }
    const inHouse = close.channels.find((one) => one.channel === 'in-house')!.tests!;
    const rows = await tableOf('in-house', LAST);
    const catalog = await session.call('catalog.get', {});
    const factors = new Set(catalog.indicators.filter((one) => one.role === 'factor').map((one) => one.code));
    const small = rows.filter(
      ({ actual, indicator, scope }) =>
        !factors.has(indicator) && scope.startsWith('city:') && actual !== null && actual.nEff < 30,
    );
    expect(small.length).toBeGreaterThan(10);
    for (const { scope, indicator } of small.slice(0, 5)) {
      const { test } = await session.call('forecast.series', {
        ...{ scheme, channel: 'in-house', scope, indicator, quarter: LAST },
      });
      expect(['small-base', 'only-child']).toContain(test!.outcome);
      expect(test!.chance).toBeNull();
    }
    expect(inHouse.outcomes.map((one) => one.outcome)).toContain('small-base');
  });

  test('says of one series how surprising it was, and nothing before its quarter has come', async () => {
    const at = { scheme, channel: 'third-party' as const, scope: 'overall', indicator: '' };
    const past = await session.call('forecast.series', { ...at, quarter: LAST });
    expect(past.test).toMatchObject({ outcome: 'quiet' });
    expect(past.test!.chance).toBeGreaterThan(0.07);
    expect(past.test!.words.en).toMatch(/chance/);
    expect((await session.call('forecast.series', { ...at, quarter: NEXT })).test).toBeNull();
    const south = await southOf('third-party');
    const fell = await session.call('forecast.series', { ...at, scope: south.scope, quarter: LAST });
    expect(fell.test).toMatchObject({ outcome: 'alert', chance: south.p });
  });
});

describe('what people make of an alert', () => {
  const work = {
    cause: 'people' as const,
    note: '两位服务顾问离职',
    action: '补充并培训',
    owner: '王敏',
    due: '2026-12-31',
  };

  test('is refused as explained while no cause is given', async () => {
    const alert = await southOf('third-party');
    const refused = await session.fault('alerts.update', { alert: alert.id, state: 'explained' });
    expect(refused.code).toBe('alert-cause-missing');
    expect(await southOf('third-party')).toMatchObject({ state: 'new', cause: '' });
  });

  test('is kept over the next run, with what was not given left as it was', async () => {
    const alert = await southOf('third-party');
    const said = await session.call('alerts.update', { alert: alert.id, state: 'explained', ...work });
    expect(said).toMatchObject({ ...work, state: 'explained', oneOff: false });
    await session.call('alerts.update', { alert: alert.id, state: 'closed' });
    await session.call('forecast.run', { scheme, channels: ['third-party'], quarters: [LAST] });
    expect(await southOf('third-party')).toMatchObject({ ...work, state: 'closed', stale: false });
    const [entry] = await session
      .call('audit.list', { limit: 5 })
      .then((all) => all.filter((one) => one.action === 'alert.update'));
    expect(entry!.detail).toMatchObject({ before: { state: 'explained' }, after: { state: 'closed' } });
  });

  test('leaves a confirmed one-off out of the next fit, and takes it in again', async () => {
    const pointOf = (rows: readonly ForecastRow[], scope: string) =>
      rows.find((row) => row.scope === scope && row.indicator === '')!;
    const alert = await southOf('third-party');
    const before = await tableOf('third-party', NEXT);
    await session.call('alerts.update', { alert: alert.id, state: 'explained', oneOff: true });
    const place = { scheme, channel: 'third-party' as const, scope: alert.scope };
    const flagged = await session.call('forecast.series', place);
    expect(flagged.forecast!.stale).toBe(true);
    expect(flagged.history.at(-1)!.leftOut).toBe(true);
    expect((await southOf('third-party')).stale).toBe(false);
    await session.call('forecast.run', { scheme, channels: ['third-party'], quarters: [NEXT] });
    const without = await tableOf('third-party', NEXT);
    expect(pointOf(without, alert.scope).point).toBeGreaterThan(pointOf(before, alert.scope).point + 0.2);
    expect(pointOf(without, 'overall').point).toBeGreaterThan(pointOf(before, 'overall').point + 0.02);
    expect((await session.call('forecast.series', place)).forecast!.stale).toBe(false);
    await session.call('alerts.update', { alert: alert.id, state: 'explained', oneOff: false });
    await session.call('forecast.run', { scheme, channels: ['third-party'], quarters: [NEXT] });
    expect(await tableOf('third-party', NEXT)).toEqual(before);
  });
});

describe('undoing data', () => {
  test('takes the alerts of the quarter away and makes the next forecast anew; the file brings them back', async () => {
    const [alerts, forecasts] = [await alertsOf('third-party'), await tableOf('third-party', NEXT)];
    const batches = await session.call('import.batches', {});
    const batch = batches.find((one) => one.fileName === 'third-party-2026Q3.xlsx')!;
    const south = alerts.find((alert) => alert.scopeName.zh === '华南' && alert.indicator === '')!;
    await session.call('alerts.update', { alert: south.id, state: 'explained', oneOff: true });
    const cleared = () => session.call('alerts.cleared', { scheme });
    expect(await cleared()).toEqual([]);
    await session.call('import.undo', { batch: batch.id });
    expect(await alertsOf('third-party')).toEqual([]);
    expect(await cleared()).toMatchObject([
      { scope: south.scope, state: 'explained', note: south.note, oneOff: true, why: 'data-undone' },
    ]);
    const place = { scheme, channel: 'third-party' as const, quarter: NEXT };
    const anew = await session.call('forecast.series', place);
    expect(anew.forecast!.stale).toBe(false);
    const key = { scheme, channel: 'third-party' as const, quarter: LAST, scope: south.scope, indicator: '' };
    expect(await session.call('alerts.settle', key)).toMatchObject({ state: 'closed', oneOff: false });
    expect((await session.fault('alerts.settle', { ...key, indicator: 'SI1' })).code).toBe('alert-unknown');
    expect((await session.fault('alerts.get', { alert: alerts[0]!.id })).code).toBe('alert-unknown');
    expect((await session.call('forecast.series', place)).forecast!.stale).toBe(true);
    const mapping = JSON.parse(
      readFileSync(join(folder, 'resources/sample/mappings/third-party-2023.mapping.json'), 'utf8'),
    );
    const path = join(folder, 'resources/sample/data', batch.fileName);
    await session.call('import.commit', { path, mapping });
    expect((await session.call('forecast.series', place)).forecast!.stale).toBe(true);
    await session.call('forecast.run', { scheme, channels: ['third-party'] });
    const back = found(await alertsOf('third-party'));
    expect(back.find((alert) => alert.scope === south.scope)).toMatchObject({
      state: 'closed',
      note: south.note,
      worked: { shift100: south.shift100, moved: false },
    });
    const state = ({ state: _, worked: __, ...rest }: (typeof back)[number]) => rest;
    expect(back.map(state)).toEqual(found(alerts).map(state));
    expect(await cleared()).toEqual([]);
    expect(await tableOf('third-party', NEXT)).toEqual(forecasts);
  });
});
