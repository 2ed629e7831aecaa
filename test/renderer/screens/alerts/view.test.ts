import { describe, expect, it } from 'vitest';
import { scoreFormat } from '../../../../renderer/score-format.ts';
import {
  alertSentence,
  chanceWords,
  filterAlerts,
  NO_FILTER,
  overallSentence,
  reachWords,
} from '../../../../renderer/screens/alerts/view.ts';
import { alertText } from '../../../../renderer/text/alerts.ts';
import { say } from '../../../../renderer/text/both.ts';
import type { AlertView } from '../../../../shared/calls/alerts.ts';
import type { SurpriseRow } from '../../../../shared/calls/figure.ts';

const text = say(alertText, 'en');

type Listed = Pick<AlertView, 'id' | 'state' | 'direction' | 'kind'>;

const ALERT = {
  id: 1,
  kind: 'area' as const,
  direction: 'below' as const,
  actual100: 77.3,
  expected100: 81.7,
  low95: 80.1,
  high95: 83.2,
  state: 'new' as const,
};

const AS = scoreFormat('harmonised', { min: 0, max: 100 }, 'en');

describe('an alert in words', () => {
  it('says that the actual left its interval', () => {
    const said = alertSentence(ALERT, 'South', 'Overall satisfaction', text, AS);
    expect(said).toContain('came in at 77.3 points where 81.7 was expected');
    expect(said).toContain('outside the 95% expected interval (80.1 – 83.2)');
  });

  it('does not claim so where the actual stayed inside', () => {
    expect(alertSentence({ ...ALERT, actual100: 81 }, 'South', 'x', text, AS)).not.toContain('outside');
  });

  it('says what hides a change, and what the score is without that', () => {
    const masked = { ...ALERT, actual100: 81, adjusted100: 79.4 };
    const said = alertSentence(masked, 'South', 'x', text, AS);
    expect(said).toContain('only because what happened elsewhere hides it');
    expect(said).toContain('79.4, outside');
    expect(alertSentence({ ...masked, adjusted100: 80.5 }, 'South', 'x', text, AS)).not.toContain('hides');
  });

  it('states the whole before the particular', () => {
    const overall = (score100: number) =>
      ({ score: { score100 }, expected: { point: 80, low95: 78, high95: 82 } }) as SurpriseRow;
    expect(overallSentence(overall(81), 'In-house', text, AS)).toBe(
      'In-house overall: 81.0 points, 80.0 expected (95% interval 78.0 – 82.0): inside the expected interval.',
    );
    expect(overallSentence(overall(77), 'In-house', text, AS)).toContain('below the expected interval');
    expect(overallSentence(overall(83), 'In-house', text, AS)).toContain('above the expected interval');
  });

  it('puts chances as frequencies', () => {
    expect([0.00001, 0.0004, 0.003, 0.012].map((p) => chanceWords(p, text))).toEqual([
      'less than 1 in 10,000',
      'about 4 in 10,000',
      'about 3 in 1,000',
      'about 1 in 100',
    ]);
  });

  it('filters by state, direction and kind together', () => {
    const closed = { ...ALERT, id: 2, state: 'closed' as const };
    const above = { ...ALERT, id: 3, direction: 'above' as const };
    const ids = (filter: Partial<typeof NO_FILTER>) =>
      filterAlerts<Listed>([ALERT, closed, above], { ...NO_FILTER, ...filter }).map((alert) => alert.id);
    expect(ids({})).toEqual([1, 2, 3]);
    expect(ids({ state: 'new', direction: 'below' })).toEqual([1]);
    expect(ids({ kind: 'diffuse' })).toEqual([]);
  });
});

describe('work on alerts', () => {
  it('counts what is neither explained nor closed as open', () => {
    const states = ['new', 'acknowledged', 'explained', 'closed'] as const;
    const all = states.map((state, id) => ({
      id,
      state,
      direction: 'below' as const,
      kind: 'area' as const,
    }));
    const open = filterAlerts(all, { ...NO_FILTER, state: 'open' });
    expect(open.map(({ state }) => state)).toEqual(['new', 'acknowledged']);
  });

  it('says where nobody in particular is to blame', () => {
    const whole = { kind: 'diffuse', scopeLevel: 'overall', scope: 'overall', effects: [] } as const;
    const area = { kind: 'area', scopeLevel: 'region', scope: 'region:1', effects: [] } as const;
    expect(reachWords({ ...whole, effects: [] }, text)).toContain('nobody');
    expect(reachWords({ ...area, effects: [] }, text)).toContain('none of its areas');
    expect(reachWords({ ...area, effects: [], scopeLevel: 'dealer' }, text)).toBeNull();
    expect(reachWords({ ...area, effects: [], kind: 'area-indicator' }, text)).toBeNull();
    const name = { zh: '', en: '' };
    const inside = { scope: 'city:7', scopeName: name, indicator: '', indicatorName: name, points: -1 };
    expect(reachWords({ ...area, effects: [inside] }, text)).toBeNull();
  });
});
