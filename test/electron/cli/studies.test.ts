import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ExploreTable } from '../../../shared/calls/explore.ts';
import type { Overview } from '../../../shared/calls/overview.ts';
import type { SampleInfo } from '../../../shared/calls/samples.ts';
import type { QuestionnaireComparison, QuestionnaireView, StudyView } from '../../../shared/calls/studies.ts';
import type { TraceView } from '../../../shared/calls/trace.ts';
import type { MarginChoice, WeightingView } from '../../../shared/calls/weightings.ts';
import type { Rescoring, WeightSetDetail, WeightSetView } from '../../../shared/calls/weights.ts';
import type { TreeChange } from '../../../shared/domain/indicator-tree.ts';
import { type Session, startSession } from '../../support/engine-session.ts';
import { respondents, responsesMapping, writeResponses } from '../../support/survey-files.ts';

const CLI = join(import.meta.dirname, '../../../electron/cli.ts');

describe('studies, weights and weightings from the command line', () => {
  let session: Session;

  beforeAll(async () => {
    session = await startSession();
    await session.call('import.commit', {
      path: writeResponses(session.folder, 'a.csv', respondents('2026Q2', 400)),
      mapping: responsesMapping(),
    });
    const { rows } = await session.call('weights.get', { weightSet: 1 });
    await session.call('weights.save', {
      note: 'trial',
      rows: rows.map(({ share: _, asked: __, ...row }) => ({
        ...row,
        weight: row.code === 'A' ? 9 : row.weight,
      })),
    });
    await session.call('app.close', {});
  });
  afterAll(() => session.close());

  const run = (...args: string[]) => {
    const where = ['--db', join(session.folder, 'work.csi'), '--data', session.folder];
    const ended = spawnSync(process.execPath, [CLI, ...where, ...args], { encoding: 'utf8' });
    expect([ended.status, ended.stderr.replace(/\s*Overall satisfaction 2026Q2\s*/, '')]).toEqual([0, '']);
    return ended.stdout;
  };
  const csi = <T>(...args: string[]) => JSON.parse(run('--json', ...args)) as T;

  it('lists studies and versions', () => {
    expect(csi<StudyView[]>('studies')).toMatchObject([{ code: 'own', waves: [{ respondents: 400 }] }]);
    expect(csi<WeightSetView[]>('weights').map(({ note, current }) => [note, current])).toEqual([
      ['trial', false],
      ['Own study', true],
    ]);
  });

  it('compares, re-scores and chooses versions', () => {
    expect(csi<TreeChange[]>('weights', 'diff', '1', '2').map(({ code }) => code)).toEqual(['A', 'B', 'C']);
    const [own] = csi<Rescoring[]>('weights', 'rescore', '2');
    const { scores, difference } = own!.periods[0]!;
    expect(difference).toBe(scores[1]!.score100 - scores[0]!.score100);
    expect(csi<WeightSetView>('weights', 'use', '2')).toMatchObject({ version: 2, current: true });
    expect(csi<Overview>('overview').channels[0]!.score!.score100).toBe(scores[1]!.score100);
  });

  it('lists what can be raked by, and keeps a raking to a table', () => {
    const choices = csi<MarginChoice[]>('rake');
    expect(choices.map(({ dimension }) => dimension)).toContain('attribute:sex');
    const targets = join(session.folder, 'targets.csv');
    writeFileSync(targets, 'attribute,category,share\nSex,f,60\nSex,m,40\nRegion,East,25\nRegion,South,75\n');
    const kept = csi<WeightingView>('rake', '--targets', targets, '--cap', '8', '--save', 'two margins');
    expect(kept).toMatchObject({ name: 'two margins', definition: { cap: 8 } });
    expect(
      kept.diagnostics.margins.map(({ categories }) => categories.map(({ after }) => Math.round(after))),
    ).toEqual([
      [25, 75],
      [60, 40],
    ]);
  });

  it('refuses targets that name nothing', () => {
    const targets = join(session.folder, 'wrong.csv');
    writeFileSync(targets, 'attribute,category,share\nSex,x,60\nSex,m,40\n');
    const where = ['--db', join(session.folder, 'work.csi'), '--data', session.folder, '--language', 'en'];
    const ended = spawnSync(process.execPath, [CLI, ...where, 'rake', '--targets', targets], {
      encoding: 'utf8',
    });
    expect([ended.status, ended.stderr]).toEqual([
      1,
      expect.stringContaining('1 row of the targets names nothing that is there: Sex · x'),
    ]);
  });

  it('makes figures on a named sample, a weighting and another version, as the engine does', async () => {
    csi('samples', 'save', 'women', '--filter', 'sex=f');
    const [sample] = csi<SampleInfo[]>('samples');
    const [weighting] = csi<WeightingView[]>('rake', '--kept');
    const basis = { sample: sample!.id, weighting: weighting!.id, weightSet: 1 };
    const chosen = ['--sample', 'women', '--weighting', 'two margins', '--weights', '1'];
    const overview = csi<Overview>('overview', ...chosen);
    const table = csi<ExploreTable>('explore', '--rows', 'region', ...chosen);
    const traced = csi<TraceView>('trace', ...chosen);
    await session.call('app.open', { path: join(session.folder, 'work.csi') });
    const scheme = (await session.call('catalog.get', {})).schemes.find((one) => one.regions > 0)!.id;
    expect(overview).toEqual(await session.call('overview.get', { scheme, scope: 'overall', basis }));
    const asked = { scheme, rows: [{ kind: 'scope' as const, level: 'region' as const }], basis };
    expect(table).toEqual(await session.call('explore.table', asked));
    expect(traced.score).toEqual(overview.channels[0]!.score);
    expect(traced.score!.n).toBeLessThan(400);
    await session.call('app.close', {});
  });

  it('shows a questionnaire, the tree, and a version from a table', () => {
    const [own] = csi<{ id: number; items: number }[]>('questionnaires');
    expect(csi<QuestionnaireView>('questionnaires', 'show', `${own!.id}`).questions.length).toBeGreaterThan(
      own!.items,
    );
    expect(csi<QuestionnaireComparison>('questionnaires', 'diff', `${own!.id}`, `${own!.id}`)).toMatchObject({
      changes: [],
    });
    const table = join(session.folder, 'weights.csv');
    writeFileSync(table, 'indicator,weight\nA,5\n');
    expect(csi<WeightSetView>('weights', 'add', table, '--note', 'from a table')).toMatchObject({
      version: 3,
    });
    const { rows } = csi<WeightSetDetail>('weights', 'show', '3');
    expect(rows.find(({ code }) => code === 'A')).toMatchObject({ weight: 5 });
    expect(run('--language', 'en', 'studies', '--coverage')).toContain('●');
  });

  it('prints scores on the scale that was asked for', () => {
    const score = csi<Overview>('overview').channels[0]!.score!.score100;
    const printed = (display: string) => run('--csv', '--language', 'en', 'overview', '--display', display);
    expect(printed('harmonised')).toContain(score.toFixed(1));
    expect(printed('thousand')).toContain((10 * score).toFixed(0));
    expect(printed('levels')).toContain((1.2 * score - 60).toFixed(1));
  });
});
