import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { sampleFiles } from '../../../../electron/engine/services/sample-studies.ts';
import type { AssessmentView } from '../../../../shared/calls/plan.ts';
import type { PlanView } from '../../../../shared/domain/plan/plan-facts.ts';
import { RESOURCES, type Session, startSession } from '../../../support/engine-session.ts';
import { approvePlantedPlan, PLAN_EFFECTS as EFFECTS } from '../../../support/planted-plan.ts';

const HAS_SAMPLE = existsSync(join(RESOURCES, 'sample/data/manifest.json'));
if (!HAS_SAMPLE) console.warn('The assessment of the sample is skipped: run npm run build.');

describe.skipIf(!HAS_SAMPLE)('a plan of the sample studies with planted truth', () => {
  let session: Session;
  let plan: PlanView;
  let view: AssessmentView;

  const cellOf = (effect: (typeof EFFECTS)[number]) =>
    view.cells.find((cell) => cell.area === effect.scope && cell.indicator === effect.indicator)!;
  const planted100 = (id: string) => EFFECTS.find((effect) => effect.id === id)!;

  beforeAll(async () => {
    session = await startSession();
    for (const { path, mapping } of sampleFiles(RESOURCES))
      if (mapping.study.channel === 'in-house') await session.call('import.commit', { path, mapping });
    plan = await approvePlantedPlan(session, 'Measures of 2026');
    const spent = EFFECTS.map(({ scope, indicator, plannedResourceShare, spentResourceShare }) => {
      const cell = plan.cells.find((one) => one.area === scope && one.indicator === indicator)!;
      return {
        area: scope,
        indicator,
        extra: (cell.extraOfCell * spentResourceShare) / plannedResourceShare,
      };
    });
    view = await session.call('plan.assess', { plan: plan.id!, spent, keep: true });
    return () => session.close();
  }, 180_000);

  test('weighs areas by the plain count of respondents, or by the population their weights project', async () => {
    const counted = new Map<string, number>();
    for (const { path } of sampleFiles(RESOURCES).filter(({ path: file }) => /in-house-2025/.test(file)))
      for (const line of readFileSync(path, 'utf8').trim().split('\n').slice(1)) {
        const region = `region:${/(东北|华北|华东|华中|华南|西南|西北),/.exec(line)![1]}`;
        counted.set(region, (counted.get(region) ?? 0) + 1);
      }
    const all = [...counted.values()].reduce((sum, n) => sum + n, 0);
    const { scheme } = plan.input;
    const request = { year: 2026, channel: 'in-house', scheme, areaLevel: 'region', uplift: 1 } as const;
    const sample = await session.call('plan.suggest', { ...request, volumeBasis: 'sample' });
    const population = await session.call('plan.suggest', request);
    for (const [i, { id, share }] of sample.areas.entries()) {
      expect(share, id).toBeCloseTo(counted.get(id)! / all, 12);
      expect(population.areas[i]!.share, id).not.toBe(share);
      expect(population.areas[i]!.share / share, id).toBeCloseTo(1, 1);
    }
  });

  test('splits every gap exactly', () => {
    for (const { gap, split } of [view.overall, ...view.areas, ...view.items, ...view.cells])
      expect(split.drift + split.execution + split.effectiveness + split.noise).toBeCloseTo(gap, 9);
  });

  test('finds the planted effects within their intervals, and none where nothing was funded', () => {
    for (const effect of EFFECTS) {
      const found = cellOf(effect).effect!;
      expect(found.low, effect.id).toBeLessThanOrEqual(effect.actualPoints100);
      expect(found.high, effect.id).toBeGreaterThanOrEqual(effect.actualPoints100);
      expect(found.high - found.low, effect.id).toBeLessThan(4);
      expect(found.planned, effect.id).toBeCloseTo(effect.plannedPoints100, 6);
    }
    expect(view.cells.filter((cell) => cell.effect !== null).length).toBe(EFFECTS.length);
  });

  test('draws a funnel whose limits widen with the standard error and put every area in its place', () => {
    const { limits } = view.funnels.areas;
    expect(limits[0]!.outerHigh).toBeCloseTo(limits[0]!.outerLow, 12);
    expect(limits.at(-1)!.standardError).toBeGreaterThan(
      Math.max(...view.areas.map(({ standardError }) => standardError)),
    );
    for (const { gap, standardError, funnel } of view.areas) {
      const at = limits.findIndex((one) => one.standardError >= standardError);
      const [inner, outer] = [limits[at - 1]!, limits[at]!];
      if (gap < outer.outerLow) expect(funnel).toBe('far-below');
      if (gap > outer.outerHigh) expect(funnel).toBe('far-above');
      if (gap > inner.innerLow && gap < inner.innerHigh) expect(funnel).toBe('inside');
    }
  });

  test('blames a weak effect on effectiveness and a lack of work on execution', () => {
    const repair = cellOf(planted100('southwest-repair'));
    expect(repair.verdict).toBe('not-met');
    expect(repair.split.execution).toBe(0);
    expect(repair.split.effectiveness).toBeLessThan(-0.5);
    const onTime = cellOf(planted100('north-on-time'));
    expect(onTime.verdict).toBe('not-met');
    expect(onTime.split.execution).toBeLessThan(-1.5);
    expect(cellOf(planted100('northwest-courtesy')).verdict).not.toBe('not-met');
  });

  test('learns from the funded cells, tells drift by the unfunded, and offers it to the next plan', async () => {
    expect(view.control!.cells).toBe(plan.cells.length - EFFECTS.length - view.missing);
    const repair = view.learnt.find(({ indicator }) => indicator === 'SQ1')!;
    expect(repair.offered).toBeLessThan(1);
    const { scheme } = plan.input;
    const next = await session.call('plan.options', { year: 2027, channel: 'in-house', scheme });
    expect(next.learnt[0]).toMatchObject({ plan: plan.id, year: 2026 });
    expect((await session.call('plan.get', { plan: plan.id! })).state).toBe('assessed');
  });

  test('follows the running year against its milestones', async () => {
    const progress = await session.call('plan.progress', { plan: plan.id! });
    expect(progress.quarters.map(({ measured }) => measured)).toEqual([true, true, true, false]);
    expect(progress.probability).toBeGreaterThanOrEqual(0);
    expect(progress.probability).toBeLessThanOrEqual(1);
    expect(progress.quarters[3]!.score).not.toBeNull();
  });
});
