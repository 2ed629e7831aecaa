import { describe, expect, test } from 'vitest';
import {
  type ChannelScales,
  commonDisplay,
  displayUnit,
  type NumberWords,
  nativeScale,
  scoreFormat,
} from '../../../../shared/domain/score/score-format.ts';

const WORDS: NumberWords = {
  decimal: (value, places) => value.toFixed(places),
  signed: (value, places) => `${value >= 0 ? '+' : ''}${value.toFixed(places)}`,
  absent: '-',
};
const TEN = { min: 1, max: 10 };

describe('a score on the chosen scale', () => {
  test('is one figure in four ways, with its difference and margin scaled alike', () => {
    const printed = (['harmonised', 'native', 'thousand', 'levels'] as const).map((display) => {
      const as = scoreFormat(display, TEN, 'en', WORDS);
      return [as.score(75), as.points(-5), as.length(2), as.range(70, 80)];
    });
    expect(printed).toEqual([
      ['75.0', '-5.0', '2.0', '70.0 – 80.0'],
      ['7.75', '-0.45', '0.18', '7.30 – 8.20'],
      ['750', '-50', '20', '700 – 800'],
      ['30.0 Satisfied', '-6.0', '2.4', '24.0 – 36.0'],
    ]);
  });

  test('that is missing is what the host writes for it', () => {
    const as = scoreFormat('thousand', TEN, 'en', WORDS);
    expect([as.score(null), as.points(undefined), as.length(Number.NaN), as.value(null)]).toEqual([
      '-',
      '-',
      '-',
      null,
    ]);
  });
});

test('a scale is that of the indicator, else of the channel’s index, else 0-100', () => {
  const channels: ChannelScales[] = [
    { channel: 'third-party', scale: { min: 0, max: 1000 }, scales: {} },
    { channel: 'in-house', scale: { min: 1, max: 5 }, scales: { OSAT: TEN } },
  ];
  expect(nativeScale(channels, 'in-house', 'OSAT')).toEqual(TEN);
  expect(nativeScale(channels, 'in-house', 'F')).toEqual({ min: 1, max: 5 });
  expect(nativeScale(channels, null, '')).toEqual({ min: 0, max: 1000 });
  expect(nativeScale([], 'in-house', '')).toEqual({ min: 0, max: 100 });
});

test('tables of several scales keep every display but each study’s own', () => {
  expect((['harmonised', 'native', 'thousand', 'levels'] as const).map(commonDisplay)).toEqual([
    'harmonised',
    'harmonised',
    'thousand',
    'levels',
  ]);
  expect(displayUnit('native')).toEqual({ zh: '原量表', en: 'own scale' });
});
