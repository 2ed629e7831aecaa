import { expect, test } from 'vitest';
import { TextTable } from '../../../../electron/engine/services/losses/text-table.ts';
import { seededRandom } from '../../../../shared/math/random.ts';

test('every text has one position, however many there are and whatever they hold', () => {
  const table = new TextTable();
  const known = new Map<string, number>();
  const random = seededRandom(5);
  const odd = ['', '\0', '车架', '𠮷', '\ud800', 'a'.repeat(3000), 'vin:LSV1', 'vin:LSV10'];
  for (const text of odd) known.set(text, table.positionOf(text));
  for (let i = 0; i < 200_000; i++) {
    const text = `vin:LSV${random.whole(90_000)}`;
    const position = table.positionOf(text);
    expect(position === (known.get(text) ?? known.size)).toBe(true);
    known.set(text, position);
  }
  expect(table.size).toBe(known.size);
  expect([...table.texts()]).toEqual([...known.keys()]);
});
