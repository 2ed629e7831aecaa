import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readXlsx } from 'hucre/xlsx';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import type { PlanRequest } from '../../../../shared/calls/plan.ts';
import type { PlanView } from '../../../../shared/domain/plan/plan-facts.ts';
import { quarterOf } from '../../../../shared/domain/quarter.ts';
import type { Session } from '../../../support/engine-session.ts';
import {
  CODES,
  COSTS,
  EFFECTS,
  MANY,
  ONE,
  planMapping,
  planRequest,
  WEIGHTS,
  withStudy,
} from '../../../support/plan-study.ts';

describe('the worked example through the call', () => {
  let session: Session;
  beforeAll(async () => {
    session = await withStudy(ONE, [2025]);
    return () => session.close();
  });

  const suggest = async (target: number, change: Partial<PlanRequest> = {}): Promise<PlanView> =>
    session.call(
      'plan.suggest',
      await planRequest(session, {
        uplift: target - 77.7,
        ceiling: 95,
        rules: CODES.map((code) => ({
          area: '',
          indicator: code,
          effect: EFFECTS[code],
          costFactor: COSTS[code] / WEIGHTS[code],
        })),
        ...change,
      }),
    );

  test.each([
    [80, [15.12, 0, 0.129, 0], 15.248, 7.732],
    [83, [33.621, 0, 9.379, 0], 43.0, 11.194],
    [86, [50.609, 9.668, 17.873, 0], 82.984, 15.723],
  ])('reaches %d with the published resource and shadow price', async (target, units, cost, price) => {
    const plan = await suggest(target);
    expect(plan.baseline).toBeCloseTo(77.7, 6);
    plan.cells.forEach((cell, i) => {
      expect(cell.units).toBeCloseTo(units[i]!, 2);
    });
    expect(plan.totalCost).toBeCloseTo(cost, 2);
    expect(plan.shadowPrice).toBeCloseTo(price, 2);
    expect(plan.milestones.reduce((sum, { score }) => sum + score, 0) / 4).toBeCloseTo(target, 6);
  });

  test('answers at once while the forecast is still being made, with the same plan', async () => {
    const fresh = await withStudy(MANY, [2024, 2025]);
    onTestFinished(() => fresh.close());
    const request = await planRequest(fresh, { uplift: 1 });
    const first = await fresh.call('plan.suggest', { ...request, drift: 'if-ready' });
    expect(first).toMatchObject({ driftPending: true, drift: null, milestones: [] });
    const whole = await fresh.call('plan.suggest', request);
    expect(whole.driftPending).toBe(false);
    expect(Math.abs(whole.drift! - whole.baseline)).toBeLessThan(5);
    expect(whole.milestones).toHaveLength(4);
    expect(whole.totalCost).toBe(first.totalCost);
    expect(whole.cells.map(({ target }) => target)).toEqual(first.cells.map(({ target }) => target));
    const again = await fresh.call('plan.suggest', { ...request, drift: 'if-ready' });
    expect(again).toEqual(whole);
  });

  test('says where every assumption comes from', async () => {
    const plan = await suggest(80, { ceiling: 100, rules: [{ area: '', indicator: 'A', ceiling: 90 }] });
    const [a, b] = plan.cells;
    expect(a!.sources).toEqual({ ceiling: 'given', effect: 'default', cost: 'default' });
    expect(b!.sources).toEqual({ ceiling: 'default', effect: 'default', cost: 'default' });
    expect(b!.effect).toBeCloseTo(78 / 22, 9);
  });

  test('says how far one can get, and which limits stand in the way', async () => {
    const plan = await suggest(86, { budgets: [{ area: '', most: 43 }] });
    expect(plan.outcome).toBe('infeasible');
    expect(plan.largestReachable).toBeCloseTo(83, 2);
    expect(plan.inTheWay.map(({ kind }) => kind)).toContain('total-budget');
    expect(plan.cells.every((cell) => cell.cost === 0)).toBe(true);
  });

  test('holds a cell at the score that was fixed and optimises the rest around it', async () => {
    const free = await suggest(83);
    const rules = CODES.map((code) => ({
      area: '',
      indicator: code as string,
      effect: EFFECTS[code],
      costFactor: COSTS[code] / WEIGHTS[code],
    }));
    const area = free.cells[0]!.area;
    const locked = await suggest(83, { rules: [...rules, { area, indicator: 'D', lockScore: 90 }] });
    expect(locked.cells[3]).toMatchObject({ locked: true });
    expect(locked.cells[3]!.target).toBeCloseTo(90, 9);
    expect(locked.reached).toBeCloseTo(83, 6);
    expect(locked.totalCost).toBeGreaterThan(free.totalCost);
    expect(locked.cells[0]!.units).toBeLessThan(free.cells[0]!.units);
  });

  test('refuses to fix a score above its ceiling, naming it', async () => {
    const fault = await session.fault(
      'plan.suggest',
      await planRequest(session, { ceiling: 95, rules: [{ area: '', indicator: 'A', lockScore: 96 }] }),
    );
    expect(fault).toMatchObject({
      code: 'plan-lock-out-of-reach',
      details: { indicator: 'A', ceiling: '95.0' },
    });
  });

  test('buys work packages whole', async () => {
    const plan = await suggest(83, {
      rules: CODES.map((code) => ({
        area: '',
        indicator: code,
        effect: EFFECTS[code],
        costFactor: COSTS[code] / WEIGHTS[code],
        ...(code === 'A' ? { packageExtra: (10 * COSTS.A) / WEIGHTS.A } : {}),
      })),
    });
    expect((plan.cells[0]!.units / 10) % 1).toBeCloseTo(0, 6);
    expect(plan.reached).toBeGreaterThanOrEqual(83 - 1e-6);
    expect(plan.totalCost).toBeGreaterThan(43);
  });
});

describe('plans of several areas', () => {
  let session: Session;
  beforeAll(async () => {
    session = await withStudy(MANY, [2024, 2025]);
    return () => session.close();
  });
  const suggest = async (change: Partial<PlanRequest>) =>
    session.call('plan.suggest', await planRequest(session, change));

  test('keep to the target of a region above their own level, and price it', async () => {
    const free = await suggest({ areaLevel: 'province' });
    const held = await suggest({
      areaLevel: 'province',
      targets: [{ kind: 'area', id: 'region:North', target: 81 }],
    });
    const north = held.areas.filter(({ id }) => id === 'province:11' || id === 'province:12');
    const share = north.reduce((sum, area) => sum + area.share, 0);
    const score = north.reduce((sum, area) => sum + area.share * area.target, 0) / share;
    expect(score).toBeCloseTo(81, 4);
    expect(held.totalCost).toBeGreaterThan(free.totalCost);
    expect(held.prices.find(({ kind }) => kind === 'group-target')).toMatchObject({ id: 'region:North' });
  });

  test('keep to a spread and to the budget of an area', async () => {
    const free = await suggest({});
    const held = await suggest({ largestSpread: 0.5 });
    const scores = held.areas.map(({ target }) => target);
    expect(Math.max(...scores) - Math.min(...scores)).toBeLessThanOrEqual(0.5 + 1e-6);
    const most = free.areas[0]!.cost / 2;
    const poor = await suggest({ budgets: [{ area: free.areas[0]!.id, most }] });
    expect(poor.areas[0]!.cost).toBeCloseTo(most, 6);
  });

  test('can be made of cities and dealers, of all or of one region', async () => {
    expect((await suggest({ areaLevel: 'city' })).areas).toHaveLength(5);
    const north = await suggest({ areaLevel: 'dealer', within: 'region:North' });
    expect(north.areas.map(({ id }) => id)).toEqual(['dealer:D4', 'dealer:D5']);
  });

  test('take volumes and assumptions from tables, and name the rows they cannot use', async () => {
    const input = await planRequest(session, {});
    const volumes = join(session.folder, 'volumes.csv');
    writeFileSync(volumes, 'area,share\nSouth,90\nNorth,10\nNowhere,3\n');
    const read = { scheme: input.scheme, areaLevel: 'region' as const, path: volumes };
    const table = await session.call('plan.readTable', { ...read, kind: 'volumes' });
    expect(table.problems).toMatchObject([{ row: 4, value: 'Nowhere' }]);
    const plan = await suggest({ volumes: table.volumes });
    expect(plan.areas.map(({ share }) => share)).toEqual([0.9, 0.1]);
    const assumptions = join(session.folder, 'assumptions.csv');
    writeFileSync(assumptions, '区域,指标,上限,最多增加%\nSouth,Item A,92,\n,B,,5\n');
    const { rules } = await session.call('plan.readTable', {
      ...read,
      path: assumptions,
      kind: 'assumptions',
    });
    expect(rules).toEqual([
      { area: 'region:South', indicator: 'A', source: 'imported', ceiling: 92 },
      { area: '', indicator: 'B', source: 'imported', mostExtra: 0.05 },
    ]);
    expect((await suggest({ rules })).cells[0]!.sources.ceiling).toBe('imported');
    expect(await session.fault('plan.readTable', { ...read, path: volumes, kind: 'spent' })).toMatchObject({
      code: 'plan-table',
    });
  });

  test('offer unstable indicators marked, and leave them out unless chosen', async () => {
    const other = await withStudy(MANY, [2024]);
    onTestFinished(() => other.close());
    const path = join(other.folder, 'without-d.csv');
    const rows = [1, 2, 3, 4].map((q) => `2025Q${q},D1,广州市,South,400,70,78,82,`);
    writeFileSync(path, `${['quarter,dealer,city,region,n,A,B,C,D', ...rows].join('\n')}\n`);
    await other.call('import.commit', { path, mapping: planMapping('scores') });
    const input = await planRequest(other, {});
    const { year, channel, scheme } = input;
    const options = await other.call('plan.options', { year, channel, scheme });
    expect(options.items.map(({ code, stable }) => [code, stable])).toEqual([
      ['A', true],
      ['B', true],
      ['C', true],
      ['D', false],
    ]);
    expect((await other.call('plan.suggest', input)).items.map(({ code }) => code)).toEqual(['A', 'B', 'C']);
    const chosen = await other.call('plan.suggest', { ...input, indicators: ['A', 'D'] });
    expect(chosen.items.map(({ code }) => code)).toEqual(['A', 'D']);
    expect(chosen.items.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 12);
  });

  test('stand beside one another with their differences', async () => {
    const first = await session.call('plan.save', { ...(await planRequest(session, {})), name: 'one' });
    const second = await session.call('plan.save', {
      ...(await planRequest(session, { uplift: 2 })),
      name: 'two',
    });
    const both = await session.call('plan.compare', { plans: [first.id!, second.id!] });
    expect(both.plans.map(({ name }) => name)).toEqual(['one', 'two']);
    expect(both.areas[0]!.values[1]!.cost).toBeGreaterThan(both.areas[0]!.values[0]!.cost);
    expect(both.cells[0]!.values).toHaveLength(2);
  });

  test('say how firmly they stand on their assumptions', async () => {
    const plan = await planRequest(session, { uplift: 3 });
    const found = await session.call('plan.sensitivity', { plan, draws: 40 });
    expect(found.draws).toBe(40);
    expect(found.cases).toHaveLength(4);
    expect(found.totalCost!.low).toBeLessThanOrEqual(found.totalCost!.high);
    expect(found.cells.every(({ share, robust }) => robust === share >= 0.8)).toBe(true);
    expect(await session.call('plan.sensitivity', { plan, draws: 40 })).toEqual(found);
  });
});

describe('the life of a plan', () => {
  async function saved(change: Partial<PlanRequest> = {}): Promise<[Session, PlanView]> {
    const session = await withStudy(MANY, [2024, 2025]);
    onTestFinished(() => session.close());
    return [
      session,
      await session.call('plan.save', { ...(await planRequest(session, change)), name: 'Plan' }),
    ];
  }

  test('a draft can be changed, an approved plan cannot', async () => {
    const [session, plan] = await saved({ notes: 'first' });
    const input = await planRequest(session, { uplift: 2, notes: 'second' });
    const changed = await session.call('plan.update', { ...input, plan: plan.id! });
    expect(changed).toMatchObject({ id: plan.id, name: 'Plan', state: 'draft', input: { notes: 'second' } });
    expect(changed.totalCost).toBeGreaterThan(plan.totalCost);
    expect((await session.call('plan.approve', { plan: plan.id! })).state).toBe('approved');
    for (const call of ['plan.update', 'plan.delete', 'plan.approve'] as const) {
      const fault = await session.fault(call, { ...(call === 'plan.update' ? input : {}), plan: plan.id });
      expect(fault.code).toBe('plan-frozen');
    }
  });

  test('a draft whose data changed is marked and must be saved again before it is approved', async () => {
    const [session, plan] = await saved();
    const path = join(session.folder, 'more.csv');
    writeFileSync(path, 'quarter,dealer,city,region,n,A,B,C,D\n2026Q1,D1,广州市,South,50,71,78,82,88\n');
    await session.call('import.commit', { path, mapping: planMapping('scores') });
    expect((await session.call('plan.get', { plan: plan.id! })).outdated).toBe(true);
    expect((await session.fault('plan.approve', { plan: plan.id })).code).toBe('plan-outdated');
    await session.call('plan.update', { ...(await planRequest(session, {})), plan: plan.id! });
    expect((await session.call('plan.approve', { plan: plan.id! })).state).toBe('approved');
  });

  test('dealers together get exactly the target of their area, and keep it once approved', async () => {
    const [session, plan] = await saved({ uplift: 2 });
    await session.call('plan.approve', { plan: plan.id! });
    const { dealers, outOfReach } = await session.call('plan.dealerTargets', {
      plan: plan.id!,
      area: 'region:South',
    });
    expect(outOfReach).toEqual([]);
    const volume: Record<string, number> = { 'dealer:D1': 400, 'dealer:D2': 300, 'dealer:D3': 200 };
    const own = dealers.filter(({ indicator }) => indicator === 'A');
    for (const { dealer, baseline } of own) {
      expect(baseline).toMatchObject({ n: 4 * volume[dealer]!, tier: 'full' });
      expect(baseline!.margin100).toBeGreaterThan(0);
    }
    const mean = own.reduce((sum, one) => sum + (volume[one.dealer]! / 900) * one.target, 0);
    const cell = plan.cells.find((one) => one.area === 'region:South' && one.indicator === 'A')!;
    expect(own).toHaveLength(3);
    expect(mean).toBeCloseTo(
      Math.max(
        cell.target,
        own.reduce((sum, one) => sum + (volume[one.dealer]! / 900) * one.baseline!.score100, 0),
      ),
      3,
    );
  });

  test('a workbook comes back with what was changed in it', async () => {
    const [session, plan] = await saved({ uplift: 2 });
    const path = join(session.folder, 'plan.xlsx');
    const written = await session.call('plan.export', {
      plan: plan.id!,
      path,
      format: 'xlsx',
      language: 'en',
    });
    expect(written.bytes).toBeGreaterThan(5000);
    const same = await session.call('plan.readEdits', { plan: plan.id!, path });
    expect(same).toMatchObject({ changes: [], problems: [] });
    const { area } = plan.cells[0]!;
    const rules = [{ area, indicator: 'A', ceiling: 90, lockExtra: 0.5, note: 'agreed' }];
    const edited = await session.call('plan.save', {
      ...(await planRequest(session, { uplift: 2, rules })),
      name: 'Edited',
    });
    await session.call('plan.export', { plan: edited.id!, path, format: 'xlsx' });
    const found = await session.call('plan.readEdits', { plan: plan.id!, path });
    const own = found.changes.filter((change) => change.area === area && change.indicator === 'A');
    const after = Object.fromEntries(own.map((change) => [change.field, change.after]));
    expect(after).toMatchObject({ ceiling: 90, extra: expect.closeTo(0.5, 9), note: 'agreed' });
    const again = await session.call('plan.suggest', found.input);
    const cell = again.cells.find((one) => one.area === area && one.indicator === 'A')!;
    expect(cell).toMatchObject({ ceiling: 90, note: 'agreed', locked: true });
    expect(cell.extraOfCell).toBeCloseTo(0.5, 6);
  });

  test('pages are written in either language', async () => {
    const [session, plan] = await saved();
    const path = join(session.folder, 'plan.pdf');
    for (const language of ['zh-CN', 'en'] as const) {
      const written = await session.call('plan.export', { plan: plan.id!, path, format: 'pdf', language });
      expect(written.bytes).toBeGreaterThan(5000);
    }
    const place = join(session.folder, 'no-such-folder', 'plan.pdf');
    const fault = await session.fault('plan.export', { plan: plan.id, path: place, format: 'pdf' });
    expect(fault.code).toBe('file-not-written');
  });

  test('only an approved plan is followed and assessed, and only once its year has figures', async () => {
    const [session, plan] = await saved();
    expect((await session.fault('plan.assess', { plan: plan.id })).code).toBe('plan-not-approved');
    await session.call('plan.approve', { plan: plan.id! });
    expect((await session.fault('plan.assess', { plan: plan.id })).code).toBe('plan-without-actuals');
    const progress = await session.call('plan.progress', { plan: plan.id! });
    expect(progress.quarters.every(({ measured }) => !measured)).toBe(true);
    expect(progress.probability).toBeGreaterThan(0);
    expect(progress.probability).toBeLessThan(1);
  });

  test('the targets of an approved plan are printed in the dealer reports', async () => {
    const [session, plan] = await saved({ uplift: 3 });
    const { scheme } = plan.input;
    const printed = async (folder: string) => {
      const made = await session.call('reports.run', {
        scheme,
        quarter: quarterOf(2025, 4),
        formats: ['xlsx'],
        language: 'en',
        folder: join(session.folder, folder),
      });
      const own = made.files.find(({ dealer }) => dealer === 'D4')!;
      const { sheets } = await readXlsx(readFileSync(join(session.folder, folder, own.file)));
      return sheets.flatMap(({ rows }) => rows.flat());
    };
    expect(await printed('before')).not.toContain('Targets for 2026 (0–100 points)');
    await session.call('plan.approve', { plan: plan.id! });
    const { dealers } = await session.call('plan.dealerTargets', { plan: plan.id! });
    const target = dealers.find(
      (one) => one.dealer === 'dealer:D4' && one.target > one.baseline!.score100 + 0.1,
    )!.target;
    const cells = await printed('after');
    expect(cells).toContain('Targets for 2026 (0–100 points)');
    expect(cells.some((cell) => typeof cell === 'number' && Math.abs(cell - target) < 1e-3)).toBe(true);
  });
});
