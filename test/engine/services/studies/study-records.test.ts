import { describe, expect, test } from 'vitest';
import { parseQuarter } from '../../../../shared/domain/quarter.ts';
import type { StudyMappingInput } from '../../../../shared/domain/study-mapping.ts';
import { type Session, testSession } from '../../../support/engine-session.ts';
import { respondents, responsesMapping, writeResponses } from '../../../support/survey-files.ts';

const Q1 = parseQuarter('2026Q1')!;

async function load(session: Session, quarter: string, mapping: StudyMappingInput = responsesMapping()) {
  const path = writeResponses(session.folder, `${quarter}.csv`, respondents(quarter, 120));
  return session.call('import.commit', { path, mapping });
}

describe('studies', () => {
  test('have waves with what came in, and take who made them and when', async () => {
    const session = await testSession();
    await load(session, '2026Q1');
    await load(session, '2026Q2');
    const [study] = await session.call('studies.list', {});
    expect(study).toMatchObject({
      code: 'own',
      period: 'quarter',
      questionnaires: [{ items: 3, attributes: 1 }],
    });
    expect(study!.waves.map(({ quarter, respondents: n, asked }) => [quarter, n, asked])).toEqual([
      [Q1, 120, 3],
      [Q1 + 1, 120, 3],
    ]);
    const overview = () => session.call('overview.get', { scheme: 2, scope: 'overall' });
    const before = await overview();
    const wave = study!.waves[1]!.id;
    const dates = { fieldworkFrom: '2026-04-01', fieldworkTo: '2026-06-20' };
    await session.call('studies.wave', { wave, ...dates, provider: 'Agency B' });
    await session.call('studies.update', {
      study: study!.id,
      name: { zh: '自有', en: 'Own' },
      provider: 'Agency A',
    });
    const [now] = await session.call('studies.list', {});
    expect(now).toMatchObject({ name: { zh: '自有', en: 'Own' }, provider: 'Agency A' });
    expect(now!.waves.map(({ provider }) => provider)).toEqual(['Agency A', 'Agency B']);
    expect(now!.waves[1]).toMatchObject(dates);
    const { channels } = await overview();
    expect(channels).toEqual(before.channels);
    const log = await session.call('audit.list', {});
    expect(log.map(({ action, detail }) => [action, detail]).slice(0, 2)).toEqual([
      [
        'study.update',
        expect.objectContaining({ after: { nameZh: '自有', nameEn: 'Own', provider: 'Agency A' } }),
      ],
      ['wave.update', expect.objectContaining({ after: { ...dates, provider: 'Agency B' } })],
    ]);
  });

  test('refuse a fieldwork that ends before it starts, and change nothing', async () => {
    const session = await testSession();
    await load(session, '2026Q1');
    const [study] = await session.call('studies.list', {});
    const before = session.hash('whole');
    const wave = study!.waves[0]!.id;
    const dates = { fieldworkFrom: '2026-04-02', fieldworkTo: '2026-04-01', provider: null };
    expect((await session.fault('studies.wave', { wave, ...dates })).code).toBe('fieldwork-dates');
    expect((await session.fault('studies.wave', { ...dates, wave: 99 })).code).toBe('wave-unknown');
    expect(session.hash('whole')).toBe(before);
  });

  test('show a change of provider as a break of the trend', async () => {
    const session = await testSession();
    await load(session, '2026Q1');
    await load(session, '2026Q2');
    const breaks = async () =>
      (await session.call('overview.get', { scheme: 2, scope: 'overall' })).trends[0]!.breaks;
    expect(await breaks()).toEqual([]);
    const [study] = await session.call('studies.list', {});
    const { id: wave } = study!.waves[1]!;
    await session.call('studies.update', { study: study!.id, name: study!.name, provider: 'A' });
    expect(await breaks()).toEqual([]);
    await session.call('studies.wave', { wave, fieldworkFrom: null, fieldworkTo: null, provider: 'B' });
    expect(await breaks()).toEqual([{ quarter: Q1 + 1, label: { zh: '执行方改为B', en: 'Provider: B' } }]);
  });
});

describe('an item that a wave did not ask', () => {
  test('is a gap with a break, never a zero, and its weight goes to what was asked', async () => {
    const session = await testSession();
    await load(session, '2026Q1');
    const without = responsesMapping({ questionnaire: '2026-short' });
    without.items = without.items.filter(({ indicator }) => indicator !== 'B');
    await load(session, '2026Q2', without);
    await load(session, '2026Q3');
    const of = async (indicator: string) =>
      (await session.call('overview.get', { scheme: 2, scope: 'overall', indicator })).trends[0]!;
    const item = await of('B');
    expect(item.points.map(({ score }) => score === null)).toEqual([false, true, false]);
    expect(item.breaks.map(({ quarter, label }) => [quarter - Q1, label.zh])).toEqual([
      [1, '问卷改为 2026-short 版；本波次未问'],
      [2, '问卷改为 2026 版；重新开始提问'],
    ]);
    const score = async (indicator: string) => (await of(indicator)).points[1]!.score!.score100;
    expect(await score('')).toBeCloseTo((3 * (await score('A')) + 1.5 * (await score('C'))) / 4.5, 9);
    const coverage = await session.call('studies.coverage', { channel: 'in-house' });
    expect(coverage.rows.map(({ code, asked }) => [code, asked.join(' ')])).toEqual([
      ['A', 'true true true'],
      ['B', 'true false true'],
      ['C', 'true true true'],
    ]);
  });
});

describe('a questionnaire', () => {
  test('shows its questions, and takes other words without touching a figure', async () => {
    const session = await testSession();
    const mapping = responsesMapping();
    mapping.attributes![0]!.values = { f: { zh: '女', en: 'Female' } };
    await load(session, '2026Q1', mapping);
    const [study] = await session.call('studies.list', {});
    const { id } = study!.questionnaires[0]!;
    const get = () => session.call('questionnaires.get', { questionnaire: id });
    const { questions } = await get();
    expect(
      questions.map(({ code, scale, reversed, missing, group }) => [code, scale, reversed, missing, group]),
    ).toEqual([
      ['A', { min: 1, max: 10 }, false, [98, 99], null],
      ['B', { min: 1, max: 5 }, true, [9], null],
      ['C', { min: 0, max: 100 }, false, [], null],
      ['sex', null, false, [], 'demographics'],
    ]);
    const { version } = { version: (await session.call('app.status', {})).database!.dataVersion };
    const values = [
      { value: 'f', label: { zh: '女性', en: 'Women' } },
      { value: 'm', label: { zh: '男性', en: 'Men' } },
    ];
    const label = { zh: '性别', en: 'Gender' };
    await session.call('questionnaires.question', {
      question: questions[3]!.id,
      label,
      group: 'customer-traits',
      values,
    });
    expect((await get()).questions[3]).toMatchObject({ label, group: 'customer-traits', values });
    const twice = [...values, { value: ' m', label: { zh: '其他', en: 'Other' } }];
    await expect(
      session.call('questionnaires.question', { question: questions[3]!.id, label, values: twice }),
    ).rejects.toThrow();
    expect((await get()).questions[3]).toMatchObject({ values });
    expect((await session.call('app.status', {})).database!.dataVersion).toBe(version);
  });

  test('starts the next version from the last one, words as edited, and shows what changed', async () => {
    const session = await testSession();
    await load(session, '2026Q1');
    const [study] = await session.call('studies.list', {});
    const { id } = study!.questionnaires[0]!;
    const { questions } = await session.call('questionnaires.get', { questionnaire: id });
    const label = { zh: '等候时间', en: 'Waiting time' };
    await session.call('questionnaires.question', { question: questions[0]!.id, label });
    const made = await session.call('questionnaires.draft', { from: id, version: '2027', name: 'own 2027' });
    expect(made).toMatchObject({ name: 'own 2027', questionnaire: '2027', study: 'own' });
    const compare = () =>
      session.call('questionnaires.compare', {
        before: { questionnaire: id },
        after: { mapping: 'own 2027' },
      });
    expect(await compare()).toMatchObject({ changes: [], same: 4 });
    const draft = await session.call('mappings.get', { name: 'own 2027' });
    expect(draft.items[0]!.label).toEqual(label);
    draft.items[1]!.scale.max = 7;
    draft.items[2]!.indicator = 'D';
    draft.indicators.push({
      code: 'D',
      role: 'item',
      parent: 'CSI',
      name: { zh: '新项', en: 'New' },
      weight: 1,
    });
    draft.attributes = [];
    await session.call('mappings.save', { name: 'own 2027', mapping: draft });
    const found = await compare();
    expect(found.changes.map(({ role, kinds }) => [role, kinds.join()])).toEqual([
      ['item', 'scale'],
      ['item', 'moved'],
      ['attribute', 'removed'],
    ]);
    expect(found.same).toBe(1);
    expect(found.indicatorNames.D).toEqual({ zh: '新项', en: 'New' });
    // The wizard takes the draft as it is.
    const path = writeResponses(session.folder, 'next.csv', respondents('2026Q2', 50));
    const batch = await session.call('import.commit', { path, mappingName: 'own 2027' });
    expect(batch.questionnaire).toBe('2027');
    const again = { from: id, version: '2027', name: 'x' };
    expect((await session.fault('questionnaires.draft', again)).code).toBe('questionnaire-exists');
  });
});
