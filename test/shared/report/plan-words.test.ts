import { expect, test } from 'vitest';
import { boundSentence, limitName, moveReasons } from '../../../shared/report/plan-words.ts';

test('a move is given the reasons that speak clearly for it, and one without is like the usual cell', () => {
  const reasons = [
    { factor: 'cost', ratio: 2 },
    { factor: 'room', ratio: 1.01 },
  ] as const;
  expect(moveReasons({ reasons: [...reasons] }, 'en')).toEqual(['1/2.0 of the cost']);
  expect(moveReasons({ reasons: [] }, 'zh-CN')).toEqual(['与一般项目相当']);
});

test('a limit is called by what it limits and where', () => {
  const guangdong = { zh: '广东', en: 'Guangdong' };
  expect(limitName({ kind: 'area-budget', name: guangdong }, 'en')).toBe('the budget of Guangdong');
  expect(limitName({ kind: 'item-target', name: guangdong }, 'zh-CN')).toBe('“广东”的目标');
  expect(limitName({ kind: 'total-budget', name: null }, 'zh-CN')).toBe('总预算');
  expect(boundSentence({ limit: 'ceiling', count: 3 }, 'zh-CN')).toBe('3 项已到单项上限');
  expect(boundSentence({ limit: 'locked', count: 3 }, 'en')).toBe('3 cells locked');
});
