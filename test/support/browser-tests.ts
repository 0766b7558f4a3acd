import type { Browser } from 'playwright-core';
import { browserOrReason } from './browser.ts';

/** A browser for the tests of a file, closed after them. Where none starts, they say so and skip. */
export async function browserTests() {
  const started = await browserOrReason();
  const hasBrowser = typeof started !== 'string';
  if (!hasBrowser) {
    process.stderr.write(`SKIPPED: no Chromium starts here, no page was looked at: ${started}\n`);
  }
  afterAll(async () => {
    if (typeof started !== 'string') await started.close();
  });
  return {
    hasBrowser,
    withBrowser: hasBrowser ? describe : describe.skip,
    browser: started as Browser,
  };
}
