/* Random numbers by name: adding a dealer, quarter or study leaves every other figure of the sample as it was. */
import { type Random, seededRandom } from '../../shared/math/random.ts';

export function stream(seed: number, ...names: (string | number)[]): Random {
  let hash = 0x811c9dc5 ^ seed;
  for (const character of names.join('|')) hash = Math.imul(hash ^ character.codePointAt(0)!, 0x01000193);
  return seededRandom(hash >>> 0);
}

/** One of a list, each as likely as its share. */
export function pick<T>(random: Random, choices: readonly (readonly [T, number])[]): T {
  let left = random.uniform() * choices.reduce((sum, [, share]) => sum + share, 0);
  for (const [value, share] of choices) {
    left -= share;
    if (left < 0) return value;
  }
  return choices.at(-1)![0];
}
