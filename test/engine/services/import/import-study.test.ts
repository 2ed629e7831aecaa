import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { connectReader } from '../../../../electron/engine/store/database.ts';
import { parseQuarter } from '../../../../shared/domain/quarter.ts';
import type { StudyMappingInput } from '../../../../shared/domain/study-mapping.ts';
import { type Session, testSession } from '../../../support/engine-session.ts';
import {
  DEALERS,
  RESPONSE_HEADER,
  respondents,
  responseLines,
  responsesMapping,
  scoreLines,
  scoresMapping,
  writeResponses,
  writeScores,
} from '../../../support/survey-files.ts';

const q = (text: string) => parseQuarter(text)!;

/** Everything that a user can see of the figures. */
async function everyFigure(session: Session): Promise<unknown> {
  const { schemes, ...catalog } = await session.call('catalog.get', {});
  const scheme = schemes.find((one) => one.regions > 0)!.id;
  const tree = await session.call('scopes.tree', { scheme });
  const codes = ['', ...catalog.indicators.filter((one) => one.role !== 'index').map((one) => one.code)];
  const overviews = [];
  for (const { id } of tree)
    for (const { channel } of catalog.channels)
      for (const indicator of codes)
        overviews.push(await session.call('overview.get', { scheme, scope: id, channel, indicator }));
  const { counts } = (await session.call('app.status', {})).database!;
  return { schemes, catalog, tree, overviews, counts };
}

describe('a preview', () => {
  test('counts what a commit would load, shows what rows mean, and writes nothing', async () => {
    const session = await testSession();
    const rows = respondents('2026Q2', 300);
    const lines = responseLines(rows);
    lines[4] = lines[4]!.replace(/^[^,]*/, rows[0]!.id);
    lines[9] = 'X9,2026-05-01,NEW,新店,火星市,East,1,5,3,50,f';
    const path = join(session.folder, 'a.csv');
    writeFileSync(path, [RESPONSE_HEADER, ...lines, ',,,,,,,,,,'].join('\n'));
    const before = session.hash('whole');
    const preview = await session.call('import.preview', { path, mapping: responsesMapping() });
    expect(session.hash('whole')).toBe(before);
    expect(preview.counts).toEqual({
      read: 301,
      accepted: 298,
      rejected: 2,
      quarters: [{ quarter: q('2026Q2'), rows: 298 }],
      newDealers: DEALERS.length,
      newCities: 6,
      loadedBefore: 0,
      loadedBatches: [],
      skipLoaded: true,
      leftByChoice: 0,
      blank: 1,
    });
    expect(preview.issues).toMatchObject([
      { code: 'duplicate-key', row: 6, column: 'id', value: rows[0]!.id },
      { code: 'unknown-place', row: 11, column: 'city', value: '火星市' },
    ]);
    expect(preview.issueTotals.map(({ code, count }) => [code, count])).toEqual([
      ['duplicate-key', 1],
      ['unknown-place', 1],
    ]);
    expect(preview.unmatched).toMatchObject([{ name: '火星市', rows: 1 }]);
    expect(preview.unmatched[0]!.nearest).toHaveLength(3);
    const [first] = preview.rows;
    expect(first).toMatchObject({
      row: 2,
      rejected: false,
      meaning: { quarter: '2026Q2', weight: rows[0]!.weight, answers: [rows[0]!.a, rows[0]!.b, rows[0]!.c] },
    });
    expect(preview.rows[4]).toMatchObject({ rejected: true, meaning: null });
  });

  test('says what is wrong with a mapping before it reads on', async () => {
    const session = await testSession();
    const path = writeResponses(session.folder, 'a.csv', respondents('2026Q2', 5));
    const mapping = responsesMapping({ weight: { column: 'wt' } });
    mapping.items[0]!.indicator = 'Z';
    const preview = await session.call('import.preview', { path, mapping });
    expect(preview.mappingProblems.map(({ en }) => en)).toEqual([
      'the file has no column "wt"; choose another one, or leave it out',
      'there is no indicator "Z"',
    ]);
    expect(preview.rows).toHaveLength(5);
    expect((await session.fault('import.commit', { path, mapping })).code).toBe('import-mapping');
  });

  test('points at the batch that holds the same file', async () => {
    const session = await testSession();
    const path = writeResponses(session.folder, 'a.csv', respondents('2026Q2', 50));
    const batch = await session.call('import.commit', { path, mapping: responsesMapping() });
    const preview = await session.call('import.preview', { path, mapping: responsesMapping() });
    expect(preview.duplicateOf).toBe(batch.id);
    await session.call('import.undo', { batch: batch.id });
    expect(
      (await session.call('import.preview', { path, mapping: responsesMapping() })).duplicateOf,
    ).toBeNull();
  });
});

describe('a commit', () => {
  test('is all or nothing, unless the user takes the good rows after the preview', async () => {
    const session = await testSession();
    const lines = responseLines(respondents('2026Q2', 100));
    lines[7] = `X1,2026-04-31,NEW,新店,杭州市,East,1,5,3,50,f`;
    lines[8] = `X2,2026-04-30,NEW2,新店二,苏州市,Fresh,1,11,3,50,f`;
    const path = join(session.folder, 'a.csv');
    writeFileSync(path, [RESPONSE_HEADER, ...lines].join('\n'));
    const before = session.hash('whole');
    const refused = await session.fault('import.commit', { path, mapping: responsesMapping() });
    expect(refused).toMatchObject({
      code: 'import-rejected-rows',
      details: {
        rejected: 2,
        accepted: 98,
        issue: 'date-impossible',
        row: 9,
        column: 'date',
        value: '2026-04-31',
      },
    });
    expect(refused.message.zh).toContain('2026-04-31');
    expect(refused.message.en).toContain('row 9');
    expect(session.hash('whole')).toBe(before);
    const batch = await session.call('import.commit', {
      path,
      mapping: responsesMapping(),
      acceptGoodRows: true,
    });
    expect(batch).toMatchObject({ rowsRead: 100, rowsLoaded: 98, rowsRejected: 2, state: 'committed' });
    // What only rejected rows named is not there.
    const { counts } = (await session.call('app.status', {})).database!;
    expect(counts.dealers).toBe(DEALERS.length);
    const scheme = (await session.call('catalog.get', {})).schemes.find((one) => one.regions > 0)!;
    expect(scheme.regions).toBe(4);
  });

  test('refuses a file that is in already, whatever its name', async () => {
    const session = await testSession();
    const path = writeResponses(session.folder, 'a.csv', respondents('2026Q2', 50));
    const copy = join(session.folder, 'renamed.csv');
    writeFileSync(copy, readFileSync(path));
    const { id } = await session.call('import.commit', { path, mapping: responsesMapping() });
    const before = session.hash('whole');
    expect(await session.fault('import.commit', { path: copy, mapping: responsesMapping() })).toMatchObject({
      code: 'import-duplicate',
      details: { file: 'renamed.csv', batch: id, when: '2026-11-21' },
    });
    expect(session.hash('whole')).toBe(before);
  });

  test('refuses scores of a unit and quarter that the study holds already', async () => {
    const session = await testSession();
    const lines = scoreLines('2026Q1');
    await session.call('import.commit', {
      path: writeScores(session.folder, 'a.csv', lines),
      mapping: scoresMapping(),
    });
    const corrected = writeScores(session.folder, 'b.csv', [
      ...scoreLines('2026Q2', 5),
      lines[3]!.replace(/,\d+$/, ',59'),
    ]);
    const before = session.hash('whole');
    expect(await session.fault('import.commit', { path: corrected, mapping: scoresMapping() })).toMatchObject(
      {
        code: 'import-rejected-rows',
        details: { issue: 'duplicate-key', row: DEALERS.length + 2, rejected: 1 },
      },
    );
    expect(session.hash('whole')).toBe(before);
  });

  test('leaves nothing when it is cancelled', async () => {
    const session = await testSession();
    const path = writeResponses(session.folder, 'a.csv', respondents('2026Q2', 20_000));
    const before = session.hash('whole');
    session.engine.subscribe((event) => {
      if (event.name === 'job.progress') void session.engine.call('jobs.cancel', { job: 'import' });
    });
    const error = await session.fault('import.commit', { path, mapping: responsesMapping(), job: 'import' });
    expect(error.code).toBe('job-cancelled');
    expect(session.hash('whole')).toBe(before);
    expect((await session.call('app.status', {})).database?.dataVersion).toBe(0);
    expect(await session.call('import.batches', {})).toEqual([]);
  });

  test('refuses another scale for a question of the same questionnaire', async () => {
    const session = await testSession();
    const first = writeResponses(session.folder, 'a.csv', respondents('2026Q1', 60));
    const second = writeResponses(session.folder, 'b.csv', respondents('2026Q2', 60, 2));
    await session.call('import.commit', { path: first, mapping: responsesMapping() });
    const mapping = responsesMapping();
    mapping.items[0]!.scale = { min: 0, max: 10 };
    const error = await session.fault('import.commit', { path: second, mapping });
    expect(error.code).toBe('import-mapping');
    expect(error.message.en).toContain('"A" has another scale');
    const batch = await session.call('import.commit', {
      path: second,
      mapping: { ...mapping, questionnaire: '2026b' },
    });
    expect(batch.questionnaire).toBe('2026b');
  });

  test('keeps who answered apart from the answers, under a pseudonym', async () => {
    const session = await testSession();
    const path = join(session.folder, 'a.csv');
    const lines = responseLines(respondents('2026Q2', 40)).map((line, i) => `${line},王${i},138000000${i}`);
    writeFileSync(path, [`${RESPONSE_HEADER},who,phone`, ...lines].join('\n'));
    const mapping = responsesMapping({
      identity: [
        { column: 'who', kind: 'name' },
        { column: 'phone', kind: 'phone' },
      ],
    });
    await session.call('import.commit', { path, mapping });
    const reader = connectReader(join(session.folder, 'work.csi'));
    try {
      const rows = reader.prepare<[], { pseudonym: string }>('SELECT pseudonym FROM people').all();
      expect(new Set(rows.map(({ pseudonym }) => pseudonym)).size).toBe(40);
      expect(rows[0]!.pseudonym).toMatch(/^[0-9a-f]{64}$/);
      const variables = reader
        .prepare<[], string>('SELECT DISTINCT variable FROM answer_vectors')
        .pluck()
        .all();
      expect(variables.filter((name) => /who|phone/.test(name))).toEqual([]);
      expect(JSON.stringify(await session.call('audit.list', {}))).not.toContain('王');
    } finally {
      reader.close();
    }
  });
});

describe('an undo', () => {
  test('gives back the exact former figures, with two studies on the same dealers and indicators', async () => {
    const session = await testSession();
    const own = writeResponses(session.folder, 'own.csv', respondents('2026Q1', 900));
    const scores = writeScores(session.folder, 'scores.csv', scoreLines('2026Q1'));
    const next = writeResponses(session.folder, 'next.csv', respondents('2026Q2', 900, 2));
    await session.call('import.commit', { path: own, mapping: responsesMapping() });
    await session.call('import.commit', { path: scores, mapping: scoresMapping() });
    const figures = await everyFigure(session);
    const hash = session.hash();
    // The third brings a dealer, a city, an item, a factor and a weight of its own.
    const mapping = widened(responsesMapping());
    const more = join(session.folder, 'more.csv');
    writeFileSync(
      more,
      `${readFileSync(next, 'utf8').replaceAll(/$/gm, ',7').replace(/,7/, ',d')}\nZ1,2026-05-02,NEW,新店,苏州市,Fresh,1,5,3,50,f,9`,
    );
    const batch = await session.call('import.commit', { path: more, mapping });
    expect(session.hash()).not.toBe(hash);
    expect(await everyFigure(session)).not.toEqual(figures);
    const undone = await session.call('import.undo', { batch: batch.id });
    expect(undone).toMatchObject({ state: 'undone', undoneAt: expect.any(String) });
    expect(session.hash()).toBe(hash);
    expect(await everyFigure(session)).toEqual(figures);
    expect(await session.fault('import.undo', { batch: batch.id })).toMatchObject({ code: 'batch-undone' });
  });

  test.each([[[1, 2, 3]], [[3, 1, 2]], [[2, 3, 1]]])(
    'of everything, in the order %j, leaves an empty database',
    async (order) => {
      const session = await testSession();
      const empty = session.hash();
      const files: [string, StudyMappingInput][] = [
        [writeResponses(session.folder, 'a.csv', respondents('2026Q1', 300)), responsesMapping()],
        [writeScores(session.folder, 'b.csv', scoreLines('2026Q1')), scoresMapping()],
        [writeResponses(session.folder, 'c.csv', respondents('2026Q2', 300, 2)), responsesMapping()],
      ];
      for (const [path, mapping] of files) await session.call('import.commit', { path, mapping });
      for (const batch of order) await session.call('import.undo', { batch });
      expect(session.hash()).toBe(empty);
      expect((await session.call('app.status', {})).database!.counts).toEqual({
        studies: 0,
        batches: 0,
        responses: 0,
        reportedScores: 0,
        dealers: 0,
      });
      expect((await session.call('catalog.get', {})).channels).toEqual([]);
    },
  );

  test('of the first import leaves the figures of the second as if it had come alone', async () => {
    const both = await testSession();
    const alone = await testSession();
    for (const session of [both, alone]) {
      const first = writeResponses(session.folder, 'a.csv', respondents('2026Q1', 400));
      // The same dealers in the same order: regions stand in the order in which they first appear.
      const second = writeResponses(session.folder, 'b.csv', respondents('2026Q2', 400));
      if (session === both) await session.call('import.commit', { path: first, mapping: responsesMapping() });
      await session.call('import.commit', { path: second, mapping: responsesMapping() });
    }
    await both.call('import.undo', { batch: 1 });
    expect(await everyFigure(both)).toEqual(await everyFigure(alone));
  });

  test('says beforehand what rests on the batch', async () => {
    const session = await testSession();
    for (const [i, quarter] of ['2025Q2', '2025Q3', '2025Q4', '2026Q1', '2026Q2'].entries())
      await session.call('import.commit', {
        path: writeResponses(session.folder, `${quarter}.csv`, respondents(quarter, 300, i + 1)),
        mapping: responsesMapping(),
      });
    await session.call('forecast.run', { scheme: 2 });
    await session.call('plan.save', { scheme: 2, year: 2026, channel: 'in-house', uplift: 1, name: '草案' });
    const preview = await session.call('import.undoPreview', { batch: 5 });
    expect(preview).toMatchObject({
      batch: { id: 5 },
      forecasts: [{ quarter: q('2026Q2') }, { quarter: q('2026Q3') }],
      plans: [{ name: '草案' }],
    });
    expect(await session.call('import.undoPreview', { batch: 5 })).toEqual(preview);
    expect((await session.call('import.batches', {}))[0]).toMatchObject({ id: 5, state: 'committed' });
  });

  test('lets a study that was described wrongly be imported anew', async () => {
    const session = await testSession();
    const path = writeResponses(session.folder, 'a.csv', respondents('2026Q2', 60));
    const wrong = responsesMapping();
    wrong.study.channel = 'lost-customer';
    const { id } = await session.call('import.commit', { path, mapping: wrong });
    expect(await session.fault('import.commit', { path, mapping: responsesMapping() })).toMatchObject({
      code: 'import-duplicate',
    });
    await session.call('import.undo', { batch: id });
    await session.call('import.commit', { path, mapping: responsesMapping() });
    const { channels } = await session.call('catalog.get', {});
    expect(channels.map(({ channel }) => channel)).toEqual(['in-house']);
  });
});

/** The mapping with an item under a factor of its own. */
function widened(mapping: StudyMappingInput): StudyMappingInput {
  const name = { zh: '新', en: 'new' };
  return {
    ...mapping,
    items: [...mapping.items, { column: 'd', indicator: 'D', scale: { min: 1, max: 10 } }],
    indicators: [
      ...mapping.indicators!,
      { code: 'G', role: 'factor', parent: 'CSI', name },
      { code: 'D', role: 'item', parent: 'G', name, weight: 4 },
    ],
  };
}

describe('a mapping', () => {
  test('that was saved with an import is found again for the next file', async () => {
    const session = await testSession();
    const first = writeResponses(session.folder, 'a.csv', respondents('2026Q1', 60));
    const second = writeResponses(session.folder, 'b.csv', respondents('2026Q2', 60, 2));
    await session.call('import.commit', { path: first, mapping: responsesMapping(), saveMappingAs: '自有' });
    expect(await session.call('mappings.list', {})).toMatchObject([
      { name: '自有', study: 'own', channel: 'in-house', questionnaire: '2026' },
    ]);
    const preview = await session.call('import.preview', { path: second });
    expect(preview).toMatchObject({ mappingName: '自有', counts: { accepted: 60 } });
    expect(preview.mapping).toEqual(await session.call('mappings.get', { name: '自有' }));
    await session.call('import.commit', { path: second, mappingName: '自有' });
    expect(await session.call('mappings.delete', { name: '自有' })).toEqual({ deleted: true });
    expect(await session.call('mappings.delete', { name: '自有' })).toEqual({ deleted: false });
  });

  test('is guessed with counties below states, and says which rows have no scores', async () => {
    const session = await testSession();
    const path = join(session.folder, 'hospitals 2026Q2.csv');
    const rows = Array.from(
      { length: 30 },
      (_, i) => `P${i},AL,DALLAS,SELMA ${i},${i < 4 ? ',' : `${1 + (i % 5)},120`}`,
    );
    writeFileSync(path, ['provider_id,state,county,city,comfort rating,sample size', ...rows].join('\n'));
    const preview = await session.call('import.preview', { path });
    expect(preview.mapping?.place).toMatchObject({
      region: { column: 'state' },
      province: { column: 'county' },
      city: { column: 'city' },
      scheme: { code: 'regions' },
    });
    expect(preview.counts).toMatchObject({ read: 30, accepted: 26, rejected: 0, blank: 4 });
  });

  test('is guessed from headers and values where nothing was saved', async () => {
    const session = await testSession();
    const path = join(session.folder, '售后 2026Q2.csv');
    const lines = Array.from(
      { length: 60 },
      (_, i) =>
        `S${i},2026-05-${10 + (i % 9)},D${i % 3},${['上海', '杭州', '北京'][i % 3]},${1 + (i % 10)},${1 + (i % 5)},${'男女'[i % 2]},${(i % 7) + 1}`,
    );
    writeFileSync(
      path,
      ['样本编号,回访日期,经销商代码,城市,总体评价,交车及时,性别,权重', ...lines].join('\n'),
    );
    const preview = await session.call('import.preview', { path });
    expect(preview.mappingProblems).toEqual([]);
    expect(preview.mapping).toMatchObject({
      kind: 'responses',
      period: { kind: 'date', column: '回访日期' },
      place: { dealerCode: { column: '经销商代码' }, city: { column: '城市' }, geography: 'national' },
      respondent: { column: '样本编号' },
      weight: { column: '权重' },
      items: [
        { column: '总体评价', scale: { min: 1, max: 10 } },
        { column: '交车及时', scale: { min: 1, max: 5 } },
      ],
      attributes: [{ column: '性别' }],
    });
    expect(preview.counts).toMatchObject({ accepted: 60, rejected: 0, newDealers: 3, newCities: 3 });
    const batch = await session.call('import.commit', { path, mapping: preview.mapping! });
    expect(batch.rowsLoaded).toBe(60);
  });
});
