import { describe, expect, it } from 'vitest';
import {
  alertSentence,
  chanceWords,
  filterAlerts,
  NO_FILTER,
} from '../../../../renderer/screens/alerts/view.ts';
import { alertText } from '../../../../renderer/text/alerts.ts';
import { say } from '../../../../renderer/text/both.ts';
import type { AlertView } from '../../../../shared/views.ts';

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

describe('an alert in words', () => {
  it('says that the actual left its interval', () => {
    const said = alertSentence(ALERT, 'South', 'Overall satisfaction', text);
    expect(said).toContain('came in at 77.3 points where 81.7 was expected');
    expect(said).toContain('outside the 95% expected interval (80.1 – 83.2)');
  });

  it('does not claim so where the actual stayed inside', () => {
    expect(alertSentence({ ...ALERT, actual100: 81 }, 'South', 'x', text)).not.toContain('outside');
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
