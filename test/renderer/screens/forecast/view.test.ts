import { describe, expect, it } from 'vitest';
import { flagNotes, forcedOn, outcomeOf, whyWords } from '../../../../renderer/screens/forecast/view.ts';
import { say } from '../../../../renderer/text/both.ts';
import { forecastText } from '../../../../renderer/text/forecast.ts';
import type { ForecastRow, SeriesView } from '../../../../shared/calls/forecast.ts';
import { buildDictionary, PANEL_SHAPE } from '../../../../shared/domain/forecast/kernel.ts';

const text = say(forecastText, 'en');
const { kernels } = buildDictionary(PANEL_SHAPE);

const row = (actual: number | null) =>
  ({ low95: 70, high95: 80, actual: actual === null ? null : { score100: actual } }) as ForecastRow;

describe('a forecast in words', () => {
  it('gives a reason for every curve of the method', () => {
    const said = kernels.map((kernel) =>
      whyWords({ curve: kernel.id, history: 12, curveWeight: 0.7 }, kernel.name.en, text),
    );
    for (const [i, sentence] of said.entries()) {
      expect(sentence).toMatch(
        /^From 12 quarters of scores.*".+" \(clearly better than the others\): .{10,}\.$/,
      );
      expect(sentence.includes('the same quarter of each year')).toBe(kernels[i]!.season > 0);
      expect(sentence.includes('rises or falls steadily')).toBe(kernels[i]!.trend === 'line');
    }
  });

  it('says how firmly the curve leads', () => {
    const said = (curveWeight: number) =>
      whyWords({ curve: kernels[0]!.id, history: 5, curveWeight }, 'x', text);
    expect(said(0.4)).toContain('ahead of the others');
    expect(said(0.1)).toContain('several do about as well');
  });

  it('tells where the actual came, and leaves unknown flags out', () => {
    expect([81, 69, 75, null].map((actual) => outcomeOf(row(actual)))).toEqual([
      'above',
      'below',
      'inside',
      null,
    ]);
    expect(flagNotes(['break', 'of-tomorrow'], text)).toEqual(['The questionnaire changed']);
  });
});

it('a curve forced upon a series brings its own band, and one without a band changes nothing', () => {
  const curve = {
    id: 'linear',
    name: { zh: '直线', en: 'Straight line' },
    note: { zh: '', en: '' },
    fitted: [{ quarter: 8100, value: 70 }],
    next: 72,
    band: { low80: 71, high80: 73, low95: 70, high95: 74, errors: 40 },
    refusal: null,
    pastError: 1,
    pastQuarters: 8,
  };
  const series = { quarter: 8101, forecast: null, curves: [curve, { ...curve, id: 'drift', band: null }] };
  const forced = forcedOn(series as unknown as SeriesView, 'linear').forecast!;
  expect(forced).toMatchObject({ point: 72, low95: 70, high80: 73, curve: 'linear', fitted: curve.fitted });
  expect(forcedOn(series as unknown as SeriesView, 'drift').forecast).toBeNull();
  expect(forcedOn(series as unknown as SeriesView, null).forecast).toBeNull();
});
