import { languages } from '../../../console/tracking/language.ts';
import { messages } from '../../../console/tracking/messages.ts';
import { renewTrackingLink, revokeTrackingLink } from '../../../src/process/tracking-links.ts';
import { marketplaceId, story, tradeId } from '../../support/builders.ts';
import { inDoubt, noted, toldTradeNames, toldTrades } from '../../support/told-trades.ts';
import { linkKey, siteOf } from '../../support/tracking-site.ts';

const LIMIT_BYTES = 50_000;
const ORDER = 'GET /t/{token}';
const { label } = messages.en;

describe('The tracking page', () => {
  it.each(toldTradeNames)(
    'shows an order that is %s, in every language, under 50 KB',
    async (name) => {
      const site = await siteOf(toldTrades[name]);
      for (const lang of languages) {
        const { statusCode, body } = await site.ask(ORDER, { query: { lang } });
        expect(statusCode).toBe(200);
        expect(body).toContain(`<html lang="${lang}" dir="${lang === 'ar' ? 'rtl' : 'ltr'}">`);
        expect(body).not.toMatch(/\{\w+\}<|undefined|\[object/);
        expect(Buffer.byteLength(body)).toBeLessThan(LIMIT_BYTES);
      }
    },
  );

  it('says in every language that a carrier contradicts itself', async () => {
    const site = await siteOf(inDoubt);
    for (const lang of languages) {
      const { body } = await site.ask(ORDER, { query: { lang } });
      expect(body).toContain(messages[lang].label.inDoubt);
    }
    const sure = await (await siteOf(toldTrades.delivered)).ask(ORDER);
    expect(sure.body).not.toContain(label.inDoubt);
  });

  it('says in every language what else there is to know of a parcel, and of its times', async () => {
    const site = await siteOf(noted);
    for (const lang of languages) {
      const { body = '' } = await site.ask(ORDER, { query: { lang } });
      for (const text of Object.values(messages[lang].note)) expect(body).toContain(text);
      expect(body).toContain(`(${messages[lang].label.localTime})</time>`);
      expect(body).toContain('<time datetime="2026-07-03T03:42:00">');
      expect(body).toMatch(/<time datetime="2026-07-06">[^:]*<\/time>/);
    }
    const plain = await (await siteOf(toldTrades.delivered)).ask(ORDER);
    for (const text of Object.values(messages.en.note)) expect(plain.body).not.toContain(text);
  });

  it('stays under 50 KB for the largest order, in an alphabet of three bytes', async () => {
    const [item] = story.tradeOpened.items;
    if (item === undefined) throw new Error('The story has no items.');
    const items = Array.from({ length: 100 }, () => ({ ...item, description: '貨'.repeat(200) }));
    const [, ...rest] = toldTrades.delivered.escrow;
    const shipment = toldTrades.delivered.shipment.map((event) =>
      event.type === 'TrackingUpdated'
        ? {
            ...event,
            scans: Array.from({ length: 300 }, (_, index) => ({
              ...event.scans[0],
              key: `scan:${index}`,
              place: { city: '市'.repeat(100), country: 'JP' },
            })) as typeof event.scans,
          }
        : event,
    );
    const site = await siteOf({ escrow: [{ ...story.tradeOpened, items }, ...rest], shipment });
    const { body } = await site.ask(ORDER, { query: { lang: 'hi' } });
    expect(Buffer.byteLength(body)).toBeLessThan(LIMIT_BYTES);
  });
});

describe('Who sees the tracking page', () => {
  it('lets a browser do nothing but show it and post its forms, and tells no one its address', async () => {
    const site = await siteOf(toldTrades.delivered);
    const { headers, body } = await site.ask(ORDER);
    expect(headers['content-security-policy']).toMatch(
      /^default-src 'none'; style-src 'sha256-[\w+/=]+'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'$/,
    );
    expect(headers).toMatchObject({
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
      'x-robots-tag': 'noindex, nofollow',
    });
    expect(body).not.toMatch(/<script|https?:\/\/|\sstyle=|\son\w+=/);
  });

  it('speaks the language of the browser until another one is chosen', async () => {
    const site = await siteOf(toldTrades.delivered);
    const headers = { 'accept-language': 'de-AT,de;q=0.9' };
    const german = await site.ask(ORDER, { headers });
    expect(german.body).toContain(messages.de.status.delivered);
    expect(german.body).toContain(`href="/t/${site.token}/accept"`);
    const korean = await site.ask(ORDER, { headers, query: { lang: 'ko' } });
    expect(korean.body).toContain(messages.ko.status.delivered);
    expect(korean.body).toContain(`href="/t/${site.token}/accept?lang=ko"`);
  });

  it('names no person and no street: what the vault holds is not asked for', async () => {
    const site = await siteOf(toldTrades.delivered);
    const { body } = await site.ask(ORDER);
    expect(body).not.toContain(story.tradeOpened.buyer.partyId);
    expect(body).not.toContain(story.tradeOpened.seller.payoutAccountId);
  });

  it('is not there without a token that was signed for this trade', async () => {
    const site = await siteOf(toldTrades.delivered);
    const other = (token: string) => site.ask(ORDER, { token });
    const swapped = `${site.token.slice(0, -1)}${site.token.endsWith('A') ? 'B' : 'A'}`;
    for (const token of ['', 'x', swapped, linkKey]) {
      expect(await other(token)).toMatchObject({
        statusCode: 404,
        body: expect.stringContaining(label.notFound),
      });
    }
  });

  it('is gone once the token has expired', async () => {
    const site = await siteOf(toldTrades.delivered);
    const later = await siteOf(toldTrades.delivered, '2026-10-06T00:00:00.000Z');
    const last = await siteOf(toldTrades.delivered, '2026-10-05T23:59:59.000Z');
    expect((await last.ask(ORDER, { token: site.token })).statusCode).toBe(200);
    expect(await later.ask(ORDER, { token: site.token })).toMatchObject({
      statusCode: 410,
      body: expect.stringContaining(label.gone),
    });
  });

  it('says that it failed where it failed, and reports why', async () => {
    const site = await siteOf(toldTrades.delivered);
    const failure = new Error('no store');
    const broken = { load: () => Promise.reject(failure) };
    site.ports.stores.escrows.load = broken.load;
    expect(await site.ask(ORDER)).toMatchObject({
      statusCode: 503,
      body: expect.stringContaining(label.busy),
    });
    expect(site.reported).toEqual([failure]);
  });
});

describe('A link to the tracking page', () => {
  it('is not there by a link that was revoked, as by one that was never given', async () => {
    const site = await siteOf(toldTrades.delivered);
    const { escrow } = toldTrades.delivered;
    expect(escrow[0]).toMatchObject({ tradeId });
    const owner = { tradeId, marketplaceId };
    const never = await site.ask(ORDER, { token: 'x' });
    await renewTrackingLink(site.links, { owner, idempotencyKey: 'key-1' });
    expect(await site.ask(ORDER)).toEqual(never);
    const renewed = await site.tokenNow();
    expect(renewed).not.toBe(site.token);
    expect((await site.ask(ORDER, { token: renewed })).statusCode).toBe(200);
    await renewTrackingLink(site.links, { owner, idempotencyKey: 'key-1' });
    expect((await site.ask(ORDER, { token: renewed })).statusCode).toBe(200);
    for (const cause of ['api#1', 'api#2']) await revokeTrackingLink(site.links, { owner, cause });
    expect(await site.ask(ORDER, { token: renewed })).toEqual(never);
    const form = new URLSearchParams({ confirmation: 'x' }).toString();
    const accept = { token: renewed, body: Buffer.from(form) };
    expect((await site.ask('POST /t/{token}/accept', accept)).statusCode).toBe(404);
    await renewTrackingLink(site.links, { owner, idempotencyKey: 'key-2' });
    expect(await site.ask(ORDER, { token: renewed })).toEqual(never);
    expect((await site.ask(ORDER, { token: await site.tokenNow() })).statusCode).toBe(200);
  });
});
