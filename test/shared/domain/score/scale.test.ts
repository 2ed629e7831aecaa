import { describe, expect, it } from 'vitest';
import {
  fromScore100,
  isOnScale,
  SCALE_1_TO_10,
  SCALE_1000,
  spreadFrom100,
  spreadTo100,
  toScore100,
} from '../../../../shared/domain/score/scale.ts';

describe('scales', () => {
  it('maps the ends of a native scale to 0 and 100', () => {
    expect(toScore100(1, SCALE_1_TO_10)).toBe(0);
    expect(toScore100(10, SCALE_1_TO_10)).toBe(100);
    expect(toScore100(8, SCALE_1_TO_10)).toBeCloseTo(700 / 9, 12);
  });

  it('turns a reversed item first', () => {
    const reversed = { min: 1, max: 5, reversed: true };
    expect(toScore100(1, reversed)).toBe(100);
    expect(toScore100(4, reversed)).toBe(25);
    expect(fromScore100(25, reversed)).toBe(4);
  });

  it('shows a harmonised score on 1,000 points', () => {
    expect(fromScore100(84.2, SCALE_1000)).toBeCloseTo(842, 10);
    expect(spreadFrom100(1.5, SCALE_1000)).toBe(15);
    expect(spreadTo100(15, SCALE_1000)).toBe(1.5);
  });

  it('returns every answer unchanged after going there and back', () => {
    for (const scale of [SCALE_1_TO_10, { min: -3, max: 3, reversed: true }, { min: 0, max: 7 }])
      for (let x = scale.min; x <= scale.max; x += 0.5)
        expect(fromScore100(toScore100(x, scale), scale)).toBeCloseTo(x, 12);
  });

  it('refuses answers off the scale and scales without width', () => {
    expect(isOnScale(11, SCALE_1_TO_10)).toBe(false);
    expect(() => toScore100(11, SCALE_1_TO_10)).toThrow('answer 11');
    expect(() => toScore100(Number.NaN, SCALE_1_TO_10)).toThrow('answer NaN');
    expect(() => toScore100(1, { min: 1, max: 1 })).toThrow('scale from 1 to 1');
    expect(() => fromScore100(101, SCALE_1000)).toThrow('score100 101');
  });
});
