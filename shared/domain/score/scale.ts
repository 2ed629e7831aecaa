/**
 * The native scale of a question: its two ends, and whether the high end is the bad one. Fractional answers are
 * legal (means of a scale are given in it too).
 */
export interface Scale {
  min: number;
  max: number;
  /** True where a high answer means low satisfaction ("how often did you have to come back?"). */
  reversed?: boolean | undefined;
}

/** Ten-point items. */
export const SCALE_1_TO_10: Scale = { min: 1, max: 10 };
/** The scale on which J.D. Power style indices are printed. */
export const SCALE_1000: Scale = { min: 0, max: 1000 };

function checkScale(scale: Scale): void {
  if (!(Number.isFinite(scale.min) && Number.isFinite(scale.max) && scale.min < scale.max))
    throw new RangeError(`scale from ${scale.min} to ${scale.max}`);
}

/** Whether an answer lies on its scale. An answer that does not is a row fault, not a score. */
export function isOnScale(answer: number, scale: Scale): boolean {
  return answer >= scale.min && answer <= scale.max;
}

/**
 * An answer (or a mean of answers) on 0-100: `(x - min) / (max - min) * 100`, reversed scales turned first.
 * Throws when the answer is off its scale or the scale has no width.
 * Example: `toScore100(8, SCALE_1_TO_10)` is 77.78; on the reversed scale it is 22.22.
 */
export function toScore100(answer: number, scale: Scale): number {
  checkScale(scale);
  if (!isOnScale(answer, scale))
    throw new RangeError(`toScore100: answer ${answer} on ${scale.min} to ${scale.max}`);
  const share = (answer - scale.min) / (scale.max - scale.min);
  return 100 * (scale.reversed ? 1 - share : share);
}

/**
 * A score on 0-100 shown in a native scale, the inverse of `toScore100`. Throws when the score is outside 0-100 by
 * more than rounding. Example: `fromScore100(84.2, SCALE_1000)` is 842.
 */
export function fromScore100(score100: number, scale: Scale): number {
  checkScale(scale);
  if (!(score100 >= -1e-9 && score100 <= 100 + 1e-9))
    throw new RangeError(`fromScore100: score100 ${score100}`);
  const share = Math.min(1, Math.max(0, score100 / 100));
  return scale.min + (scale.reversed ? 1 - share : share) * (scale.max - scale.min);
}

/**
 * A length on 0-100 (a standard deviation, a standard error, a margin, the size of a difference) in a native scale's
 * units; direction does not matter. Example: `spreadFrom100(2, SCALE_1000)` is 20.
 */
export function spreadFrom100(length100: number, scale: Scale): number {
  checkScale(scale);
  return (length100 / 100) * (scale.max - scale.min);
}

/** A length in a native scale's units on 0-100, the inverse of `spreadFrom100`. */
export function spreadTo100(length: number, scale: Scale): number {
  checkScale(scale);
  return (length / (scale.max - scale.min)) * 100;
}
