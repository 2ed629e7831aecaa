import { describe, expect, test } from 'vitest';
import { proposeJoined } from '../../../shared/domain/join-proposal.ts';

const column = (header: string, values: string, free = true, label = '', filled = 100) => ({
  header,
  label,
  values: values.split(','),
  filled,
  free,
});

describe('columns that look like one question with several answers', () => {
  test('boxes under a numbered question are named by what tells them apart', () => {
    expect(
      proposeJoined([
        column('满意度', '7,8,9'),
        column('Q5_1 购车原因_价格', '0,1'),
        column('Q5_2 购车原因_品牌', '1,0'),
        column('Q5_3 购车原因_朋友推荐', '0,1'),
        column('备注', 'ok'),
      ]),
    ).toEqual([
      {
        name: 'Q5 购车原因',
        columns: [
          { column: 'Q5_1 购车原因_价格', choice: '价格' },
          { column: 'Q5_2 购车原因_品牌', choice: '品牌' },
          { column: 'Q5_3 购车原因_朋友推荐', choice: '朋友推荐' },
        ],
        chosen: ['1'],
        empty: [],
      },
    ]);
  });

  test('choices in brackets and a code for skipped questions, as survey tools export them', () => {
    const [joined] = proposeJoined(
      ['价格', '品牌', '其他'].map((one) => column(`5、您购车的原因是？(${one})`, '0,1,-3')),
    );
    expect(joined).toMatchObject({ name: '5、您购车的原因是', chosen: ['1'], empty: ['-3'] });
    expect(joined!.columns.map(({ choice }) => choice)).toEqual(['价格', '品牌', '其他']);
  });

  test('yes and no, ticks, and 1 and 2 are boxes', () => {
    for (const [values, chosen] of [
      ['是,否', ['是']],
      ['√', ['√']],
      ['Y,N', ['Y']],
      ['1,2', ['1']],
    ] as const)
      expect(proposeJoined(['a', 'b', 'c'].map((one) => column(`Q5_${one}`, values)))[0]?.chosen).toEqual(
        chosen,
      );
  });

  test('columns that hold their own answer need no marks; a 0 beside it is empty', () => {
    expect(
      proposeJoined([
        column('reason_price', 'price,0'),
        column('reason_product', 'product,0'),
        column('x', 'a'),
      ]),
    ).toEqual([
      {
        name: 'reason',
        columns: [
          { column: 'reason_price', choice: '' },
          { column: 'reason_product', choice: '' },
        ],
        empty: ['0'],
      },
    ]);
    expect(proposeJoined([column('Q5_1', '1'), column('Q5_2', '2'), column('Q5_3', '3')])[0]?.chosen).toBe(
      undefined,
    );
  });

  test('first, second and third answer out of one list', () => {
    const [joined, ...more] = proposeJoined([
      column('信息来源1', '网络,电视,报纸'),
      column('信息来源2', '网络,报纸,展厅'),
      column('信息来源3', '电视,网络'),
    ]);
    expect(more).toEqual([]);
    expect(joined).toMatchObject({ name: '信息来源', columns: [{ column: '信息来源1' }, {}, {}] });
    expect(joined!.chosen).toBe(undefined);
  });

  test('codes of one list need a second answer that is given less often', () => {
    const codes = (fills: number[]) =>
      fills.map((fill, i) => column(`Q6_${i + 1}`, '11,12,13', true, '', fill));
    expect(proposeJoined(codes([100, 60, 20]))).toHaveLength(1);
    expect(proposeJoined(codes([100, 100, 100]))).toEqual([]);
  });

  test('labels speak where the headers are short', () => {
    const [joined] = proposeJoined(
      ['price', 'brand', 'advice'].map((one, i) =>
        column(`q5_${i + 1}`, '0,1', true, `Reason to buy: ${one}`),
      ),
    );
    expect(joined).toMatchObject({
      name: 'Reason to buy',
      columns: [{ column: 'q5_1', choice: 'price' }, {}, {}],
    });
  });

  test('two questions side by side stay two', () => {
    const names = ['A: Q5_1', 'A: Q5_2', 'A: Q5_3', 'A: Q6_1', 'A: Q6_2', 'A: Q6_3'];
    const found = proposeJoined(names.map((name) => column(name, '0,1')));
    expect(found.map(({ name, columns }) => [name, columns.length])).toEqual([
      ['A: Q5', 3],
      ['A: Q6', 3],
    ]);
  });

  test.each([
    ['ratings', ['Q5_1', 'Q5_2', 'Q5_3'].map((name) => column(name, '6,7,8,9'))],
    ['columns with another use', ['Q5_1', 'Q5_2', 'Q5_3'].map((name) => column(name, '0,1', false))],
    ['variables that share one letter', ['Q1', 'Q2', 'Q3'].map((name) => column(name, '0,1'))],
    ['headers without a common beginning', ['性别', '年龄', '学历'].map((name) => column(name, '0,1'))],
    ['two yes-no questions', ['is_member', 'is_owner'].map((name) => column(name, '0,1'))],
    ['amounts', ['里程1', '里程2'].map((name, i) => column(name, `${i}100,${i}200,${i}300`))],
    ['nothing', []],
  ])('%s are left alone', (_, columns) => {
    expect(proposeJoined(columns)).toEqual([]);
  });

  test('a name that the file has already gets a number', () => {
    const names = ['Q5', 'Q5_1', 'Q5_2', 'Q5_3'];
    expect(proposeJoined(names.map((name, i) => column(name, i === 0 ? 'a,b' : '0,1')))[0]?.name).toBe(
      'Q5 (2)',
    );
  });
});
