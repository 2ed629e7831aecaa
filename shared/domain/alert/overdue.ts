/**
 * Whether what was promised for a day before `today` (ISO days, of the user's own calendar) is still to be done: a case
 * that is not closed. Without a day, or on the day itself, it is not.
 * Example: `isOverdue({ state: 'explained', due: '2026-10-01' }, '2026-10-02')` is true.
 */
export function isOverdue({ state, due }: { state: string; due: string | null }, today: string): boolean {
  return state !== 'closed' && due !== null && due < today;
}
