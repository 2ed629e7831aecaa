import { expect, test } from 'vitest';
import { isOverdue } from '../../../../shared/domain/alert/overdue.ts';

test('a case is overdue after its day unless it is closed', () => {
  expect(isOverdue({ state: 'explained', due: '2026-10-01' }, '2026-10-02')).toBe(true);
  expect(isOverdue({ state: 'explained', due: '2026-10-01' }, '2026-10-01')).toBe(false);
  expect(isOverdue({ state: 'closed', due: '2026-10-01' }, '2026-10-02')).toBe(false);
  expect(isOverdue({ state: 'new', due: null }, '2026-10-02')).toBe(false);
});
