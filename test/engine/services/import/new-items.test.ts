// Items that the indicator tree lacks: told before the import and in the log; nothing that was there changes by them.
import { expect, test } from 'vitest';
import { parseQuarter } from '../../../../shared/domain/quarter.ts';
import type { StudyMappingInput } from '../../../../shared/domain/study-mapping.ts';
import { type Session, testSession } from '../../../support/engine-session.ts';
import { importResponses } from '../../../support/small-studies.ts';
import {
  respondents,
  responsesMapping,
  scoreLines,
  scoresMapping,
  writeResponses,
  writeScores,
} from '../../../support/survey-files.ts';

const QUARTERS = ['2024Q3', '2024Q4', '2025Q1', '2025Q2', '2025Q3', '2025Q4'];

/** The third-party study asks item B under the factor, and a new one beside it. */
function withNewItem(): StudyMappingInput {
  const { items, indicators, ...rest } = scoresMapping();
  return {
    ...rest,
    items: [{ ...items![0]!, indicator: 'NEW' }, items![1]!],
    indicators: [
      ...indicators!,
      { code: 'NEW', role: 'item', parent: 'F', name: { zh: '新题', en: 'New item' }, weight: 6 },
    ],
  } as StudyMappingInput;
}

async function startedSession() {
  const session = await testSession();
  for (const [i, quarter] of QUARTERS.entries())
    await importResponses(session, respondents(quarter, 300, i + 1), `${quarter}.csv`);
  const { schemes } = await session.call('catalog.get', {});
  const scheme = schemes.find((one) => one.regions > 0)!.id;
  const path = writeScores(session.folder, 's.csv', scoreLines('2025Q4'));
  return { session, scheme, source: { path, mapping: withNewItem() } };
}

const indexOf = async (session: Session, scheme: number, channel: string, indicator = '') => {
  const view = await session.call('overview.get', { scheme, scope: 'overall', indicator });
  return view.channels.find((one) => one.channel === channel)?.score?.score100;
};

test('new items are told before the import, and leave the figures and forecasts of another study as they were', async () => {
  const { session, scheme, source } = await startedSession();
  await session.call('forecast.run', { scheme, quarters: 'all' });
  const before = await indexOf(session, scheme, 'in-house');
  const { newItems } = await session.call('import.preview', source);
  expect(newItems).toEqual({
    version: 1,
    measured: [],
    items: [{ code: 'NEW', name: { zh: '新题', en: 'New item' }, share: 6 / 8 }],
  });
  const batch = await session.call('import.commit', source);
  expect(batch.treeVersion).toBe(2);
  expect(await indexOf(session, scheme, 'in-house')).toBe(before);
  const { channels } = await session.call('quarter.close', { scheme });
  expect(channels.find((one) => one.channel === 'in-house')).toMatchObject({ stale: false });
  const [line] = await session.call('audit.list', { areas: ['data'] });
  expect(line!.detail).toMatchObject({
    before: { version: 1 },
    after: { version: 2, items: 'NEW' },
    counted: true,
  });
  const weights = (await session.call('import.preview', source)).newItems;
  expect(weights).toBeNull();
});

test('new items that wait have no weight: the index is that of the known ones until somebody weighs them', async () => {
  const { session, scheme, source } = await startedSession();
  const effect = await session.call('import.effect', { ...source, newItems: 'unweighted' });
  const batch = await session.call('import.commit', { ...source, newItems: 'unweighted' });
  const index = await indexOf(session, scheme, 'third-party');
  expect(index).toBe(await indexOf(session, scheme, 'third-party', 'B'));
  const foretold = effect.rows.find((row) => row.scope === 'overall' && row.indicator === '');
  expect(foretold!.after!.score100).toBe(index);
  expect(await indexOf(session, scheme, 'third-party', 'NEW')).toBeGreaterThan(0);
  expect(batch.treeVersion).toBe(2);
  const [set] = await session.call('weights.list', {});
  const { rows } = await session.call('weights.get', { weightSet: set!.id });
  expect(rows.find(({ code }) => code === 'NEW')).toMatchObject({ weight: 0, share: 0 });
});

test('a small study in a channel and quarter that are measured already is said to change the index there', async () => {
  const { session, scheme, source } = await startedSession();
  const { items, ...mapping } = responsesMapping();
  const small = {
    path: writeResponses(session.folder, 'small.csv', respondents('2025Q4', 40, 77)),
    mapping: {
      ...mapping,
      study: { ...mapping.study, code: 'small' },
      items: [{ ...items![0]!, indicator: 'NEW' }],
      indicators: source.mapping.indicators!,
    },
  };
  const { newItems } = await session.call('import.preview', small);
  expect(newItems).toMatchObject({ measured: [parseQuarter('2025Q4')!] });
  const before = await indexOf(session, scheme, 'in-house');
  const told = async (choice: 'weighted' | 'unweighted') => {
    const { rows } = await session.call('import.effect', { ...small, newItems: choice });
    return rows.find((row) => row.scope === 'overall' && row.indicator === '')!.after!.score100;
  };
  expect(await told('weighted')).not.toBe(before);
  expect(await told('unweighted')).toBe(before);
  await session.call('import.commit', { ...small, newItems: 'unweighted' });
  expect(await indexOf(session, scheme, 'in-house')).toBe(before);
});
