import { describe, expect, it } from 'vitest';
import { bytes, count, decimal, duration, moment, probability, signed } from '../../renderer/format.ts';

describe('numbers on the page', () => {
  it('write a true minus, never a minus zero, and a dash for what is not there', () => {
    expect(decimal(-1.25)).toBe('−1.3');
    expect(decimal(-0.04)).toBe('0.0');
    expect(decimal(null)).toBe('–');
    expect(decimal(Number.NaN)).toBe('–');
  });

  it('sign differences, but not zero', () => {
    expect([signed(1.24), signed(-0.8), signed(0.01), signed(null)]).toEqual(['+1.2', '−0.8', '0.0', '–']);
  });

  it('group thousands', () => {
    expect(count(94538)).toBe('94,538');
  });

  it('writes a probability with three places, and the smallest as a bound', () => {
    expect([0.0312, 0.5, 0.0004].map(probability)).toEqual(['0.031', '0.500', '<0.001']);
  });

  it('write sizes and durations as people read them', () => {
    expect([bytes(512), bytes(1536), bytes(17_874_944)]).toEqual(['512 B', '1.5 kB', '17.9 MB']);
    expect([duration(8.2, 'zh-CN'), duration(130, 'zh-CN'), duration(130, 'en')]).toEqual([
      '9 秒',
      '2 分 10 秒',
      '2 min 10 s',
    ]);
  });

  it('show moments in local time', () => {
    expect(moment('2026-11-21T06:05:00Z')).toBe('2026-11-21 14:05');
    expect(moment(null)).toBe('–');
  });
});
