import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import chromium from '@sparticuz/chromium';
import type { AxeResults } from 'axe-core';
import {
  type Browser,
  type BrowserContextOptions,
  type Page,
  chromium as playwright,
} from 'playwright-core';

/** Where the tests leave what they saw; git ignores it. */
const screenshotsDir = join(import.meta.dirname, '../browser/screenshots');

/**
 * Chromium without a window, of the npm package, which needs nothing of the machine but Linux; or why
 * there is none here. Tests say so and skip: that a browser starts is no rule of the product.
 */
export const browserOrReason = (): Promise<Browser | string> =>
  Promise.race([start(), wait(START_MS, `it did not start within ${START_MS} ms`, { ref: false })]);

/** The package unpacks the browser first, and does not say so where it can't. */
const START_MS = 30_000;

async function start(): Promise<Browser | string> {
  try {
    mkdirSync(screenshotsDir, { recursive: true });
    return await playwright.launch({
      executablePath: await chromium.executablePath(),
      args: ['--no-sandbox', '--disable-gpu', '--hide-scrollbars', '--no-zygote'],
    });
  } catch (error) {
    return error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
  }
}

/**
 * Opens a page in a browser of its own, and notes what it asks of other servers and complains of.
 * The page's policy is lifted unless it is what is looked at: the checker is a script.
 */
export async function openPage(
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {},
): Promise<{ page: Page; foreign: string[]; errors: string[]; close: () => Promise<void> }> {
  const context = await browser.newContext({ bypassCSP: true, ...options });
  const page = await context.newPage();
  const foreign: string[] = [];
  const errors: string[] = [];
  const { origin } = new URL(url);
  page.on('request', (request) => {
    const isOwn = request.url().startsWith(origin) || request.url().startsWith('data:');
    if (!isOwn) foreign.push(request.url());
  });
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  await page.goto(url);
  return { page, foreign, errors, close: () => context.close() };
}

const axe = readFileSync(
  join(import.meta.dirname, '../../node_modules/axe-core/axe.min.js'),
  'utf8',
);

/** WCAG 2.2, levels A and AA, and what axe recommends beyond. */
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** What axe finds wrong with a page, a line each. */
export async function violationsOf(page: Page): Promise<readonly string[]> {
  const { violations } = (await page.evaluate(
    `${axe};axe.run(document,{runOnly:${JSON.stringify(RULES)}})`,
  )) as AxeResults;
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
}

export const shoot = (page: Page, name: string): Promise<Buffer> =>
  page.screenshot({ path: join(screenshotsDir, `${name}.png`), fullPage: true });
