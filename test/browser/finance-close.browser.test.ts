import type { Page } from 'playwright-core';
import { decimalOf } from '../../console/finance/app/format.ts';
import { words } from '../../console/finance/app/words.ts';
import { createPerson, type Period } from '../../local/cli/month-end/finance.ts';
import { beginNextMonth } from '../../local/cli/month-end/next-month.ts';
import { camt053 } from '../../local/sandboxes/bank/camt053.ts';
import { shoot, violationsOf } from '../support/browser.ts';
import { browserTests } from '../support/browser-tests.ts';
import { eventually } from '../support/eventually.ts';
import {
  bankDay,
  consoleStack,
  goTo,
  openBreak,
  rowsOf,
  signedIn,
  take,
  textOf,
  today,
  tradesInFile,
  upload,
} from '../support/finance-console.ts';
import { withStack } from '../support/stack.ts';

const stack = withStack(consoleStack);
const { browser, withBrowser } = await browserTests();
const { en } = words;
const period = today.slice(0, 'YYYY-MM'.length);

type Payments = Awaited<ReturnType<typeof tradesInFile>>;

/** The bank's day: every payment as it should be, one of them twice, and a receipt that nobody knows. */
const bankStatement = (payments: Payments): string =>
  camt053({
    ...bankDay,
    movements: [
      ...payments.map(({ endToEndId, amountMinor }, index) => ({
        ...{ reference: `B${index}`, endToEndId, amountMinor: -amountMinor },
      })),
      { reference: 'B9', amountMinor: 450_000n, text: 'Invoice 99' },
      ...payments.slice(0, 1).map(({ endToEndId, amountMinor }) => ({
        ...{ reference: 'B10', endToEndId, amountMinor: -amountMinor },
      })),
    ],
  });

/** Stripe's own list of what it did, as its API answers it. */
async function providerStatement(): Promise<string> {
  const { url, apiKey } = stack().stripeProvider;
  const authorization = `Bearer ${apiKey}`;
  const list = await fetch(`${url}/v1/balance_transactions?limit=100`, {
    headers: { authorization },
  });
  return list.text();
}

/** The status of a check of the month, read anew. */
async function check(page: Page, name: keyof typeof en.checkName): Promise<string> {
  await goTo(page, '#/periods');
  await goTo(page, `#/periods/${period}`);
  const row = rowsOf(page).filter({ hasText: en.checkName[name] });
  return (await row.textContent()) ?? '';
}

/** What is short of clients' money is covered out of the platform's own, as the checklist has it. */
async function coverClients(page: Page): Promise<void> {
  const { get } = await createPerson({
    ...stack(),
    stripe: stack().stripeProvider,
    easypost: stack().easypostProvider,
  });
  const { checks } = await get<Period>(`/v1/periods/${period}`);
  const { items = [] } = checks.find(({ name }) => name === 'safeguarding') ?? {};
  expect(items.length).toBeGreaterThan(0);
  for (const { currency, shortfallMinor } of items) {
    await goTo(page, '#/periods');
    await goTo(page, '#/treasury');
    await page.getByLabel(en.treasury.movementId).fill(`cover-${currency}`);
    await page.getByLabel(en.treasury.occurredAt).fill(`${today}T00:00`);
    await page
      .getByLabel(en.treasury.amount, { exact: true })
      .fill(decimalOf(String(shortfallMinor), String(currency)));
    await page.getByLabel(`${en.treasury.amount}: ${en.currency}`).fill(String(currency));
    await page.getByRole('button', { name: en.treasury.book, exact: true }).click();
    await page.getByText(en.treasury.booked).waitFor();
  }
}

/** What is on its way to the books makes a check red for a moment: then the page says to ask again. */
async function lock(page: Page): Promise<void> {
  await eventually(async () => {
    await goTo(page, '#/periods');
    await goTo(page, `#/periods/${period}`);
    await take(page, en.periods.lock, 'Nothing is red.');
    const answer = page.getByText(en.periods.snapshot).or(page.getByRole('alert'));
    // Whatever the API says against it is what the test fails with.
    expect(await answer.first().textContent()).toContain(en.periods.snapshot);
  });
}

/** A payment was debited twice: one of both is it, and the other is asked about. */
async function chooseOne(page: Page): Promise<void> {
  await eventually(async () => {
    await goTo(page, '#/periods');
    await goTo(page, '#/breaks?kind=duplicate');
    expect(await rowsOf(page).count()).toBe(1);
  });
  await rowsOf(page).getByRole('link').click();
  await page.getByRole('link', { name: en.match.title }).click();
  await page.getByText(en.match.howMany).waitFor();
  const lines = page.getByRole('region', { name: en.breaks.right }).getByRole('checkbox');
  await lines.first().check();
  await page.getByText(en.match.equal, { exact: true }).waitFor();
  await take(page, en.match.act, 'The first of both is the payment.');
  await page.getByText(en.breaks.done).waitFor();
  await openBreak(page, '15,190,500');
  await take(page, en.action.explain, 'The bank takes the second debit back next week.');
  await page.getByText(en.saved).waitFor();
}

withBrowser('A month with trades in it', () => {
  it('is reconciled and closed by two persons, on the page alone', async () => {
    const payments = await tradesInFile(stack(), 2);
    const { page, foreign, errors, close } = await signedIn(browser, stack(), { bypassCSP: false });
    const colleague = await signedIn(browser, stack(), { bypassCSP: false });

    await goTo(page, '#/payouts');
    const file = page.waitForEvent('download');
    await page.getByRole('button', { name: en.payouts.download }).first().click();
    const batch = await textOf(file);
    expect(payments.some(({ endToEndId }) => batch.includes(endToEndId))).toBe(true);

    await upload(page, bankStatement(payments));
    await upload(page, await providerStatement());
    await openBreak(page, '450,000');
    await take(page, en.action['write-off'], 'The sender has been gone for years.');
    await page.getByRole('button', { name: en.action.approve }).waitFor();
    await colleague.page.goto(page.url());
    await take(colleague.page, en.action.approve, 'Agreed.');
    await colleague.page.getByText(en.breaks.done).waitFor();
    await chooseOne(page);
    await coverClients(page);
    await eventually(async () =>
      expect(await check(page, 'safeguarding')).toContain(en.checkStatus.green),
    );
    await eventually(async () => expect(await stack().waitingMessages()).toBe(0));

    await beginNextMonth(stack(), period);
    await eventually(async () => {
      await goTo(page, '#/periods');
      await goTo(page, `#/periods/${period}`);
      const red = rowsOf(page).filter({ has: page.locator('.badge.bad') });
      expect(await red.allTextContents()).toEqual([]);
    });
    expect(await check(page, 'accounts')).toContain(en.checkStatus.itemized);
    expect(await check(page, 'breaks')).toContain(en.checkStatus.itemized);
    await take(page, en.periods['soft-close'], 'The month is over.');
    await page.getByRole('button', { name: en.periods.lock, exact: true }).waitFor();
    await lock(page);
    const report = page.waitForEvent('download');
    await page.getByRole('button', { name: `${en.report['trial-balance']}, CSV` }).click();
    const [, ...rows] = (await textOf(report)).trim().split('\r\n');
    expect(rows.length).toBeGreaterThan(10);

    expect({ foreign, errors }).toEqual({ foreign: [], errors: [] });
    await colleague.close();
    await close();
    const looked = await signedIn(browser, stack());
    await goTo(looked.page, `#/periods/${period}`);
    expect(await violationsOf(looked.page)).toEqual([]);
    await shoot(looked.page, 'console-month-with-trades-locked');
    await looked.close();
  });
});
