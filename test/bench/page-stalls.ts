/**
 * How long the page's own thread is held up while jobs run: the sample import, a forecast of every quarter, a report
 * batch, and in between a walk over all screens. Prints the long tasks (over 50 ms) of each phase, beside the same walk
 * with no job running. `node test/bench/page-stalls.ts`
 */
import type { Page } from 'playwright-core';
import { hasBrowser } from '../support/browser.ts';
import { openSample, settle, startWorkstation, type Workstation } from '../support/workstation.ts';

interface Phase {
  name: string;
  tasks: number[];
}

/** Collects long tasks from now on, in the page. */
async function watch(page: Page): Promise<void> {
  await page.evaluate(() => {
    const store = globalThis as unknown as { longTasks: number[] };
    store.longTasks = [];
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) store.longTasks.push(entry.duration);
    }).observe({ type: 'longtask' });
  });
}

function take(page: Page): Promise<number[]> {
  return page.evaluate(() => {
    const store = globalThis as unknown as { longTasks: number[] };
    return store.longTasks.splice(0);
  });
}

/** Opens every screen in turn. */
async function walk(page: Page): Promise<void> {
  const links = page.getByRole('navigation').getByRole('button');
  const count = await links.count();
  if (count === 0) throw new Error('the page has no navigation to walk');
  for (let i = 0; i < count; i++) {
    await links.nth(i).click();
    await page.waitForTimeout(700);
  }
}

/** Walks the screens until a job ends. */
async function during(station: Workstation, name: string, input: object): Promise<void> {
  let running = true;
  const done = station.call(name, input).finally(() => {
    running = false;
  });
  while (running) await walk(station.page);
  await done;
}

function print(phases: readonly Phase[]): void {
  console.log('phase                         long tasks  longest ms  over 100 ms');
  for (const { name, tasks } of phases) {
    const longest = Math.round(Math.max(0, ...tasks));
    const over = tasks.filter((ms) => ms > 100).length;
    console.log(
      `${name.padEnd(28)}  ${String(tasks.length).padStart(10)}  ${String(longest).padStart(10)}  ${String(over).padStart(11)}`,
    );
  }
}

if (hasBrowser()) {
  const station = await startWorkstation();
  const { page } = station;
  const phases: Phase[] = [];
  const phase = async (name: string, work: () => Promise<void>) => {
    await take(page);
    await work();
    phases.push({ name, tasks: await take(page) });
  };
  try {
    await watch(page);
    await phase('sample import and forecast', () => openSample(page));
    await phase('screens, first visit', () => walk(page));
    await phase('screens, no job', () => walk(page));
    await phase('screens during forecast', () =>
      during(station, 'forecast.run', { scheme: 2, quarters: 'all' }),
    );
    await phase('screens during reports', () =>
      during(station, 'reports.run', { scheme: 2, formats: ['pdf'], limit: 150 }),
    );
    await settle(page);
    print(phases);
  } finally {
    await station.close();
  }
}
