import type { Page } from 'playwright-core';
import { words } from '../../console/finance/app/words.ts';
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
const { browser, hasBrowser, withBrowser } = await browserTests();
const { en, ko } = words;
const LARGE_BYTES = 5 * 1_024 * 1_024;

type Payments = Awaited<ReturnType<typeof tradesInFile>>;
let payments: Payments;

beforeAll(async () => {
  if (hasBrowser) payments = await tradesInFile(stack(), 2);
});

/** The first payment as it should be, the second one without its reference. */
const statement = (): string => {
  const [named, nameless] = payments as [Payments[number], Payments[number]];
  return camt053({
    ...bankDay,
    movements: [
      { reference: 'B1', endToEndId: named.endToEndId, amountMinor: -named.amountMinor },
      { reference: 'B2', text: 'Hanbit', amountMinor: -nameless.amountMinor },
    ],
  });
};

const AMOUNT = '15,190,500';

/** Opens the batch in which the seller of a trade stands, from the list. */
async function openBatchOf(page: Page, tradeId: string): Promise<void> {
  await goTo(page, '#/payouts');
  const places = await rowsOf(page)
    .getByRole('link')
    .evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''));
  for (const place of places) {
    await goTo(page, place);
    if ((await page.locator(`main a[href="#/trades/${tradeId}"]`).count()) > 0) return;
  }
  throw new Error(`No batch has ${tradeId}.`);
}

/** Waits for a text on a screen whose list is read anew each time. */
const shows = (page: Page, hash: string, text: string): Promise<void> =>
  eventually(async () => {
    await goTo(page, '#/periods');
    await goTo(page, hash);
    expect(await page.locator('main').textContent()).toContain(text);
  });

withBrowser("Finance's desk", () => {
  it('matches by hand what came without a reference, by keyboard', async () => {
    const { page, foreign, errors, close } = await signedIn(browser, stack(), { bypassCSP: false });
    await upload(page, statement());
    await openBreak(page, `-${AMOUNT}`);
    await page.getByRole('link', { name: en.match.title }).press('Enter');
    const expected = page.getByRole('region', { name: en.breaks.left });
    await expected.getByRole('checkbox').first().waitFor();
    const act = page.getByRole('button', { name: en.match.act, exact: true });
    expect(await act.isDisabled()).toBe(true);
    await page.keyboard.press('j');
    await page.keyboard.press('Space');
    await page.getByText(en.match.equal, { exact: true }).waitFor();
    await take(page, en.match.act, 'The amount and the day are those of the payment.');
    await page.getByText(en.breaks.done).waitFor();
    expect(await page.getByText(en.breakStep.BreakMatched).count()).toBeGreaterThan(0);
    expect({ foreign, errors }).toEqual({ foreign: [], errors: [] });
    await close();
  });

  it('leads from a payment to its order, to its bank line, to its statement, and back', async () => {
    const { page, close } = await signedIn(browser, stack());
    const [{ tradeId }] = payments as [Payments[number]];
    await openBatchOf(page, tradeId);
    const file = page.waitForEvent('download');
    await page.getByRole('button', { name: en.payouts.download }).click();
    expect(await textOf(file)).toContain('pain.001.001.09');
    await page.locator(`main a[href="#/trades/${tradeId}"]`).click();
    await page.getByRole('heading', { name: en.chain.payout }).waitFor();
    const trade = new URL(page.url()).hash;
    await shows(page, trade, en.itemStatus.matched);
    expect(await violationsOf(page)).toEqual([]);
    await shoot(page, 'console-trade');
    await page.locator('.chain a[href^="#/bank-lines/"]').last().click();
    await page.getByRole('heading', { name: en.line.matchedWith }).waitFor();
    expect(await violationsOf(page)).toEqual([]);
    await shoot(page, 'console-line');
    expect(await page.locator(`main a[href="${trade}"]`).count()).toBeGreaterThan(0);
    await page.locator('main a[href^="#/statements/"]').click();
    await page.getByText(en.statement.addsUp).waitFor();
    expect(await rowsOf(page).filter({ hasText: en.lineState.matched }).count()).toBe(2);
    expect(await violationsOf(page)).toEqual([]);
    await shoot(page, 'console-statement');
    await close();
  });

  it('leads from an entry of the ledger to its trade, and from there to its own entries', async () => {
    const { page, close } = await signedIn(browser, stack());
    await goTo(page, `#/ledger/2100?currency=KRW&day=${today}`);
    const all = await rowsOf(page).count();
    await rowsOf(page).first().getByRole('link').click();
    await page
      .getByRole('link', { name: `2100 KRW, ${today}` })
      .first()
      .click();
    await page.getByText(en.ledger.onlyOf).waitFor();
    await rowsOf(page).first().waitFor();
    expect(await rowsOf(page).count()).toBe(all / 2);
    await page.getByRole('link', { name: en.ledger.showAll }).click();
    await eventually(async () => expect(await rowsOf(page).count()).toBe(all));
    await close();
  });
});

withBrowser("Finance's desk", () => {
  it('sends a file of more than 4 MiB straight into the bucket, with progress', async () => {
    const { page, foreign, errors, close } = await signedIn(browser, stack(), { bypassCSP: false });
    const day = { ...bankDay, iban: 'NL02ABNA0123456789' };
    const movements = [{ reference: 'L1', amountMinor: 777_000n, text: 'Large' }];
    await upload(page, `${camt053({ ...day, movements })}${' '.repeat(LARGE_BYTES)}`);
    await page.locator('.note.good a').click();
    await page.getByText(en.statement.addsUp).waitFor();
    expect(new Set(foreign.map((url) => new URL(url).origin)).size).toBe(1);
    expect(foreign.every((url) => url.includes('X-Amz-Signature'))).toBe(true);
    expect(errors).toEqual([]);
    await close();
  });

  it('books a movement of the treasury, and none that it can not read', async () => {
    const { page, close } = await signedIn(browser, stack());
    await goTo(page, '#/treasury');
    await page.getByLabel(en.treasury.movementId).fill('topup-1');
    await page.getByLabel(en.treasury.occurredAt).fill(`${today}T00:00`);
    await page.getByLabel(en.treasury.amount, { exact: true }).fill('1.005');
    await page.getByLabel(`${en.treasury.amount}: ${en.currency}`).fill('USD');
    const book = page.getByRole('button', { name: en.treasury.book, exact: true });
    await book.click();
    await page.getByText(en.unread.decimals).waitFor();
    expect(await violationsOf(page)).toEqual([]);
    await page.getByLabel(en.treasury.amount, { exact: true }).fill('1,000.50');
    await book.press('Enter');
    await page.getByText(en.treasury.booked).waitFor();
    await shows(page, `#/ledger/1200?currency=USD&day=${today}`, '1,000.50');
    await close();
  });
});

withBrowser('By keyboard', () => {
  it('every screen is a letter away, and an id is searched for', async () => {
    const { page, close } = await signedIn(browser, stack());
    await page.keyboard.press('g');
    await page.keyboard.press('p');
    await page.getByRole('heading', { level: 1, name: en.screen.periods }).waitFor();
    await rowsOf(page).first().waitFor();
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: en.periods.period }).waitFor();
    await page.keyboard.press('u');
    await page.getByRole('heading', { level: 1, name: en.screen.periods }).waitFor();
    await page.keyboard.press('/');
    await page.keyboard.type('invoice 99');
    await page.keyboard.press('Enter');
    await page.getByText(en.search.unknown).waitFor();
    expect(await violationsOf(page)).toEqual([]);
    await page.getByRole('searchbox', { name: en.search.title }).fill('brk_unknown');
    await page.keyboard.press('Enter');
    await page.getByText('break.not_found').waitFor();
    await close();
  });

  it('the shortcuts are listed, and turned off where letters are spoken', async () => {
    const { page, close } = await signedIn(browser, stack());
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: en.keys.title }).waitFor();
    expect(await violationsOf(page)).toEqual([]);
    await shoot(page, 'console-shortcuts');
    await page.getByLabel(en.keys.on).uncheck();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.keyboard.press('g');
    await page.keyboard.press('p');
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe(en.screen.today);
    await close();
  });
});

withBrowser.each(['light', 'dark'] as const)('Each screen of the desk in the %s', (colorScheme) => {
  it('is accessible, in Korean', async () => {
    const { page, close } = await signedIn(browser, stack(), { colorScheme });
    await page.getByLabel(en.language).selectOption('ko');
    await page.getByRole('heading', { level: 1, name: ko.screen.today }).waitFor();
    const open = ['today', 'breaks', 'statements', 'trades', 'ledger', 'treasury', 'payouts'];
    for (const screen of [...open, 'debts', 'periods', `ledger/2100?currency=KRW&day=${today}`]) {
      await page.goto(`${stack().url}/console#/${screen}`);
      await page.getByText(ko.loading).waitFor({ state: 'detached' });
      expect([screen, ...(await violationsOf(page))]).toEqual([screen]);
      await shoot(page, `console-ko-${colorScheme}-${screen.replaceAll(/[^\w-]/g, '-')}`);
    }
    await close();
  });
});
