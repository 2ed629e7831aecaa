import { expect, it } from 'vitest';
import { parseQuarter } from '../../../../shared/domain/quarter.ts';
import { testSession } from '../../../support/engine-session.ts';
import { importResponses } from '../../../support/small-studies.ts';
import { respondents } from '../../../support/survey-files.ts';

const NOW = parseQuarter('2026Q3')!;

it('tells a small base of an earlier quarter neither by its own change nor by those beside it', async () => {
  const session = await testSession();
  const few = 5;
  const wave = (quarter: string, seed: number, ofX: number) =>
    respondents(quarter, 400 + ofX, seed).map((row, i) => ({
      ...row,
      sex: i < ofX ? 'x' : ['f', 'm'][i % 2]!,
    }));
  await importResponses(session, wave('2026Q2', 1, few), 'before.csv');
  await importResponses(session, wave('2026Q3', 2, 200), 'now.csv');
  const { schemes } = await session.call('catalog.get', {});
  const found = await session.call('explore.table', {
    scheme: schemes.find((one) => one.regions > 0)!.id,
    rows: [{ kind: 'attribute', code: 'sex' }],
    measures: ['score', 'change-previous'],
    filters: { channel: 'in-house', indicator: 'A', from: NOW, to: NOW },
  });
  const cells = new Map(found.rows.map((row, r) => [row.labels[0]!.zh, found.cells[r]![0]!]));
  expect([...cells.keys()].sort()).toEqual(['f', 'm', 'x', '合计'].sort());
  expect([...cells.values()].every((cell) => cell.values[0] !== null)).toBe(true);
  expect(cells.get('x')!.values[1]).toBeNull();
  const told = ['f', 'm', '合计'].filter((label) => cells.get(label)!.values[1] !== null);
  // With all three, the fourth would be a subtraction.
  expect(told).toHaveLength(2);
});
