import { readFile } from 'node:fs/promises';
import type { Browser, BrowserContextOptions, Download, Page } from 'playwright-core';
import { words } from '../../console/finance/app/words.ts';
import { createPerson } from '../../local/cli/month-end/finance.ts';
import { playTrades } from '../../local/cli/month-end/trades.ts';
import { FINANCE_SCOPES, LOCAL_MARKETPLACE } from '../../local/stack/index.ts';
import { openPage } from './browser.ts';
import { eventually } from './eventually.ts';
import type { TestStack } from './stack.ts';

const { en } = words;

/** How the stack is started under which the console is looked at. */
export const consoleStack = {
  ...{ inspectionPeriodSeconds: 1, deliveryGraceSeconds: 0, payoutBatchWindowSeconds: 1 },
  deadlinesEveryMs: 500,
};

export const today = new Date().toISOString().slice(0, 'YYYY-MM-DD'.length);

/** What a statement of the bank begins with: one account, on this day. */
export const bankDay = {
  iban: 'NL91ABNA0417164300',
  currency: 'KRW',
  sequence: 1,
  date: today,
  openingMinor: 500_000_000n,
} as const;

/** Trades whose sellers stand in a file for the bank; answers their payments. */
export async function tradesInFile(stack: TestStack, count: number) {
  const { stripeProvider: stripe, easypostProvider: easypost, ...rest } = stack;
  const local = { ...rest, stripe, easypost };
  const { signal } = new AbortController();
  return playTrades(local, await createPerson(local), { count, signal });
}

export const newKey = (
  stack: TestStack,
  scopes: readonly string[] = FINANCE_SCOPES,
): Promise<string> => stack.addApiKey(LOCAL_MARKETPLACE, scopes);

/** A person's browser, signed in by keyboard with a key of their own. */
export async function signedIn(
  browser: Browser,
  stack: TestStack,
  options: BrowserContextOptions = {},
) {
  const opened = await openPage(browser, `${stack.url}/console`, { locale: 'en-GB', ...options });
  const { page } = opened;
  await page.getByLabel(en.apiKey).fill(await newKey(stack));
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: en.screen.today }).waitFor();
  return opened;
}

/** Goes to a deep link and waits until everything there is read. */
export async function goTo(page: Page, hash: string): Promise<void> {
  await page.goto(`${new URL('/console', page.url())}${hash}`);
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.getByText(en.loading).first().waitFor({ state: 'detached' });
}

/** The rows of the tables of a screen. */
export const rowsOf = (page: Page) => page.locator('main tbody tr');

export const textOf = async (download: Promise<Download>): Promise<string> =>
  readFile(await (await download).path(), 'utf8');

/** Uploads a file as a person does, and waits until it was read. */
export async function upload(page: Page, content: string): Promise<void> {
  await goTo(page, '#/statements');
  await page.getByLabel(en.statements.file).setInputFiles({
    ...{ name: 'bank.xml', mimeType: 'text/xml', buffer: Buffer.from(content) },
  });
  await page.getByRole('button', { name: en.statements.send, exact: true }).click();
  await page.getByText(`${en.statements.read} 1`).waitFor();
}

/** Opens the unexpected line of an amount, once matching has found it. */
export async function openBreak(page: Page, amount: string): Promise<void> {
  const row = rowsOf(page).filter({ hasText: amount });
  await eventually(async () => {
    await goTo(page, '#/periods');
    await goTo(page, '#/breaks?kind=unexpected');
    expect(await row.count()).toBe(1);
  });
  await row.getByRole('link').click();
  await page.getByRole('form', { name: en.breaks.act }).waitFor();
}

/** Takes a step with a reason. */
export async function take(page: Page, action: string, reason: string): Promise<void> {
  await page.getByLabel(en.reason).fill(reason);
  await page.getByRole('button', { name: action, exact: true }).click();
}
