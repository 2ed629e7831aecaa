/** The browser that end-to-end tests drive: Debian's Chromium, or the one named by CSI_CHROMIUM. */
import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const EXECUTABLE = process.env.CSI_CHROMIUM ?? '/usr/bin/chromium';

/** Whether browser tests can run; says why not, so that a skipped test is never a silent one. */
export function hasBrowser(): boolean {
  const found = existsSync(EXECUTABLE);
  if (!found) console.warn(`Browser tests are skipped: there is no ${EXECUTABLE} (set CSI_CHROMIUM).`);
  return found;
}

export function launchBrowser(): Promise<Browser> {
  // Chromium cannot sandbox itself as root, as test containers run.
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return chromium.launch({ executablePath: EXECUTABLE, args });
}
