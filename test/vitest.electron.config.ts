import { join } from 'node:path';
import { defineConfig } from 'vitest/config';
import { TotalsReporter } from './support/totals-reporter.ts';

/** Tests that drive a genuine Electron: `npm run test:electron`. */
export default defineConfig({
  root: join(import.meta.dirname, '..'),
  test: {
    include: ['test/e2e/electron*.test.ts'],
    globalSetup: ['test/support/display.ts'],
    env: { TZ: 'Asia/Shanghai', CSI_ELECTRON_TESTS: 'on' },
    fileParallelism: false,
    reporters: ['default', new TotalsReporter()],
    testTimeout: 300_000,
    hookTimeout: 300_000,
  },
});
