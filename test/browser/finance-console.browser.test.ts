import type { Page } from 'playwright-core';
import { words } from '../../console/finance/app/words.ts';
import { camt053 } from '../../local/sandboxes/bank/camt053.ts';
import { addMonths } from '../../src/ledger/months.ts';
import { openPage, shoot, violationsOf } from '../support/browser.ts';
import { browserTests } from '../support/browser-tests.ts';
import {
  bankDay,
  consoleStack,
  goTo,
  newKey,
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
const { browser, hasBrowser, withBrowser } = await browserTests();
const month = today.slice(0, 'YYYY-MM'.length);
const { en, ko } = words;

const statement = camt053({
  ...bankDay,
  movements: [
    { reference: 'B1', amountMinor: 450_000n, text: 'Invoice 99' },
    { reference: 'B2', amountMinor: 470_000n, text: 'Invoice 100' },
    { reference: 'B3', amountMinor: 490_000n, text: 'Invoice 101' },
  ],
});

/** A trade whose seller stands in a file for the bank. */
beforeAll(async () => {
  if (hasBrowser) await tradesInFile(stack(), 1);
});

withBrowser("Finance's console", () => {
  it('takes no key that finance has no scope for, and says what to do', async () => {
    const key = await newKey(stack(), ['checkout']);
    const { page, close } = await openPage(browser, `${stack().url}/console`, { locale: 'en' });
    await page.getByLabel(en.apiKey).fill(key);
    await page.keyboard.press('Enter');
    await page.getByRole('alert').waitFor();
    expect(await page.getByRole('alert').textContent()).toContain(en.problem.forbidden);
    expect(await violationsOf(page)).toEqual([]);
    await shoot(page, 'console-refused');
    await close();
  });

  it('lets two persons work through a morning, under its own policy', async () => {
    const { page, errors, foreign, close } = await signedIn(browser, stack(), { bypassCSP: false });
    await upload(page, statement);
    expect(await rowsOf(page).first().textContent()).toContain('501,410,000');

    await openBreak(page, '450,000');
    await take(page, en.action.explain, 'Asked the bank who sent it.');
    await page.getByText(en.saved).waitFor();
    await take(page, en.action['send-back'], 'Not an invoice of ours.');
    await page.getByText(en.breaks.done).waitFor();
    expect(await page.getByText('Asked the bank who sent it.').count()).toBeGreaterThan(0);

    await openBreak(page, '470,000');
    await take(page, en.action['write-off'], 'Nobody claims it.');
    await page.getByRole('button', { name: en.action.approve }).waitFor();
    await take(page, en.action.approve, 'I agree with myself.');
    expect(await page.getByRole('alert').textContent()).toContain('break.same_person');
    const colleague = await signedIn(browser, stack(), { bypassCSP: false });
    await colleague.page.goto(page.url());
    await take(colleague.page, en.action.approve, 'Agreed.');
    await colleague.page.getByText(en.breaks.done).waitFor();
    await colleague.close();

    expect(foreign).toEqual([]);
    // The refusal above; nothing of the policy.
    expect(errors.filter((error) => !error.includes('409'))).toEqual([]);
    await close();
  });
});

withBrowser("Finance's console", () => {
  it('hands out the file for the bank, reports, and each table as CSV', async () => {
    const { page, close } = await signedIn(browser, stack(), { bypassCSP: false });
    await goTo(page, '#/payouts');
    const file = page.waitForEvent('download');
    await page.getByRole('button', { name: en.payouts.download }).click();
    expect(await textOf(file)).toContain('pain.001.001.09');
    const table = page.waitForEvent('download');
    await page.getByRole('button', { name: en.csv }).click();
    expect(await textOf(table)).toMatch(/^\ufeffBatch,Status,Payments,Sum,Sum \(Currency\),/);

    await goTo(page, `#/periods/${month}`);
    const report = page.waitForEvent('download');
    await page.getByRole('button', { name: `${en.report['trial-balance']}, CSV` }).click();
    expect(await textOf(report)).toContain('2100');
    await close();
  });

  it('shows why a month can not be closed yet, and what the API says to who tries', async () => {
    const { page, close } = await signedIn(browser, stack());
    await goTo(page, '#/periods');
    await page.getByRole('link', { name: month }).click();
    const ended = rowsOf(page).filter({ hasText: en.checkName.period_ended });
    await ended.waitFor();
    expect(await ended.textContent()).toContain(en.checkStatus.red);
    const breaks = rowsOf(page).filter({ hasText: en.checkName.breaks });
    expect(await breaks.textContent()).toContain(en.checkStatus.red);
    await take(page, en.periods['soft-close'], 'The month is over.');
    await page.getByRole('alert').waitFor();
    expect(await page.getByRole('alert').textContent()).toContain('period.');
    await shoot(page, 'console-month-refused');
    await close();
  });

  it('closes a month that is over, and shows the hash that keeps it', async () => {
    const { page, close } = await signedIn(browser, stack());
    await goTo(page, `#/periods/${addMonths(month, -2)}`);
    await take(page, en.periods['soft-close'], 'The month is over.');
    await page.getByRole('button', { name: en.periods.lock, exact: true }).waitFor();
    await take(page, en.periods.lock, 'Nothing is red.');
    await page.getByText(en.periods.snapshot).waitFor();
    expect(await violationsOf(page)).toEqual([]);
    await shoot(page, 'console-month-locked');
    await close();
  });

  it('is left by signing out, which forgets the key', async () => {
    const { page, close } = await signedIn(browser, stack());
    await page.getByRole('button', { name: en.signOut }).press('Enter');
    await page.getByLabel(en.apiKey).waitFor();
    expect(await page.evaluate('sessionStorage.length')).toBe(0);
    await close();
  });
});

/** The form about the refused payment. */
const refuse = async (page: Page, code: string): Promise<void> => {
  await page.getByLabel(en.refusal.code).fill(code);
  await page.getByLabel(en.refusal.fault).selectOption('no');
  await page.getByRole('button', { name: en.refusal.propose, exact: true }).click();
};

withBrowser("Finance's console", () => {
  it('lets two persons tell that the bank refused a payment, which leaves its file', async () => {
    const { page, errors, close } = await signedIn(browser, stack());
    await goTo(page, '#/payouts');
    await rowsOf(page).getByRole('link').first().click();
    await page.getByRole('link', { name: en.refusal.say }).press('Enter');
    await refuse(page, 'AM 04');
    const approve = page.getByRole('button', { name: en.refusal.approve, exact: true });
    expect(await approve.count()).toBe(0);
    await refuse(page, 'AM04');
    await approve.click();
    expect(await page.getByRole('alert').textContent()).toContain('payout.same_person');
    expect(await violationsOf(page)).toEqual([]);
    await shoot(page, 'console-refusal-proposed');

    const colleague = await signedIn(browser, stack());
    await colleague.page.goto(page.url());
    const row = rowsOf(colleague.page).filter({ hasText: en.refusal.toApprove });
    expect(await row.textContent()).toContain('AM04');
    await colleague.page.getByText(en.refusal.notAtFault).first().waitFor();
    await colleague.page.getByRole('button', { name: en.refusal.approve, exact: true }).click();
    await colleague.page.getByText(en.refusal.leftOut).waitFor();
    await colleague.page.getByRole('button', { name: en.payouts.download }).click();
    expect(await colleague.page.getByRole('alert').textContent()).toContain('batch.nothing_left');
    expect(await violationsOf(colleague.page)).toEqual([]);
    await shoot(colleague.page, 'console-refusal-approved');
    await colleague.close();
    expect(errors.filter((error) => !error.includes('409'))).toEqual([]);
    await close();
  });

  it('offers the rest of a file of which an account can not be written', async () => {
    const { page, close } = await signedIn(browser, stack());
    const body = { code: 'batch.account_unwritable', detail: 'One account has no name.' };
    await page.route('**/v1/payout-batches/*/file', (route) =>
      route.fulfill({ status: 409, body: JSON.stringify(body) }),
    );
    await page.route('**/v1/payout-batches/*/file?without=unwritable', (route) =>
      route.fulfill({ body: '<Document/>' }),
    );
    await goTo(page, '#/payouts');
    await rowsOf(page).getByRole('link').first().click();
    await page.getByRole('button', { name: en.payouts.download }).click();
    await page.getByText(body.detail).waitFor();
    const file = page.waitForEvent('download');
    await page.getByRole('button', { name: en.refusal.without }).click();
    expect(await textOf(file)).toBe('<Document/>');
    await close();
  });
});

const lists = [
  ...['today', 'breaks?status=resolved', 'breaks', 'statements', 'ledger', 'periods', 'payouts'],
];
const details = [
  ...['trades', 'treasury', 'debts', 'debts/bank_month_end', 'trades/trd_unknown'],
  ...[`periods/${month}`, `ledger/2100?currency=USD&day=${today}`, 'breaks/brk_unknown'],
];

withBrowser.each(['light', 'dark'] as const)('In the %s', (colorScheme) => {
  it.each([
    ['list', lists],
    ['form and each answer', details],
  ])('each %s is accessible', async (_what, places) => {
    const { page, close } = await signedIn(browser, stack(), { colorScheme });
    for (const place of places) {
      await goTo(page, `#/${place}`);
      expect([place, ...(await violationsOf(page))]).toEqual([place]);
      await shoot(page, `console-${colorScheme}-${place.replaceAll(/[^\w-]/g, '-')}`);
    }
    await close();
  });

  it('a break is accessible, open and resolved', async () => {
    const { page, close } = await signedIn(browser, stack(), { colorScheme });
    await goTo(page, '#/breaks');
    await rowsOf(page).first().getByRole('link').click();
    await page.getByRole('form', { name: en.breaks.act }).waitFor();
    expect(await violationsOf(page)).toEqual([]);
    await shoot(page, `console-${colorScheme}-open-break`);
    await goTo(page, '#/breaks?status=resolved');
    await rowsOf(page).first().getByRole('link').click();
    await page.getByText(en.breaks.done).waitFor();
    expect(await violationsOf(page)).toEqual([]);
    await shoot(page, `console-${colorScheme}-one-break`);
    await close();
  });
});

withBrowser('In Korean', () => {
  it('the console says everything in Korean, and stays so', async () => {
    const { page, close } = await signedIn(browser, stack());
    await page.getByLabel(en.language).selectOption('ko');
    await page.getByRole('heading', { level: 1, name: ko.screen.today }).waitFor();
    await page.reload();
    await page.getByRole('heading', { level: 2, name: ko.today.held }).waitFor();
    expect(await page.evaluate('document.documentElement.lang')).toBe('ko');
    expect(await violationsOf(page)).toEqual([]);
    await shoot(page, 'console-korean');
    await close();
  });
});
