import { expect, test } from 'vitest';
import { pseudonymizer, pseudonymOfText } from '../../../../electron/engine/services/import/pseudonym.ts';

test('the pseudonyms made for very many customers are those made one by one', () => {
  for (const secret of ['0f'.repeat(32), 'k', '长'.repeat(40), 'x'.repeat(64), 'x'.repeat(65)]) {
    const pseudonymOf = pseudonymizer(secret);
    for (const text of ['', 'vin:LSV1', 'phone:13800001111', '客户'.repeat(50)])
      expect(pseudonymOf(text)).toBe(pseudonymOfText(secret, text));
  }
});
