import { expect, test } from 'vitest';
import { tileName } from '../../../renderer/components/tile-name.ts';
import { PROVINCES } from '../../../shared/domain/geography.ts';

test('a name on a tile breaks into parts that a narrow tile holds, and reads as the name itself', () => {
  const written = PROVINCES.map((province) => tileName(province, 'en'));
  expect(written.map((name) => name.replaceAll('\u200b', ''))).toEqual(PROVINCES.map(({ nameEn }) => nameEn));
  expect(written.flatMap((name) => name.split(/[ \u200b]/)).filter((part) => part.length > 8)).toEqual([]);
  expect(PROVINCES.map((province) => tileName(province, 'zh-CN'))).toEqual(
    PROVINCES.map(({ shortName }) => shortName),
  );
});
