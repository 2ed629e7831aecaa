import { describe, expect, it } from 'vitest';
import { counted } from '../../../shared/domain/counted.ts';

describe('a counted noun', () => {
  it('is singular for one alone', () => {
    expect(['0', '1', '2', '11', '1,001'].map((n) => counted(n, 'dealer'))).toEqual([
      '0 dealers',
      '1 dealer',
      '2 dealers',
      '11 dealers',
      '1,001 dealers',
    ]);
  });

  it('takes an irregular plural, and a verb along', () => {
    expect([counted(1, 'city', 'cities'), counted(2, 'city', 'cities')]).toEqual(['1 city', '2 cities']);
    expect([counted(1, 'row was', 'rows were'), counted(0, 'row was', 'rows were')]).toEqual([
      '1 row was',
      '0 rows were',
    ]);
  });
});
