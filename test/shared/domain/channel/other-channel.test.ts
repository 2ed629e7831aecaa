import { describe, expect, it } from 'vitest';
import { otherChannel } from '../../../../shared/domain/channel/other-channel.ts';

describe('the channel to compare with', () => {
  it('is the chosen one, unless it is the own one or has no data', () => {
    expect(otherChannel('lost-sale', 'in-house', ['third-party', 'in-house', 'lost-sale'])).toBe('lost-sale');
    expect(otherChannel('in-house', 'in-house', ['third-party', 'in-house'])).toBe('third-party');
    expect(otherChannel('lost-sale', 'in-house', ['third-party', 'in-house'])).toBe('third-party');
    expect(otherChannel(undefined, 'third-party', ['third-party', 'in-house'])).toBe('in-house');
  });

  it('may be any where all stand side by side, and is none where there is no other', () => {
    expect(otherChannel('in-house', undefined, ['third-party', 'in-house'])).toBe('in-house');
    expect(otherChannel('in-house', 'in-house', ['in-house'])).toBeUndefined();
  });
});
