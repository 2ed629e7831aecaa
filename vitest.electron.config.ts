import { defineConfig } from 'vitest/config';

/** Tests that drive a genuine Electron: `npm run test:electron`. */
export default defineConfig({
  test: {
    include: ['test/e2e/electron*.test.ts'],
    globalSetup: ['test/support/display.ts'],
    env: { TZ: 'Asia/Shanghai', CSI_ELECTRON_TESTS: 'on' },
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 300_000,
  },
});
