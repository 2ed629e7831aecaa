import { join } from 'node:path';
import { defineConfig } from 'vitest/config';
import { TotalsReporter } from './support/totals-reporter.ts';

/** Every test but those that drive Electron, which have a configuration of their own. */
export default defineConfig({
  root: join(import.meta.dirname, '..'),
  test: {
    include: ['test/**/*.test.{ts,tsx}'],
    exclude: ['test/e2e/electron*.test.ts', 'node_modules/**'],
    env: { TZ: 'Asia/Shanghai' },
    reporters: ['dot', new TotalsReporter()],
    testTimeout: 180_000,
    hookTimeout: 300_000,
    maxWorkers: 2,
  },
});
