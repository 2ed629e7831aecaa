import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { generateSampleStudies, type SampleManifest } from '../../resources/sample/generate.ts';
import type { AlertView } from '../../shared/calls/alerts.ts';
import type { AppStatus } from '../../shared/calls/app.ts';
import { parseQuarter } from '../../shared/domain/quarter.ts';
import type { Channel } from '../../shared/domain/study-mapping.ts';
import { RESOURCES, type Session, startSession } from '../support/engine-session.ts';

interface PlantedEvent {
  id: string;
  kind: 'score-shift' | 'mix-shift' | 'not-asked';
  channels: Channel[];
  from: string;
  scope: string;
  indicator: string;
  points100?: number;
}

const EVENTS = (
  JSON.parse(readFileSync(join(RESOURCES, 'sample/events.json'), 'utf8')) as { events: PlantedEvent[] }
).events;
const event = (id: string) => EVENTS.find((one) => one.id === id)!;
const LAST = parseQuarter('2026Q3')!;
/** Channels of the network's own customers; the two lost ones have bases too small to single a place out. */
const LARGE: readonly Channel[] = ['third-party', 'in-house'];

const root = mkdtempSync(join(tmpdir(), 'csi-sample-'));
let session: Session;
let manifest: SampleManifest;
let status: AppStatus;
let scheme: number;
let alerts: AlertView[];

beforeAll(async () => {
  const resources = join(root, 'resources');
  mkdirSync(join(resources, 'sample'), { recursive: true });
  for (const folder of ['fonts', 'report', 'sample/mappings'])
    symlinkSync(join(RESOURCES, folder), join(resources, folder));
  manifest = await generateSampleStudies(join(resources, 'sample/data'));
  session = await startSession({ folder: join(root, 'data'), open: false, resourcesFolder: resources });
  status = await session.call('app.sample', { fresh: true });
  scheme = (await session.call('catalog.get', {})).schemes.find((one) => one.regions > 0)!.id;
  alerts = await session.call('alerts.list', { scheme });
}, 600_000);
afterAll(async () => {
  await session.close();
  rmSync(root, { recursive: true });
});

const named = (channel: Channel, quarter: number, scope: string, indicator: string) =>
  alerts.find(
    (one) =>
      one.channel === channel &&
      one.quarter === quarter &&
      one.scope === scope &&
      one.indicator === indicator,
  );

test('every file is in, row by row', async () => {
  const [visits, ...batches] = await session.call('import.batches', {});
  expect(visits).toMatchObject({ fileName: manifest.visitFile, rowsRejected: 0 });
  expect(batches.map(({ fileName, rowsRead }) => [fileName, rowsRead]).reverse()).toEqual(
    manifest.files.map(({ fileName, rows }) => [fileName, rows]),
  );
  for (const batch of batches) expect(batch.rowsRejected, batch.fileName).toBe(0);
  expect(status.database).toMatchObject({
    sample: true,
    counts: { studies: 5, batches: manifest.files.length + 1, dealers: manifest.dealers },
  });
  const { channels } = await session.call('catalog.get', {});
  for (const { channel, quarters } of channels)
    expect(quarters, channel).toEqual(Array.from({ length: 12 }, (_, i) => LAST - 11 + i));
});

describe('the alerts', () => {
  test.each(LARGE)('of %s name the region that fell, in its size', (channel) => {
    const alert = named(channel, LAST, event('south-drop').scope, '');
    expect(alert).toMatchObject({ kind: 'area', direction: 'below' });
    expect(alert!.shift100).toBeGreaterThan(-6);
    expect(alert!.shift100).toBeLessThan(-2.5);
    expect(alert!.actual100).toBeLessThan(alert!.low95);
    // The scores of its provinces did it, not their shares.
    expect(Math.abs(alert!.split!.mix)).toBeLessThan(Math.abs(alert!.split!.rate) / 5);
    expect(alert!.split!.rate + alert!.split!.mix).toBeCloseTo(alert!.split!.change, 8);
  });

  test.each(LARGE)('of %s name the indicator that rose everywhere', (channel) => {
    const { scope, indicator } = event('listening-rise');
    expect(named(channel, LAST, scope, indicator)).toMatchObject({ kind: 'indicator', direction: 'above' });
  });

  test.each(LARGE)('of %s name the city and the indicator that failed there', (channel) => {
    const { scope, indicator, points100 } = event('hangzhou-late');
    const alert = named(channel, LAST, scope, indicator);
    expect(alert).toMatchObject({ kind: 'area-indicator', direction: 'below' });
    expect(Math.abs(alert!.shift100 - points100!)).toBeLessThan(5);
  });

  test('of the last quarter blame hardly anything else', () => {
    const planted = new Set(['region:华南 ', 'overall SA2', 'city:3301 VP1']);
    const others = alerts.filter(
      (one) =>
        one.quarter === LAST && LARGE.includes(one.channel) && !planted.has(`${one.scope} ${one.indicator}`),
    );
    expect(others.length).toBeLessThanOrEqual(2);
  });

  test('blame nobody for a change of who answered', async () => {
    const { from, channels } = event('volume-moves-down');
    const quarter = parseQuarter(from)!;
    expect(alerts.filter((one) => one.quarter === quarter && channels.includes(one.channel))).toEqual([]);
    // It was looked at: the quarter has its expectation.
    const { channels: standing } = await session.call('overview.get', { scheme, scope: 'overall', quarter });
    expect(standing.find(({ channel }) => channel === 'in-house')!.expected).not.toBeNull();
  });

  test('keep what a person says about them when the forecast runs again', async () => {
    const alert = named('third-party', LAST, 'region:华南', '')!;
    const said = await session.call('alerts.update', {
      alert: alert.id,
      state: 'acknowledged',
      note: '已转服务部',
    });
    expect(said).toMatchObject({ state: 'acknowledged', note: '已转服务部' });
    await session.call('forecast.run', { scheme, channels: ['third-party'], quarters: [LAST] });
    const again = (await session.call('alerts.list', { scheme, quarter: LAST, channel: 'third-party' })).find(
      (one) => one.scope === 'region:华南' && one.indicator === '',
    );
    expect(again).toMatchObject({ state: 'acknowledged', note: '已转服务部' });
  });
});

test('a question that was left out is a gap, never a zero', async () => {
  const { from, indicator, channels } = event('lounge-not-asked');
  const quarter = parseQuarter(from)!;
  const [channel] = channels;
  const { trends } = await session.call('overview.get', { scheme, scope: 'overall', indicator, channel });
  const trend = trends.find((one) => one.channel === channel)!;
  for (const point of trend.points) {
    if (point.quarter === quarter) expect(point.score).toBeNull();
    else expect(point.score!.score100).toBeGreaterThan(40);
  }
  const then = await session.call('overview.get', { scheme, scope: 'overall', channel, quarter });
  expect(then.indicators.find((row) => row.indicator === indicator)).toMatchObject({
    score: null,
    sincePrevious: null,
  });
  // The index goes on over what was asked.
  const standing = then.channels.find((one) => one.channel === channel)!;
  const before = await session.call('overview.get', {
    scheme,
    scope: 'overall',
    channel,
    quarter: quarter - 1,
  });
  const former = before.channels.find((one) => one.channel === channel)!;
  expect(Math.abs(standing.score!.score100 - former.score!.score100)).toBeLessThan(3);
});

test('a change of the questionnaire is marked where it happened', async () => {
  const { trends } = await session.call('overview.get', { scheme, scope: 'overall' });
  const { breaks } = trends.find(({ channel }) => channel === 'in-house')!;
  const changed = manifest.files.find(({ mapping }) => mapping === 'in-house-2025')!;
  expect(breaks.map(({ quarter }) => quarter)).toEqual([parseQuarter(changed.quarter)]);
});

test('the same forecast comes out of a second run', async () => {
  const quarters = [LAST + 1];
  const table = () => session.call('forecast.table', { scheme, channel: 'lost-sale', quarter: LAST + 1 });
  const first = await table();
  expect(first.length).toBeGreaterThan(500);
  const runs = await session.call('forecast.run', { scheme, channels: ['lost-sale'], quarters });
  expect(runs[0]!.channels[0]!.series).toBe(first.length);
  expect(await table()).toEqual(first);
  for (const row of first) {
    expect(row.low95).toBeLessThanOrEqual(row.low80);
    expect(row.low80).toBeLessThanOrEqual(row.point);
    expect(row.point).toBeLessThanOrEqual(row.high80);
    expect(row.high80).toBeLessThanOrEqual(row.high95);
  }
});

test('the plan reaches its target with the least resource, and its parts add up', async () => {
  const input = { year: 2027, channel: 'third-party' as const, scheme, uplift: 2 };
  const plan = await session.call('plan.save', { ...input, name: '2027 年度计划' });
  expect(plan.outcome).toBe('solved');
  expect(plan.target).toBeCloseTo(plan.baseline + 2, 9);
  expect(plan.reached).toBeGreaterThanOrEqual(plan.target - 1e-6);
  expect(plan.cells.reduce((sum, cell) => sum + cell.cost, 0)).toBeCloseTo(plan.totalCost, 8);
  expect(plan.cells.reduce((sum, cell) => sum + cell.extraOfTotal, 0)).toBeCloseTo(1, 8);
  const share = new Map(plan.areas.map((area) => [area.id, area.share]));
  const weight = new Map(plan.items.map((item) => [item.code, item.weight]));
  const reached = plan.cells.reduce(
    (sum, cell) => sum + share.get(cell.area)! * weight.get(cell.indicator)! * cell.target,
    0,
  );
  // Every province has every stable item, so the overall score is the plain double sum.
  expect(reached).toBeCloseTo(plan.reached, 6);
  expect(plan.drift).not.toBeNull();
  expect(plan.otherMethod).toMatchObject({ method: 'proportional' });
  const approved = await session.call('plan.approve', { plan: plan.id! });
  expect(approved.state).toBe('approved');
  expect((await session.fault('plan.delete', { plan: plan.id! })).code).toBe('plan-frozen');
  const impossible = await session.call('plan.suggest', { ...input, uplift: 30 });
  expect(impossible).toMatchObject({ outcome: 'infeasible', cells: expect.any(Array) });
  expect(impossible.largestReachable!).toBeLessThan(impossible.target);
});

test('a batch of dealer reports is whole, and its manifest tells the truth', async () => {
  const folder = join(root, 'reports');
  const { batch, files, failures } = await session.call('reports.run', { scheme, folder, limit: 12 });
  expect(failures).toEqual([]);
  expect(batch).toMatchObject({ state: 'complete', made: 12, failed: 0, total: 12, quarter: LAST });
  expect(files).toHaveLength(24);
  for (const { file, bytes, sha256 } of files) {
    const content = readFileSync(join(folder, file));
    expect(content.length).toBe(bytes);
    expect(createHash('sha256').update(content).digest('hex')).toBe(sha256);
    expect(content.subarray(0, 4).toString('latin1')).toBe(file.endsWith('.pdf') ? '%PDF' : 'PK\u0003\u0004');
  }
  expect(await session.call('reports.files', { batch: batch.id })).toEqual({ batch, files, failures });
});
