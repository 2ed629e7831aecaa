import { describe, expect, it } from 'vitest';
import {
  learntRules,
  ruleLines,
  settingsAt,
  shownValue,
  storedValue,
  withoutLine,
  withRule,
} from '../../../../renderer/screens/plan/rule-view.ts';

describe('rules on the screen', () => {
  it('replace what was set for the same place, and go when nothing is left', () => {
    const one = withRule([], 'region:N', 'A', { ceiling: 90 });
    const two = withRule(one, 'region:N', 'A', { ceiling: 92, note: 'seen' });
    expect(two).toEqual([{ area: 'region:N', indicator: 'A', source: 'given', ceiling: 92, note: 'seen' }]);
    expect(settingsAt(two, 'region:N', 'A')).toEqual({ ceiling: 92, note: 'seen' });
    expect(withRule(two, 'region:N', 'A', null)).toEqual([]);
    expect(withRule(two, 'region:N', 'A', { ceiling: undefined })).toEqual([]);
  });

  it('are listed number by number, each of which can be taken away', () => {
    const rules = withRule([], '', 'A', { ceiling: 90, lockExtra: 0.1 });
    const lines = ruleLines(rules);
    expect(lines.map(({ field, value }) => [field, value])).toEqual([
      ['ceiling', 90],
      ['lockExtra', 0.1],
    ]);
    const left = withoutLine(rules, lines[0]!);
    expect(ruleLines(left).map(({ field }) => field)).toEqual(['lockExtra']);
    expect(withoutLine(left, ruleLines(left)[0]!)).toEqual([]);
  });

  it('show shares in percent', () => {
    expect(shownValue('lockExtra', 0.1)).toBe(10);
    expect(storedValue('lockExtra', 10)).toBe(0.1);
    expect(storedValue('ceiling', 95)).toBe(95);
  });

  it('take what was learnt once, however often it is offered', () => {
    const effect = {
      indicator: 'A',
      name: { zh: 'A', en: 'A' },
      fundedCells: 2,
      value: 0.5,
      low: 0.2,
      high: 0.8,
    };
    const once = learntRules([], [{ ...effect, offered: 0.7 }]);
    const twice = learntRules(once, [{ ...effect, offered: 0.8 }]);
    expect(twice).toEqual([{ area: '', indicator: 'A', source: 'learnt', effectFactor: 0.8 }]);
  });
});
