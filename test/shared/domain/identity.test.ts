import { describe, expect, test } from 'vitest';
import {
  customerKeys,
  maskIdentity,
  meansPerson,
  normalIdentity,
  personKey,
} from '../../../shared/domain/identity.ts';

describe('a person', () => {
  test('is the same by phone however it is written, with or without the country code', () => {
    const ways = [
      '13800001111',
      '138-0000-1111',
      '+86 138 0000 1111',
      '0086 13800001111',
      '１３８００００１１１１',
    ];
    expect(new Set(ways.map((phone) => personKey({ phone, name: phone })))).toEqual(
      new Set(['phone:13800001111']),
    );
  });

  test('is nobody else by name alone, and by the car where no phone is known', () => {
    expect(personKey({ name: '王芳' })).toBeNull();
    expect(personKey({ name: '王芳', phone: ' - ' })).toBeNull();
    expect(personKey({ name: '王芳', vin: 'lsv aa12345 6789012' })).toBe('vin:LSVAA123456789012');
  });

  test('is found by any part of what is known', () => {
    const person = { name: '王小芳', phone: '138-0000-1111', email: 'Wang@Example.com' };
    for (const typed of ['小芳', '00001111', 'wang@', '1380000 1111'])
      expect(meansPerson(person, typed)).toBe(true);
    for (const typed of ['李', '9999', '--', ' ', 'LSV00001111'])
      expect(meansPerson(person, typed)).toBe(false);
  });
});

test('a masked text keeps apart what has to be told apart and gives nothing more away', () => {
  expect(maskIdentity('name', '王小芳')).toBe('王**');
  expect(maskIdentity('name', '王')).toBe('王');
  expect(maskIdentity('phone', '138 0000 1111')).toBe('138****1111');
  expect(maskIdentity('phone', '1234')).toBe('1***');
  expect(maskIdentity('vin', 'LSVAA123456789012')).toBe('LSV****9012');
  expect(maskIdentity('email', 'wang@example.com')).toBe('w***@example.com');
  expect(maskIdentity('email', '')).toBe('***');
});

test('a number that names a customer may be a phone only where it holds no letters', () => {
  expect(customerKeys('138 0000-1111')).toEqual([
    { kind: 'phone', key: 'phone:13800001111' },
    { kind: 'vin', key: 'vin:1380000-1111' },
    { kind: 'number', key: 'customer:138 0000-1111' },
  ]);
  expect(customerKeys('LSV13800001111').map(({ kind }) => kind)).toEqual(['vin', 'number']);
  expect(customerKeys(' ')).toEqual([]);
});

test('a foreign number keeps its own country code', () => {
  expect(normalIdentity('phone', '+44 20 7946 0958')).toBe('442079460958');
});
