/** What a yearly target is spread along; one entry a quarter of the year. */
export interface MilestoneInput {
  /** Score of the past year. */
  now100: number;
  /** Score to reach as next year's figure: the mean of its quarters under `shares`. */
  target100: number;
  /** Seasonal offsets of the quarters (forecast less its level); their own mean does not matter. */
  season: readonly number[];
  /** Share of the year's answers in each quarter, any unit; default equal. */
  shares?: readonly number[] | undefined;
  /** How far the rise has come in each quarter, any unit; default evenly growing (1, 2, 3, 4). */
  ramp?: readonly number[] | undefined;
}

/**
 * Quarterly scores whose mean (under `shares`) is exactly the yearly target: the past level, plus the seasonal shape,
 * plus the rise along the ramp. Where the ramp would carry a quarter beyond 100, it is flattened just enough; if even
 * an equal rise in all quarters does not fit, the equal rise is returned. Throws on lists of different lengths, none,
 * or shares and ramps without a positive sum.
 * Example: 80 to 82 without season gives 80.8, 81.6, 82.4, 83.2.
 */
export function quarterMilestones(input: MilestoneInput): number[] {
  const { now100, target100, season } = input;
  const quarters = season.length;
  const shares = input.shares ?? season.map(() => 1);
  const ramp = input.ramp ?? season.map((_, q) => q + 1);
  if (quarters === 0 || shares.length !== quarters || ramp.length !== quarters)
    throw new RangeError(
      `quarterMilestones: ${quarters} offsets, ${shares.length} shares, ${ramp.length} steps`,
    );
  const sum = shares.reduce((a, b) => a + b, 0);
  const mean = (values: readonly number[]) =>
    values.reduce((m, value, q) => m + value * (shares[q]! / sum), 0);
  const rampMean = mean(ramp);
  if (!(sum > 0 && rampMean > 0))
    throw new RangeError(`quarterMilestones: shares ${sum}, ramp mean ${rampMean}`);
  const seasonMean = mean(season);
  const rise = target100 - now100;
  const along = (part: number) =>
    season.map((s, q) => now100 + s - seasonMean + rise * (1 - part + (part * ramp[q]!) / rampMean));
  const steep = along(1);
  const flat = along(0);
  let part = 1;
  steep.forEach((score, q) => {
    if (score > 100 && flat[q]! < 100) part = Math.min(part, (100 - flat[q]!) / (score - flat[q]!));
    else if (score > 100) part = 0;
  });
  return along(part);
}
