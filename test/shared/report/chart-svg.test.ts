import { expect, test } from 'vitest';
import { chartSvg, niceScale } from '../../../shared/report/chart-svg.ts';
import type { ChartSpec } from '../../../shared/report/document.ts';

const FRAME = { width: 300, height: 100, fontFamily: 'Noto Sans SC' };
const HUNDRED = { min: 0, max: 100, places: 1 };
const SPEC: ChartSpec = {
  scale: HUNDRED,
  labels: ['2026Q1', '2026Q2', '2026Q3', '2026Q4'],
  lines: [{ role: 'dealer', name: '本店', values: [71, null, 73, null] }],
  bands: [{ at: 3, point: 74, lo80: 72, hi80: 76, lo95: 70, hi95: 78, emphasis: true }],
  breaks: [{ at: 2, label: '<改版&>' }],
};

test.each([
  [[71.2, 78.9], { lo: 70, hi: 80, step: 5 }],
  [[80, 80], { lo: 78, hi: 82, step: 2 }],
  [[], { lo: 0, hi: 100, step: 50 }],
  [[-5, 140], { lo: 0, hi: 100, step: 50 }],
  [[99.5, 100], { lo: 97, hi: 100, step: 1 }],
])('rounds the scale around %j', (values, scale) => {
  expect(niceScale(values)).toEqual(scale);
});

test('breaks a line at a gap, dots every measured point and draws each band once as a fan and a box', () => {
  const svg = chartSvg(SPEC, FRAME);
  expect(svg.match(/<circle/g)).toHaveLength(2);
  expect(svg.match(/<polygon/g)).toHaveLength(2);
  expect(svg.match(/<rect/g)).toHaveLength(2);
  expect(svg).toMatch(/<path d="M[\d. ]+M[\d. ]+" fill="none"/);
});

test('escapes labels, stays inside its frame and holds no number that is none', () => {
  const svg = chartSvg(SPEC, FRAME);
  expect(svg).toContain('&lt;改版&amp;&gt;');
  expect(svg).not.toMatch(/NaN|Infinity|undefined/);
  for (const [, x] of svg.matchAll(/ (?:x|cx|x1|x2)="([\d.]+)"/g)) expect(Number(x)).toBeLessThanOrEqual(300);
  for (const [, y] of svg.matchAll(/ (?:y|cy|y1|y2)="([\d.]+)"/g)) expect(Number(y)).toBeLessThanOrEqual(100);
});

test('draws the empty grid for nothing', () => {
  const svg = chartSvg({ scale: HUNDRED, labels: [], lines: [], bands: [], breaks: [] }, FRAME);
  expect(svg).not.toMatch(/NaN|Infinity/);
  expect(svg.match(/<line/g)).toHaveLength(3);
});
