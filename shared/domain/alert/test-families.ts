import type { ForecastPanel } from '../forecast/panel.ts';
import type { Innovations } from './innovation.ts';

/** The tests of one kind on one rung of the tree, which share a part of the quarter's budget. */
export interface TestFamily {
  /** How many parts are tested. */
  tests: number;
  /** The family's part of the budget; the parts of all families sum to 1. */
  share: number;
  /** Mean variance of the family's forecasts, sampling left out, squared points. */
  latent: number;
}

/** The families of a panel, and which one a part belongs to. */
export interface TestFamilies {
  all: readonly TestFamily[];
  /** Of the movement of a unit. */
  ofUnit: readonly (TestFamily | undefined)[];
  /** Of the rests of a unit's indicators. */
  ofRest: readonly (TestFamily | undefined)[];
}

/**
 * How much of the budget goes to each rung, from the root down (deeper ones take the last number), before it is brought
 * to sum 1. A family of few tests gains most from a larger part (its threshold falls fast, that of a thousand tests
 * hardly moves; weighted Bonferroni, Genovese, Roeder & Wasserman 2006), and what moves a whole region matters most to
 * those who read alerts.
 */
const EMPHASIS = { unit: [3, 8, 2, 1], rest: [2, 2, 1, 2, 0.5] };

function emphasisOf(kind: 'unit' | 'rest', depth: number): number {
  const row = EMPHASIS[kind];
  return row[Math.min(depth, row.length - 1)]!;
}

interface Tally {
  tests: number;
  latent: number;
  emphasis: number;
}

/**
 * Sorts the parts that can be tested into families by kind and level, and divides the budget among them. Families
 * without a test take no part of it. Example: a lone root with one indicator has one family of share 1.
 */
export function testFamilies(panel: ForecastPanel, innovations: Innovations): TestFamilies {
  const K = panel.indicators.length;
  const tallies = new Map<string, Tally>();
  const depths = depthsOf(panel);
  const count = (kind: 'unit' | 'rest', u: number, innovation: number, latent: number): void => {
    if (Number.isNaN(innovation)) return;
    const key = `${kind} ${panel.units[u]!.level}`;
    let tally = tallies.get(key);
    if (!tally) {
      tally = { tests: 0, latent: 0, emphasis: emphasisOf(kind, depths[u]!) };
      tallies.set(key, tally);
    }
    tally.tests += 1;
    tally.latent += latent;
  };
  panel.units.forEach((_, u) => {
    count('unit', u, innovations.unit[u]!, innovations.unitLatent[u]!);
    for (let part = u * K; part < (u + 1) * K; part += 1)
      count('rest', u, innovations.rest[part]!, innovations.restLatent[part]!);
  });
  const total = [...tallies.values()].reduce((sum, { emphasis }) => sum + emphasis, 0);
  const families = new Map(
    [...tallies].map(([key, { tests, latent, emphasis }]): [string, TestFamily] => [
      key,
      { tests, share: emphasis / total, latent: latent / tests },
    ]),
  );
  return {
    all: [...families.values()],
    ofUnit: panel.units.map(({ level }) => families.get(`unit ${level}`)),
    ofRest: panel.units.map(({ level }) => families.get(`rest ${level}`)),
  };
}

function depthsOf(panel: ForecastPanel): number[] {
  const depths: number[] = [];
  for (const { parent } of panel.units) depths.push(parent < 0 ? 0 : depths[parent]! + 1);
  return depths;
}

/** Degrees of freedom that a dozen quarters of one series give, that each sibling adds, and up to how many add. */
const DEGREES = { own: 12, sibling: 3, siblings: 12 };

/**
 * Degrees of freedom of the variance that a member of a family is forecast with. Set so that over simulated panels the
 * tails of every family's tests in quiet quarters are near what they should be, down to one in a hundred thousand.
 * Example: 12 for the whole alone, 27 for one of six regions, 48 for one of 600 shops.
 */
export function degreesOfFamily({ tests }: Pick<TestFamily, 'tests'>): number {
  return DEGREES.own + DEGREES.sibling * Math.min(tests - 1, DEGREES.siblings);
}

/** Families up to this size are drawn half-way to their mean, larger ones less in proportion. */
const SMALL_FAMILY = 30;

/**
 * The variance a part is tested against. In a small family a forecast's own variance rests on its one short history;
 * drawn to the mean of its siblings it is steadier, and fewer parts look surprising only because their past happened to
 * be calm. A large family has taught its forecasts what is usual already, and its members differ in size.
 * `variance` is that of forecast and sampling, `latent` the forecast's alone.
 * Example: in a family of one, `testedVariance(v, latent, family)` is v.
 */
export function testedVariance(variance: number, latent: number, family: TestFamily): number {
  const drawn = SMALL_FAMILY / 2 / Math.max(SMALL_FAMILY, family.tests);
  return variance + drawn * (family.latent - latent);
}
