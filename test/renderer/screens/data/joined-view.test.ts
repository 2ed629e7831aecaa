import { describe, expect, test } from 'vitest';
import {
  joinedWith,
  joinGap,
  stillJoinable,
  withJoined,
  withoutJoined,
} from '../../../../renderer/screens/data/joined-view.ts';
import { blankMapping, withRoles } from '../../../../renderer/screens/data/mapping-view.ts';
import type { JoinedColumns } from '../../../../shared/domain/study-mapping.ts';

const REASONS: JoinedColumns = {
  name: 'Q5 原因',
  columns: [
    { column: 'Q5_1', choice: '价格' },
    { column: 'Q5_2', choice: '品牌' },
  ],
  chosen: ['1'],
  empty: [],
};
const start = ['Q5_1', 'Q5_2', '性别'].reduce(
  (mapping, column) => withRoles(mapping, column, ['attribute']),
  blankMapping('a.csv'),
);

describe('joining columns in the wizard', () => {
  test('the parts lose their own uses and one attribute of several answers takes their place', () => {
    const made = withJoined(start, REASONS);
    expect(made.attributes.map(({ column, multiple }) => [column, multiple])).toEqual([
      ['性别', undefined],
      ['Q5 原因', { separator: '|' }],
    ]);
    expect(made.attributes[1]!.code).toBe('Q5_原因');
    expect(joinedWith(made, 'Q5_2')).toBe('Q5 原因');
    expect(stillJoinable(made, [{ ...REASONS, name: 'Q5' }])).toEqual([]);
    expect(withoutJoined(made, 'Q5 原因')).toMatchObject({ table: {}, attributes: [{ column: '性别' }] });
  });

  test('a renamed question keeps the wording of its answers', () => {
    const made = withJoined(start, REASONS);
    made.attributes[1]!.values = { 价格: { zh: '价格', en: 'Price' } };
    const renamed = withJoined(made, { ...REASONS, name: '购车原因' }, 'Q5 原因');
    expect(renamed.table.joined!.map(({ name }) => name)).toEqual(['购车原因']);
    expect(renamed.attributes.at(-1)).toMatchObject({
      column: '购车原因',
      values: { 价格: { en: 'Price' } },
    });
  });

  test('a question needs a name of its own, two columns and a mark', () => {
    const known = { headers: ['Q5_1', 'Q5_2'], others: ['Q6'] };
    expect(joinGap(REASONS, known)).toBe(null);
    expect(joinGap({ ...REASONS, name: ' ' }, known)).toBe('name');
    expect(joinGap({ ...REASONS, name: 'Q5_1' }, known)).toBe('name');
    expect(joinGap({ ...REASONS, name: 'Q6' }, known)).toBe('name');
    expect(joinGap({ ...REASONS, columns: REASONS.columns.slice(1) }, known)).toBe('columns');
    expect(joinGap({ ...REASONS, chosen: [] }, known)).toBe('marks');
  });
});
