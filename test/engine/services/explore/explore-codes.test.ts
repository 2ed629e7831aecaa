import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Session, startSession } from '../../../support/engine-session.ts';
import { responsesMapping } from '../../../support/survey-files.ts';

const both = (zh: string, en: string) => ({ zh, en });

/** The same answers in two questionnaires: coded 1 and 2 in the first, M and F in the second. */
describe('an attribute whose codes changed between questionnaires', () => {
  let session: Session;
  let scheme: number;

  beforeAll(async () => {
    session = await startSession();
    for (const [questionnaire, date, codes] of [
      ['2025', '2025-05-10', { man: '1', woman: '2' }],
      ['2026', '2026-05-10', { man: 'M', woman: 'F' }],
    ] as const) {
      const rows = Array.from({ length: 60 }, (_, i) => {
        const woman = i % 3 === 0;
        return `${questionnaire}-${i},${date},D1,One,北京,North,1,${woman ? 9 : 7 - (i % 2)},1,50,${woman ? codes.woman : codes.man}`;
      });
      const path = join(session.folder, `${questionnaire}.csv`);
      writeFileSync(path, ['id,date,dealer,name,city,region,weight,a,b,c,sex', ...rows].join('\n'));
      const mapping = responsesMapping({
        questionnaire,
        attributes: [
          {
            column: 'sex',
            code: 'sex',
            label: both('性别', 'Sex'),
            values: { [codes.man]: both('男', 'Man'), [codes.woman]: both('女', 'Woman') },
          },
        ],
      });
      await session.call('import.commit', { path, mapping });
    }
    scheme = (await session.call('catalog.get', {})).schemes.find((one) => one.regions > 0)!.id;
  });
  afterAll(() => session.close());

  it('is one row for each answer, whatever its code', async () => {
    const found = await session.call('explore.table', {
      scheme,
      rows: [{ kind: 'attribute', code: 'sex' }],
      columns: [{ kind: 'time', grain: 'year' }],
      filters: { indicator: 'A' },
      measures: ['n'],
    });
    expect(found.rows.map((row) => row.labels[0]!.zh)).toEqual(['合计', '男', '女']);
    expect(found.cells.map((line) => line.map((cell) => cell?.values[0]))).toEqual([
      [120, 60, 60],
      [80, 40, 40],
      [40, 20, 20],
    ]);
  });

  it('is filtered and traced by any of its codes, and says the words once', async () => {
    for (const code of ['2', 'F']) {
      const attributes = [{ code: 'sex', values: [code] }];
      const found = await session.call('explore.table', {
        scheme,
        filters: { indicator: 'A', from: 2025 * 4, to: 2026 * 4 + 3, attributes },
        measures: ['n'],
      });
      expect(found.cells[0]![0]!.values[0]).toBe(40);
      expect(found.notes[0]!.zh).toContain('性别＝女');
      const behind = await session.call('trace.rows', {
        scheme,
        channel: 'in-house',
        from: 2025 * 4,
        to: 2026 * 4 + 3,
        indicator: 'A',
        attributes,
      });
      expect(behind.total).toBe(40);
      expect(new Set(behind.rows.flatMap((row) => row.attributes.map((one) => one.zh)))).toEqual(
        new Set(['女']),
      );
    }
  });

  it('is offered with each answer once', async () => {
    const { attributes } = await session.call('explore.options', { scheme });
    expect(attributes[0]!.values.map(({ label }) => label.en)).toEqual(['Man', 'Woman']);
  });
});
