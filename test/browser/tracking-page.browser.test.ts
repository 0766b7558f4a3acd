import { languages } from '../../console/tracking/language.ts';
import { messages } from '../../console/tracking/messages.ts';
import { openPage, shoot, violationsOf } from '../support/browser.ts';
import { browserTests } from '../support/browser-tests.ts';
import { noted, toldTradeNames, toldTrades } from '../support/told-trades.ts';
import { siteOf, startSite } from '../support/tracking-site.ts';

const { browser, withBrowser } = await browserTests();
const site = await startSite();
afterAll(() => site.stop());

const phone = { viewport: { width: 360, height: 740 } } as const;

/** Run in the page. */
const LAYOUT = `({
  language: document.documentElement.lang,
  direction: getComputedStyle(document.body).direction,
  scrolls: document.documentElement.scrollWidth > document.documentElement.clientWidth,
})`;

withBrowser('The tracking page on a phone', () => {
  it.each(languages)(
    'is accessible, fits, and fetches nothing from elsewhere in %s',
    async (language) => {
      const url = site.use(await siteOf(toldTrades.delivered));
      const { page, foreign, close } = await openPage(browser, `${url}?lang=${language}`, phone);
      expect(await violationsOf(page)).toEqual([]);
      expect(foreign).toEqual([]);
      const direction = language === 'ar' ? 'rtl' : 'ltr';
      expect(await page.evaluate(LAYOUT)).toEqual({ language, direction, scrolls: false });
      await shoot(page, `phone-${language}`);
      await close();
    },
  );
});

withBrowser('The tracking page of a parcel with notes', () => {
  it.each(['de', 'ar'] as const)('is accessible, and fits a phone, in %s', async (language) => {
    const url = site.use(await siteOf(noted));
    const { page, close } = await openPage(browser, `${url}?lang=${language}`, phone);
    expect(await violationsOf(page)).toEqual([]);
    expect(await page.evaluate(LAYOUT)).toMatchObject({ scrolls: false });
    await shoot(page, `notes-${language}`);
    await close();
  });
});

withBrowser('The tracking page in the dark', () => {
  it.each(toldTradeNames)('is accessible for an order that is %s', async (name) => {
    const url = site.use(await siteOf(toldTrades[name]));
    const { page, close } = await openPage(browser, url, { colorScheme: 'dark' });
    expect(await violationsOf(page)).toEqual([]);
    await shoot(page, `dark-${name}`);
    await close();
  });
});

withBrowser('The tracking page', () => {
  it('obeys its own policy: no script, nothing fetched, and its style applies', async () => {
    const url = site.use(await siteOf(toldTrades.delivered));
    const { page, errors, foreign, close } = await openPage(browser, url, { bypassCSP: false });
    expect(errors).toEqual([]);
    expect(foreign).toEqual([]);
    const button = page.locator('.button').first();
    expect((await button.boundingBox())?.height).toBeGreaterThanOrEqual(44);
    await close();
  });

  it('lets the buyer accept the goods without script, by keyboard', async () => {
    const trade = await siteOf(toldTrades.delivered);
    const url = site.use(trade);
    const { page, close } = await openPage(browser, url, { javaScriptEnabled: false });
    await page.getByRole('link', { name: 'Accept the goods' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Accept the goods?' }).waitFor();
    await shoot(page, 'accept-en');
    expect(trade.events().at(-1)?.type).toBe('DeliveryConfirmed');
    await page.getByRole('button', { name: 'Yes, accept the goods' }).press('Enter');
    await page.getByRole('status').waitFor();
    expect(await page.getByRole('status').textContent()).toBe('You have accepted the goods.');
    const released = { type: 'MilestoneReleased', rule: 'buyer_accepted' };
    expect(trade.events().at(-1)).toMatchObject(released);
    await page.reload();
    expect(trade.events().filter(({ type }) => type === released.type)).toHaveLength(1);
    await close();
  });

  it('lets the buyer report a part of the order in Arabic, and choose another language', async () => {
    const trade = await siteOf(toldTrades.inTwoParts);
    const { page, close } = await openPage(browser, `${site.use(trade)}?lang=ar`, phone);
    const { label, reason, status } = messages.ar;
    await page.getByRole('link', { name: label.dispute }).click();
    expect(await violationsOf(page)).toEqual([]);
    await shoot(page, 'dispute-ar');
    await page.getByText(reason.damaged).click();
    await page.getByRole('checkbox').last().uncheck();
    await page.getByRole('button', { name: label.disputeConfirm }).click();
    await page.getByRole('status').waitFor();
    const opened = { type: 'DisputeOpened', reason: 'damaged', milestoneIds: ['sample'] };
    expect(trade.events().at(-1)).toMatchObject(opened);
    expect(await page.getByText(status.disputed).count()).toBe(1);
    await page.getByRole('combobox').selectOption('ja');
    await page.getByRole('button', { name: label.show }).click();
    expect(await page.getByText(messages.ja.status.disputed).count()).toBe(1);
    await close();
  });

  it('says in German that there is no such page, and is accessible then', async () => {
    const url = site.use(await siteOf(toldTrades.delivered));
    const { page, close } = await openPage(browser, `${url.slice(0, -1)}~`, { locale: 'de' });
    expect(await violationsOf(page)).toEqual([]);
    expect(await page.title()).toBe(messages.de.label.notFound);
    await close();
  });
});
