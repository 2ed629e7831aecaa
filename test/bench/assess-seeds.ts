/**
 * Whether the assessment recovers the effects that the sample studies are made with: for every seed the in-house study
 * is made anew and imported, the plan of 2026 approved with what was planned, and assessed. Counts how often a funded
 * cell's interval holds the planted effect. `node test/bench/assess-seeds.ts [seeds] [dealers] [first seed]`
 */
import { wilsonInterval } from '../../shared/math/proportion.ts';
import { startSession } from '../support/engine-session.ts';
import { importInHouse } from '../support/in-house-study.ts';
import { approvePlantedPlan, PLAN_EFFECTS } from '../support/planted-plan.ts';

const [seeds = 200, dealers = 300, first = 1] = process.argv.slice(2).map(Number);

interface Recovered {
  id: string;
  error: number;
  width: number;
  held: boolean;
}

async function assess(seed: number): Promise<Recovered[]> {
  const session = await startSession();
  try {
    await importInHouse(session, seed, dealers);
    const plan = await approvePlantedPlan(session, String(seed));
    const view = await session.call('plan.assess', { plan: plan.id!, spent: [] });
    return PLAN_EFFECTS.map(({ id, scope, indicator, actualPoints100 }) => {
      const cell = view.cells.find((one) => one.area === scope && one.indicator === indicator)!;
      const { value, low, high } = cell.effect!;
      const held = low <= actualPoints100 && actualPoints100 <= high;
      return { id, error: value - actualPoints100, width: high - low, held };
    });
  } finally {
    await session.close();
  }
}

const all: Recovered[] = [];
for (let seed = first; seed < first + seeds; seed++) {
  all.push(...(await assess(seed)));
  const held = all.filter((one) => one.held).length;
  console.error(`seed ${seed}: ${held} of ${all.length}`);
}
console.log(`${seeds} seeds of ${dealers} dealers from seed ${first}; interval of each effect at 95 %`);
console.log('planted effect        held             mean error  sd of error  mean half width');
for (const id of [...PLAN_EFFECTS.map((effect) => effect.id), 'all']) {
  const own = all.filter((one) => id === 'all' || one.id === id);
  const mean = (of: (one: Recovered) => number) => own.reduce((sum, one) => sum + of(one), 0) / own.length;
  const error = mean((one) => one.error);
  const spread = Math.sqrt(mean((one) => (one.error - error) ** 2));
  const { share, low, high } = wilsonInterval(
    mean((one) => Number(one.held)),
    own.length,
  );
  const held = `${share.toFixed(3)} (${low.toFixed(3)}-${high.toFixed(3)})`;
  const half = mean((one) => one.width / 2);
  console.log(
    `${id.padEnd(20)}  ${held}  ${error.toFixed(2).padStart(9)}  ${spread.toFixed(2).padStart(11)}  ${half.toFixed(2).padStart(15)}`,
  );
}
