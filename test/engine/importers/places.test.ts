import { expect, test } from 'vitest';
import { nearestNames, placeKey } from '../../../electron/engine/importers/places.ts';

test('non-breaking, zero-width and full-width characters do not make another name', () => {
  const key = placeKey('A店(北京)');
  for (const name of ['Ａ店（北京）', 'A\u200b店(北京)', 'A店\u00a0( 北京 )', '\ufeffa店【北京】'])
    expect(placeKey(name)).toBe(key);
  expect(placeKey('New  York')).toBe('new york');
});

test('the nearest three come best first, a name that contains the other before the rest', () => {
  const known = ['延安市', '延边朝鲜族自治州', '伊犁哈萨克自治州', '北京市', '海口市'];
  expect(nearestNames('延边', known).map(({ name }) => name)).toEqual(['延边朝鲜族自治州', '延安市']);
  expect(nearestNames('伊犁', known)[0]).toEqual({ name: '伊犁哈萨克自治州', distance: 1 });
  expect(nearestNames('北京', known)[0]!.name).toBe('北京市');
  expect(
    nearestNames('上汽大众浦东一店', ['上汽大众浦东二店', '上汽大众浦西一店', '一汽', '上汽大众浦东一店'], 3),
  ).toEqual([
    { name: '上汽大众浦东一店', distance: 0 },
    { name: '上汽大众浦东二店', distance: 1 },
    { name: '上汽大众浦西一店', distance: 1 },
  ]);
  expect(nearestNames('', known)).toEqual([]);
});
