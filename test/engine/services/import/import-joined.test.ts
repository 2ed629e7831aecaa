import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { JoinedColumns, StudyMapping } from '../../../../shared/domain/study-mapping.ts';
import { type Session, testSession } from '../../../support/engine-session.ts';

const HEADER = '经销商代码,城市,日期,总体满意度,环境满意度,服务满意度';
const CHOICES = ['价格', '品牌', '朋友推荐'];

/** Forty respondents; the boxes of the row come from its number, every tenth row was not asked. */
function survey(columns: readonly string[], cells: (row: number) => readonly string[]): string {
  const rows = Array.from({ length: 40 }, (_, i) => {
    const scores = [6 + (i % 5), 5 + (i % 6), 7 + (i % 3)];
    return [
      `D${i % 3}`,
      '上海',
      `2026-05-${String((i % 27) + 1).padStart(2, '0')}`,
      ...scores,
      ...cells(i),
    ].join(',');
  });
  return [`${HEADER},${columns.join(',')}`, ...rows].join('\n');
}

const boxes = (i: number) => (i % 10 === 0 ? ['', '', ''] : [i & 1, (i >> 1) & 1, (i >> 2) & 1].map(String));
const spread = CHOICES.map((choice, i) => `Q5_${i + 1} 购车原因_${choice}`);

function write(session: Session, file: string, content: string): string {
  const path = join(session.folder, file);
  writeFileSync(path, content);
  return path;
}

function joinedMapping(mapping: StudyMapping, joined: JoinedColumns): StudyMapping {
  const attribute = {
    column: joined.name,
    code: 'reason',
    label: { zh: '购车原因', en: 'Reason' },
    values: {},
    missing: [],
    multiple: { separator: '|' },
  };
  return {
    ...mapping,
    table: { ...mapping.table, joined: [joined] },
    attributes: [
      ...mapping.attributes.filter((one) => !joined.columns.some(({ column }) => column === one.column)),
      attribute,
    ],
  };
}

async function counts(session: Session): Promise<[string, number | null][]> {
  const table = await session.call('explore.table', {
    scheme: (await session.call('catalog.get', {})).schemes[0]!.id,
    rows: [{ kind: 'attribute', code: 'reason' }],
    filters: { channel: 'in-house', indicator: '总体满意度' },
    measures: ['n'],
  });
  return table.rows.map(({ labels }, i) => [labels.at(-1)!.zh, table.cells[i]![0]?.values[0] ?? null]);
}

describe('a question with several answers over several columns', () => {
  test('is proposed, previewed, imported and counted like one column', async () => {
    const session = await testSession();
    const path = write(session, '2026Q2.csv', survey(spread, boxes));
    const preview = await session.call('import.preview', { path });
    expect(preview.joinable).toEqual([
      {
        name: 'Q5 购车原因',
        columns: spread.map((column, i) => ({ column, choice: CHOICES[i] })),
        chosen: ['1'],
        empty: [],
      },
    ]);
    const mapping = joinedMapping(preview.mapping!, preview.joinable[0]!);
    const again = await session.call('import.preview', { path, mapping });
    expect(again.headers.at(-1)).toBe('Q5 购车原因');
    expect(again.columns['Q5 购车原因']).toMatchObject({ choicesBy: '|' });
    expect(again.joinable).toEqual([]);
    const at = again.mapping!.attributes.findIndex(({ code }) => code === 'reason');
    expect(again.rows.slice(0, 8).map(({ meaning }) => meaning!.attributes[at]?.zh ?? null)).toEqual([
      null,
      '价格',
      '品牌',
      '价格、品牌',
      '朋友推荐',
      '价格、朋友推荐',
      '品牌、朋友推荐',
      '价格、品牌、朋友推荐',
    ]);
    await session.call('import.commit', { path, mapping });
    const asked = Array.from({ length: 40 }, (_, i) => i).filter((i) => i % 10 !== 0);
    const chose = (bit: number) => asked.filter((i) => (i >> bit) & 1).length;
    expect(Object.fromEntries(await counts(session))).toMatchObject(
      Object.fromEntries(CHOICES.map((choice, bit) => [choice, chose(bit)])),
    );
  });

  test('is joined again in the next file, also where its columns were renumbered', async () => {
    const session = await testSession();
    const first = write(session, '2026Q2.csv', survey(spread, boxes));
    const { mapping, joinable } = await session.call('import.preview', { path: first });
    await session.call('import.commit', { path: first, mapping: joinedMapping(mapping!, joinable[0]!) });
    const renumbered = CHOICES.map((choice, i) => `Q6_${i + 1} 购车原因_${choice}`);
    const path = write(session, '2026Q3.csv', survey(renumbered, boxes).replaceAll('2026-05', '2026-07'));
    const preview = await session.call('import.preview', { path });
    expect(preview.mappingProblems).toEqual([]);
    expect(preview.mapping!.table.joined).toMatchObject([
      { name: 'Q5 购车原因', columns: renumbered.map((column, i) => ({ column, choice: CHOICES[i] })) },
    ]);
    expect(preview.basis!.gone).toEqual([]);
    const at = preview.mapping!.attributes.findIndex(({ code }) => code === 'reason');
    expect(preview.rows[3]!.meaning!.attributes[at]!.zh).toBe('价格、品牌');
  });

  test('a file without one of its columns is told so', async () => {
    const session = await testSession();
    const path = write(session, '2026Q2.csv', survey(spread, boxes));
    const { mapping, joinable } = await session.call('import.preview', { path });
    const less = write(
      session,
      '2026Q3.csv',
      survey(spread.slice(0, 2), (i) => boxes(i).slice(0, 2)),
    );
    const preview = await session.call('import.preview', {
      path: less,
      mapping: joinedMapping(mapping!, joinable[0]!),
    });
    expect(preview.mappingProblems.map(({ en }) => en)).toEqual([
      `the file has no column "${spread[2]}"; choose another one, or leave it out`,
    ]);
  });

  test('rows kept out are corrected in the columns of the file', async () => {
    const session = await testSession();
    const text = survey(spread, boxes).replace('2026-05-04', '2026-13-04');
    const path = write(session, '2026Q2.csv', text);
    const { mapping, joinable } = await session.call('import.preview', { path });
    const given = joinedMapping(mapping!, joinable[0]!);
    const batch = await session.call('import.commit', { path, mapping: given, acceptGoodRows: true });
    const target = join(session.folder, 'correct.csv');
    expect(await session.call('import.exportQuarantine', { batch: batch.id, target })).toEqual({ rows: 1 });
    const kept = readFileSync(target, 'utf8');
    expect(kept.split(/\r?\n/)[0]).not.toContain('Q5 购车原因');
    const fixed = write(
      session,
      'fixed.csv',
      kept.replace('2026-13-04', '2026-05-04').replace(',1,1,0,', ',0,0,1,'),
    );
    const preview = await session.call('import.preview', { path: fixed });
    expect(preview.counts).toMatchObject({ accepted: 1, rejected: 0 });
    expect(preview.rows[0]!.meaning!.attributes.at(-1)!.zh).toBe('朋友推荐');
    await session.call('import.commit', { path: fixed });
    const again = await session.call('import.preview', { path });
    expect(again.duplicateOf).toBe(batch.id);
  });
});
