import { describe, expect, it } from 'vitest';
import { type PlanRule, readRules } from '../../../../shared/domain/plan/rules.ts';

const rule = (area: string, indicator: string, rest: Partial<PlanRule>): PlanRule => ({
  area,
  indicator,
  source: 'given',
  ...rest,
});

describe('rules of a plan', () => {
  it('let the more specific speak, and of equals the later', () => {
    const read = readRules([
      rule('N', 'A', { ceiling: 91 }),
      rule('', '', { ceiling: 99, floor: 60 }),
      rule('N', '', { ceiling: 97 }),
      rule('', 'A', { ceiling: 95 }),
      rule('', 'A', { ceiling: 94, source: 'learnt' }),
    ]);
    expect(read('N', 'A', 'ceiling')).toEqual({ value: 91, source: 'given', reach: 0 });
    expect(read('S', 'A', 'ceiling')).toEqual({ value: 94, source: 'learnt', reach: 1 });
    expect(read('N', 'B', 'ceiling')?.value).toBe(97);
    expect(read('S', 'B', 'ceiling')?.value).toBe(99);
    expect(read('N', 'A', 'floor')?.value).toBe(60);
    expect(read('N', 'A', 'cap')).toBeUndefined();
  });

  it('keep zero apart from nothing', () => {
    expect(readRules([rule('N', 'A', { lockExtra: 0 })])('N', 'A', 'lockExtra')?.value).toBe(0);
  });
});
