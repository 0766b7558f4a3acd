import type { BrowserContextOptions } from 'playwright-core';
import { words } from '../../console/finance/app/words.ts';
import { LOCAL_MARKETPLACE } from '../../local/stack/index.ts';
import { addMonths } from '../../src/ledger/months.ts';
import { shippedTrade } from '../integration/journey.ts';
import { shoot, violationsOf } from '../support/browser.ts';
import { browserTests } from '../support/browser-tests.ts';
import { eventually } from '../support/eventually.ts';
import { goTo, rowsOf, signedIn as signIn, textOf } from '../support/finance-console.ts';
import { seedFinance } from '../support/finance-seed.ts';
import { newKey as newTradeKey, sampleTrade } from '../support/sample-trade.ts';
import { withStack } from '../support/stack.ts';

const stack = withStack({});
const { browser, hasBrowser, withBrowser } = await browserTests();

const month = new Date().toISOString().slice(0, 'YYYY-MM'.length);
const marketplaceId = LOCAL_MARKETPLACE;
const { en, ko } = words;

const signedIn = (options: BrowserContextOptions = {}) => signIn(browser, stack(), options);

/** Three trades: one is paid out, one is disputed by its buyer, one by the buyer's bank. */
async function live(): Promise<Readonly<Record<'paid' | 'disputed', string>>> {
  const paid = await shippedTrade(stack());
  await stack().api.act(paid.id, 'accept');
  const disputed = await shippedTrade(stack());
  const body = { milestoneIds: ['delivery'], reason: 'damaged' };
  const path = `/v1/trades/${disputed.id}/disputes`;
  const headers = { 'idempotency-key': 'dispute-1' };
  const answer = await stack().api.call(path, { method: 'POST', body, headers });
  expect(answer.status).toBeLessThan(300);
  const { id, payment } = await stack().api.openTrade(sampleTrade, newTradeKey());
  stack().stripe.control.pay(payment.paymentIntentId);
  await stack().api.becomes(id, 'in_fulfilment');
  stack().stripe.control.openDispute(payment.paymentIntentId);
  await stack().api.becomes(paid.id, 'settled');
  return { paid: paid.id, disputed: disputed.id };
}

let trades: Awaited<ReturnType<typeof live>>;

beforeAll(async () => {
  if (!hasBrowser) return;
  trades = await live();
  await seedFinance(stack().views, marketplaceId);
});

withBrowser("Finance's desk", () => {
  it('shows the pay of a state, leads to a seller and what that one owes, and to the trade', async () => {
    const { page, errors, foreign, close } = await signedIn({ bypassCSP: false });
    await goTo(page, '#/settlements?state=paid');
    const row = rowsOf(page).filter({ hasText: 'acct_' });
    expect(await row.first().textContent()).toContain(en.settlementState.paid);
    expect(await row.first().getByRole('link').first().getAttribute('href')).toBe(
      `#/trades/${trades.paid}`,
    );
    await row
      .first()
      .getByRole('link', { name: /^acct_/ })
      .click();
    await rowsOf(page).filter({ hasText: en.settlementState.netted }).waitFor();
    await page.getByText(en.settlements.debtsEmpty).waitFor();
    expect(await page.getByText('account_closed').count()).toBe(1);
    await page.getByLabel(en.settlements.state).selectOption('returned');
    await page.getByText('AC04').waitFor();
    expect(page.url()).toContain('state=returned');
    expect(await rowsOf(page).count()).toBe(1);
    expect(foreign).toEqual([]);
    expect(errors).toEqual([]);
    await close();
  });

  it('begins with what sellers wait for, whatever keeps it', async () => {
    const { page, close } = await signedIn();
    await goTo(page, '#/settlements');
    expect(await page.getByLabel(en.settlements.state).inputValue()).toBe('open');
    expect(await rowsOf(page).filter({ hasText: en.settlementState.due }).count()).toBeGreaterThan(
      0,
    );
    expect(await rowsOf(page).filter({ hasText: en.settlementState.paid }).count()).toBe(0);
    await page.getByLabel(en.settlements.state).selectOption('failed');
    await page.getByText('account_closed').waitFor();
    await close();
  });

  it('lists what sellers owe without an id, and leads to where a debt is written off', async () => {
    const { page, close } = await signedIn({ bypassCSP: false });
    await goTo(page, '#/debts');
    expect(await rowsOf(page).count()).toBe(2);
    expect(await rowsOf(page).first().textContent()).toContain('bank_atelier');
    await page.getByLabel(en.currency).selectOption('KRW');
    await page.getByText('bank_hanbit').waitFor();
    expect(await rowsOf(page).count()).toBe(1);
    await page.getByLabel(en.status).selectOption('closed');
    await page.getByText(en.debts.emptyList).waitFor();
    await page.getByLabel(en.currency).selectOption('');
    await rowsOf(page).filter({ hasText: en.debtStatus.recovered }).waitFor();
    await rowsOf(page).first().getByRole('link').first().click();
    await page.getByText(en.debts.empty).waitFor();
    expect(page.url()).toContain('#/debts/bank_done');
    await page.getByRole('link', { name: en.settlements.everySeller }).click();
    await page.getByText('bank_atelier').waitFor();
    await close();
  });
});

withBrowser("Finance's desk", () => {
  it('shows a list in pages, filtered by currency, and saves as CSV what it shows', async () => {
    const { page, close } = await signedIn({ bypassCSP: false });
    await goTo(page, '#/settlements?state=due');
    expect(await rowsOf(page).count()).toBe(100);
    await page.getByRole('button', { name: en.more }).press('Enter');
    await page.getByText(`${en.shown} 105`).waitFor();
    const table = page.waitForEvent('download');
    await page.getByRole('button', { name: en.csv }).click();
    const csv = await textOf(table);
    expect(csv).toMatch(/^\ufeffTrade,Seller’s account,State,Amount,Amount \(Currency\),/);
    expect(csv.trim().split('\r\n')).toHaveLength(106);
    expect(csv).toContain(',Due,120000,JPY,');
    await page.getByLabel(en.currency).selectOption('EUR');
    await page.getByText(en.settlements.empty).waitFor();
    await close();
  });
});

withBrowser("Finance's desk", () => {
  it('shows what is due first, with the days that are left', async () => {
    const { page, close } = await signedIn();
    await eventually(async () => {
      await goTo(page, '#/rates');
      await goTo(page, '#/disputes');
      expect(await rowsOf(page).count()).toBeGreaterThanOrEqual(4);
    });
    expect(await rowsOf(page).nth(0).textContent()).toContain(en.cases.overdue);
    expect(await rowsOf(page).nth(1).textContent()).toContain(en.caseDeadline.hold_forced);
    const trade = page.locator(`a[href='#/trades/${trades.disputed}']`);
    const dispute = rowsOf(page).filter({ has: trade }).first();
    expect(await dispute.textContent()).toContain(en.caseDeadline.escalation);
    await page.getByLabel(en.cases.kind).selectOption('chargeback');
    await page.getByText(en.caseDeadline.evidence).waitFor();
    expect(await rowsOf(page).count()).toBe(1);
    await page.getByLabel(en.status).selectOption('closed');
    await page.getByText(en.cases.emptyClosed).waitFor();
    await close();
  });

  it('shows where what was paid for came from and went, by month', async () => {
    const { page, close } = await signedIn();
    await goTo(page, '#/lanes');
    expect(await page.getByRole('img', { name: `${en.lanes.largest} KRW` }).count()).toBe(1);
    expect(await rowsOf(page).first().textContent()).toContain('South Korea (KR)');
    expect(await rowsOf(page).filter({ hasText: 'Germany (DE)' }).count()).toBeGreaterThan(0);
    await page.getByLabel(en.lanes.month).fill(addMonths(month, -1));
    await page.getByText(en.lanes.empty).waitFor();
    await close();
  });

  it('says what the API says where a filter is none', async () => {
    const { page, close } = await signedIn();
    await goTo(page, '#/lanes?month=2026-13');
    const alert = page.getByRole('alert');
    await alert.waitFor();
    expect(await alert.textContent()).toContain('query:month');
    await close();
  });
});

const places = [
  ...['today', 'settlements', 'settlements?seller=acct_sandbox_harbor_motion', 'disputes'],
  ...[
    'debts',
    'debts?status=closed',
    'disputes?status=closed',
    'lanes',
    'lanes?currency=CHF',
    'rates',
  ],
];

withBrowser.each(['light', 'dark'] as const)('In the %s', (colorScheme) => {
  it.each(places)('%s is accessible', async (place) => {
    const { page, close } = await signedIn({ colorScheme });
    await goTo(page, `#/${place}`);
    expect(await violationsOf(page)).toEqual([]);
    await shoot(page, `desk-${colorScheme}-${place.replaceAll(/[^\w-]/g, '-')}`);
    await close();
  });
});

withBrowser('In Korean', () => {
  it.each(['settlements', 'disputes', 'lanes', 'rates', 'today'] as const)(
    'everything is said of %s',
    async (screen) => {
      const { page, close } = await signedIn();
      await page.getByLabel(en.language).selectOption('ko');
      await page.goto(`${stack().url}/console#/${screen}`);
      await page.getByRole('heading', { level: 1, name: ko.screen[screen] }).waitFor();
      await page.getByText(ko.loading).first().waitFor({ state: 'detached' });
      expect(await violationsOf(page)).toEqual([]);
      await shoot(page, `desk-korean-${screen}`);
      await close();
    },
  );
});
