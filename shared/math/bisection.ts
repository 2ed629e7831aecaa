/**
 * The place where a rising function reaches zero, by halving [low, high] until it cannot be halved any more (at most
 * 200 times). `f` must not fall on the interval; where it is flat at zero the leftmost place is returned, and where
 * it jumps over zero, the jump. When `f(low) >= 0` the answer is `low`; when `f(high) < 0` there is none and it is
 * `undefined`. Throws unless low <= high, both finite.
 * Example: `bisectRising((x) => x * x - 2, 0, 2)` is 1.4142135623730951.
 */
export function bisectRising(f: (x: number) => number, low: number, high: number): number | undefined {
  if (!(Number.isFinite(low) && Number.isFinite(high) && low <= high))
    throw new RangeError(`bisectRising: interval ${low} to ${high}`);
  if (f(low) >= 0) return low;
  if (f(high) < 0) return undefined;
  let below = low;
  let above = high;
  for (let i = 0; i < 200; i++) {
    const middle = below + (above - below) / 2;
    if (middle <= below || middle >= above) break;
    if (f(middle) >= 0) above = middle;
    else below = middle;
  }
  return above;
}
