import { describe, expect, test } from 'vitest';
import { type DealerEdit, type DealerRecord, editDealer } from '../../../shared/domain/dealer-edit.ts';

const DEALER: DealerRecord = Object.freeze({
  code: 'D1',
  name: '一店',
  city: '4401',
  opened: '2020-05-01',
  closed: null,
  stays: [],
  successor: null,
  mergedFrom: null,
});
const FACTS = { today: '2026-11-21', lineOf: (code: string) => (code === 'D2' ? ['D2', 'D3'] : [code]) };
const after = (edit: DealerEdit, record: DealerRecord = DEALER) => editDealer(record, edit, FACTS);
const move = (city: string, from: string): DealerEdit => ({ kind: 'move', city, from });

describe('a step with a dealer', () => {
  test('a move keeps the former city until its day, and can be taken back exactly', () => {
    const moved = after(move('4403', '2025-04-01')) as DealerRecord;
    expect(moved).toEqual({ ...DEALER, city: '4403', stays: [{ until: '2025-04-01', city: '4401' }] });
    const twice = after(move('4408', '2026-01-01'), moved) as DealerRecord;
    expect(twice.stays.map(({ city }) => city)).toEqual(['4401', '4403']);
    expect(after({ kind: 'unmove' }, twice)).toEqual(moved);
    expect(after({ kind: 'unmove' }, moved)).toEqual(DEALER);
    expect(after({ kind: 'unmove' })).toBe('not-moved');
  });

  test('days must follow each other and lie behind us', () => {
    expect(after(move('4403', '2019-01-01'))).toBe('moved-before-opened');
    expect(after(move('4403', '2027-01-01'))).toBe('day-ahead');
    expect(after(move('4401', '2025-01-01'))).toBe('same-city');
    const moved = after(move('4403', '2025-04-01')) as DealerRecord;
    expect(after(move('4408', '2025-04-01'), moved)).toBe('moves-in-disorder');
    const closed = {
      kind: 'change',
      name: '一店',
      city: '4403',
      opened: null,
      closed: '2024-01-01',
    } as const;
    expect(after(closed, moved)).toBe('moved-after-closed');
    expect(after({ ...closed, city: '4401', opened: '2024-06-01' })).toBe('closed-before-opened');
  });

  test('another city in a change is a correction and leaves no stay', () => {
    const edit = { kind: 'change', name: '新店', city: '4403', opened: null, closed: null } as const;
    expect(after(edit)).toEqual({ ...DEALER, name: '新店', city: '4403', opened: null });
    expect(after({ ...edit, name: ' ' })).toBe('no-name');
  });

  test('a takeover closes the dealer, never runs in a circle, and can be taken back', () => {
    const merged = after({ kind: 'merge', into: 'D2', from: '2026-01-01' }) as DealerRecord;
    expect(merged).toMatchObject({ successor: 'D2', mergedFrom: '2026-01-01', closed: '2026-01-01' });
    expect(after({ kind: 'separate' }, merged)).toEqual(DEALER);
    expect(after({ kind: 'merge', into: 'D2', from: '2026-01-01' }, merged)).toBe('merged-already');
    const third = { ...DEALER, code: 'D3' };
    expect(after({ kind: 'merge', into: 'D2', from: '2026-01-01' }, third)).toBe('merged-with-itself');
    expect(after({ kind: 'merge', into: 'D1', from: '2026-01-01' })).toBe('merged-with-itself');
    expect(after({ kind: 'separate' })).toBe('not-merged');
  });

  test('a new dealer is as it was said', () => {
    const { stays: _, successor: __, mergedFrom: ___, ...said } = DEALER;
    expect(editDealer(undefined, { kind: 'add', ...said }, FACTS)).toEqual(DEALER);
  });
});
