import { spawnSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AssessmentView, PlanInfo, PlanProgress } from '../../../shared/calls/plan.ts';
import type { PlanView } from '../../../shared/domain/plan/plan-facts.ts';
import type { Session } from '../../support/engine-session.ts';
import { MANY, withStudy } from '../../support/plan-study.ts';

const CLI = join(import.meta.dirname, '../../../electron/cli.ts');

describe('plans from the command line', () => {
  let session: Session;

  beforeAll(async () => {
    session = await withStudy(MANY, [2024, 2025, 2026]);
    await session.call('app.close', {});
  });
  afterAll(() => session.close());

  const csi = <T>(...args: string[]): T => {
    const where = ['--db', join(session.folder, 'work.csi'), '--data', session.folder, '--json'];
    const ended = spawnSync(process.execPath, [CLI, ...where, ...args], { encoding: 'utf8' });
    expect(ended.stderr).toBe('');
    return JSON.parse(ended.stdout) as T;
  };

  it('suggests, keeps, exports and assesses a plan', () => {
    const floors = join(session.folder, 'floors.csv');
    writeFileSync(floors, 'area,indicator,floor\nNorth,Item A,72\n');
    const common = ['--year', '2026', '--uplift', '1', '--level', 'region', '--assumptions', floors];
    const plan = csi<PlanView>('plan', ...common, '--save', 'Next year', '--approve');
    expect(plan).toMatchObject({ id: 1, name: 'Next year', state: 'approved', outcome: 'solved' });
    const cell = plan.cells.find((one) => one.area === 'region:North' && one.indicator === 'A')!;
    expect(cell.floor).toBe(72);
    expect(cell.target).toBeGreaterThanOrEqual(72 - 1e-9);
    expect(csi<PlanInfo[]>('plans')).toMatchObject([{ id: 1, name: 'Next year' }]);
    const out = join(session.folder, 'plan.pdf');
    csi('plan-export', '1', '--out', out);
    expect(existsSync(out)).toBe(true);
    const spent = join(session.folder, 'spent.csv');
    writeFileSync(spent, 'area,indicator,spent%\nNorth,Item A,0\n');
    const { progress, assessment } = csi<{ progress: PlanProgress; assessment: AssessmentView }>(
      'assess',
      '1',
      '--spent',
      spent,
      '--keep',
    );
    expect(progress.quarters.every(({ measured }) => measured)).toBe(true);
    expect(assessment.plan.state).toBe('assessed');
    const assessed = assessment.cells.find((one) => one.area === 'region:North' && one.indicator === 'A')!;
    expect(assessed.spentUnits).toBe(0);
    expect(assessed.split.execution).toBeLessThan(0);
  });
});
