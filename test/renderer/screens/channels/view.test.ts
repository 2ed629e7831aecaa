import { expect, test } from 'vitest';
import { apartRows, quarterRange } from '../../../../renderer/screens/channels/view.ts';
import type { PlaceChannels } from '../../../../shared/calls/channels.ts';
import { quarterOf } from '../../../../shared/domain/quarter.ts';

test('a range of quarters names its ends once', () => {
  const [first, last] = [quarterOf(2025, 1), quarterOf(2026, 3)];
  expect(quarterRange([first, first + 1, last])).toBe('2025Q1 – 2026Q3');
  expect(quarterRange([last])).toBe('2026Q3');
  expect(quarterRange([])).toBe('');
});

test('only rows in which a pair differs beyond chance stand apart', () => {
  const row = (indicator: string, significance: 'higher' | 'none') =>
    ({
      indicator,
      pairs: [{ first: 0, second: 1, difference: { points100: 2, p: 0.2, significance } }],
    }) as unknown as PlaceChannels['rows'][number];
  const view = { rows: [row('A', 'none'), row('B', 'higher')] } as PlaceChannels;
  expect(apartRows(view).map(({ indicator }) => indicator)).toEqual(['B']);
});
