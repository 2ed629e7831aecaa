/** A repeatable stream of random numbers. */
export interface Random {
  /** Uniform on [0, 1), 32 bits. */
  uniform(): number;
  /** Standard normal. */
  normal(): number;
  /** Whole number from 0 to `below - 1`; throws unless `below` is a positive whole number. */
  whole(below: number): number;
}

/**
 * A random stream from a seed: the same seed gives the same numbers on every machine. The generator is Bob Jenkins'
 * small fast counter-based one (sfc32, period at least 2^32); normals come by the polar method (Marsaglia 1962).
 * Not for secrets. Example: `seededRandom(1).uniform()` is the same on each call.
 */
export function seededRandom(seed: number): Random {
  let a = seed | 0;
  let b = Math.floor(seed / 2 ** 32) | 0;
  let c = 0x9e3779b9 | 0;
  let counter = 1;
  let spare: number | undefined;

  function uniform(): number {
    const t = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + t;
    return (t >>> 0) / 2 ** 32;
  }
  function normal(): number {
    if (spare !== undefined) {
      const value = spare;
      spare = undefined;
      return value;
    }
    for (;;) {
      const u = 2 * uniform() - 1;
      const v = 2 * uniform() - 1;
      const s = u * u + v * v;
      if (s > 0 && s < 1) {
        const factor = Math.sqrt((-2 * Math.log(s)) / s);
        spare = v * factor;
        return u * factor;
      }
    }
  }
  function whole(below: number): number {
    if (!Number.isInteger(below) || below < 1) throw new RangeError(`whole: below ${below}`);
    return Math.floor(uniform() * below);
  }
  for (let i = 0; i < 16; i += 1) uniform();
  return { uniform, normal, whole };
}
