/**
 * Whether the assessment recovers the effects that the sample studies are made with: for every seed the studies are
 * made anew, the in-house channel is imported through the engine, the plan of 2026 is approved with what was planned and
 * assessed with what was spent. Counts how often a cell's interval, moved by the drift the assessment found, holds the
 * planted effect. `node test/bench/assess-seeds.ts [seeds] [dealers] [first seed]`
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateSampleStudies } from '../../resources/sample/generate.ts';
import { sampleMapping } from '../../resources/sample/mappings.ts';
import { startSession } from '../support/engine-session.ts';
import { approvePlantedPlan, PLAN_EFFECTS as EFFECTS } from '../support/planted-plan.ts';

const [seeds = 200, dealers = 300, first = 1] = process.argv.slice(2).map(Number);

interface Recovered {
  id: string;
  error: number;
  held: boolean;
}

async function assess(seed: number): Promise<Recovered[]> {
  const folder = mkdtempSync(join(tmpdir(), 'csi-assess-'));
  const session = await startSession();
  try {
    const { files } = await generateSampleStudies(folder, { dealers, seed });
    for (const { fileName, mapping, channel } of files)
      if (channel === 'in-house')
        await session.call('import.commit', {
          path: join(folder, fileName),
          mapping: sampleMapping(mapping),
        });
    const plan = await approvePlantedPlan(session, String(seed));
    const view = await session.call('plan.assess', { plan: plan.id!, spent: [] });
    return EFFECTS.map(({ id, scope, indicator, actualPoints100, plannedPoints100 }) => {
      const cell = view.cells.find((one) => one.area === scope && one.indicator === indicator)!;
      const error = cell.gap - cell.split.drift - (actualPoints100 - plannedPoints100);
      return { id, error, held: Math.abs(error) <= (cell.high - cell.low) / 2 };
    });
  } finally {
    await session.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

const all: Recovered[] = [];
for (let seed = first; seed < first + seeds; seed++) all.push(...(await assess(seed)));
console.log(`${seeds} seeds of ${dealers} dealers from seed ${first}; interval of each cell at 95 %`);
console.log('planted effect        held   mean error  sd of error');
for (const id of [...EFFECTS.map((effect) => effect.id), 'all']) {
  const own = all.filter((one) => id === 'all' || one.id === id);
  const mean = own.reduce((sum, { error }) => sum + error, 0) / own.length;
  const spread = Math.sqrt(own.reduce((sum, { error }) => sum + (error - mean) ** 2, 0) / own.length);
  const held = own.filter((one) => one.held).length / own.length;
  console.log(
    `${id.padEnd(20)}  ${held.toFixed(3)}  ${mean.toFixed(2).padStart(10)}  ${spread.toFixed(2).padStart(11)}`,
  );
}
