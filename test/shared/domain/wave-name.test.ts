import { expect, test } from 'vitest';
import { waveOf } from '../../../shared/domain/wave-name.ts';

test.each([
  ['2016Q2', '2016Q2', ''],
  ['满意度 2016年第二季度', '2016Q2', '满意度'],
  ['2016年3季度 / 推荐度', '2016Q3', '推荐度'],
  ['Q1 2017 CSI', '2017Q1', 'CSI'],
  ['2016-03', '2016-03', ''],
  ['2016年12月得分', '2016-12', '得分'],
  ['2016年', '2016', ''],
])('the header %s is the wave %s of "%s"', (header, wave, measure) => {
  expect(waveOf(header)).toEqual({ wave, measure });
});

test('headers without a year from 1990 to 2099 name no wave', () => {
  for (const header of ['经销商', '16Q2', '1234', 'Q3']) expect(waveOf(header)).toBeUndefined();
});
