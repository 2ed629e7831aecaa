import { expect, it } from 'vitest';
import { shareChangeInterval, shareChangeP } from '../../../shared/domain/share-change.ts';

it('tests two shares by their pooled share', () => {
  // z = .1 / sqrt(.45 * .55 * .02) = 1.4213
  expect(shareChangeP({ share: 0.5, nEff: 100 }, { share: 0.4, nEff: 100 })).toBeCloseTo(0.1552, 3);
  expect(shareChangeP({ share: 0.4, nEff: 100 }, { share: 0.5, nEff: 100 })).toBeCloseTo(0.1552, 3);
});

it('has nothing to test where nothing varies or nobody answered', () => {
  expect(shareChangeP({ share: 0, nEff: 100 }, { share: 0, nEff: 50 })).toBeNull();
  expect(shareChangeP({ share: 0.2, nEff: 0 }, { share: 0.1, nEff: 50 })).toBeNull();
});

it('gives the published interval of a difference of shares', () => {
  // Newcombe 1998, table II, contrast (a), method 10
  const interval = shareChangeInterval({ share: 56 / 70, nEff: 70 }, { share: 48 / 80, nEff: 80 })!;
  expect(interval.low).toBeCloseTo(0.0524, 4);
  expect(interval.high).toBeCloseTo(0.3339, 4);
  expect(shareChangeInterval({ share: 0.2, nEff: 0 }, { share: 0.1, nEff: 50 })).toBeNull();
});
