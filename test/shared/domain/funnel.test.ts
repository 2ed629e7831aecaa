import { describe, expect, it } from 'vitest';
import { funnelLimits, funnelOverdispersion, funnelPosition } from '../../../shared/domain/funnel.ts';

describe('funnel', () => {
  it('stands 1.96 and 3.09 standard errors about the target', () => {
    const limits = funnelLimits(80, 2);
    expect(limits.innerLow).toBeCloseTo(76.08007203, 6);
    expect(limits.innerHigh).toBeCloseTo(83.91992797, 6);
    expect(limits.outerLow).toBeCloseTo(73.81953539, 6);
    expect(funnelLimits(80, 2, 4).innerHigh).toBeCloseTo(87.83985594, 6);
  });

  it('places a unit by the limits it crosses', () => {
    const limits = funnelLimits(80, 2);
    expect([70, 75, 80, 85, 90].map((value) => funnelPosition(value, limits))).toEqual([
      'far-below',
      'below',
      'inside',
      'above',
      'far-above',
    ]);
  });

  it('widens only for scatter that a few outliers do not explain', () => {
    const calm = Array.from({ length: 20 }, (_, i) => (i % 2 ? 0.8 : -0.8));
    expect(funnelOverdispersion(calm)).toBe(1);
    expect(funnelOverdispersion([...calm.slice(2), 40, -40])).toBe(1);
    expect(funnelOverdispersion(calm.map((z) => 5 * z))).toBeCloseTo(16, 12);
    expect(funnelOverdispersion([9, -9])).toBe(1);
  });
});
