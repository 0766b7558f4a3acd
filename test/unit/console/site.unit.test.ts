import type { Answer } from '../../../console/tracking/answer.ts';
import { languages } from '../../../console/tracking/language.ts';
import { messages } from '../../../console/tracking/messages.ts';
import { renewTrackingLink, revokeTrackingLink } from '../../../src/process/tracking-links.ts';
import { marketplaceId, story, tradeId } from '../../support/builders.ts';
import { inDoubt, noted, toldTradeNames, toldTrades } from '../../support/told-trades.ts';
import { linkKey, type Site, siteOf } from '../../support/tracking-site.ts';

const LIMIT_BYTES = 50_000;
const ORDER = 'GET /t/{token}';
const { label, status } = messages.en;

const confirmationIn = ({ body }: Answer): string =>
  /name="confirmation" value="([^"]+)"/.exec(body)?.[1] ?? '';

const post = (site: Site, act: 'accept' | 'dispute', fields: Record<string, string>) =>
  site.ask(`POST /t/{token}/${act}`, { body: Buffer.from(new URLSearchParams(fields).toString()) });

const askedTo = async (site: Site, act: 'accept' | 'dispute') =>
  confirmationIn(await site.ask(`GET /t/{token}/${act}`));

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

describe('Accepting on the page', () => {
  it('asks first, and then does what the API does', async () => {
    const site = await siteOf(toldTrades.delivered);
    const confirmation = await askedTo(site, 'accept');
    expect(site.events()).toEqual(toldTrades.delivered.escrow);
    const answer = await post(site, 'accept', { confirmation });
    expect(answer).toMatchObject({
      statusCode: 303,
      headers: { location: `/t/${site.token}?done=accepted` },
    });
    expect(site.events().at(-1)).toMatchObject({
      ...{ type: 'MilestoneReleased', rule: 'buyer_accepted' },
      evidence: { requestId: expect.stringMatching(/^page_[0-9a-f]{64}$/) },
    });
  });

  it('does it once, however often the form is sent', async () => {
    const site = await siteOf(toldTrades.delivered);
    const confirmation = await askedTo(site, 'accept');
    for (const _ of [1, 2, 3]) {
      expect((await post(site, 'accept', { confirmation })).statusCode).toBe(303);
    }
    expect(site.events()).toHaveLength(toldTrades.delivered.escrow.length + 1);
  });

  it.each([
    ['none', ''],
    ['one of another key', 'abc.def'],
  ])('does nothing with %s confirmation', async (_, confirmation) => {
    const site = await siteOf(toldTrades.delivered);
    const answer = await post(site, 'accept', { confirmation });
    expect(answer).toMatchObject({ statusCode: 409, body: expect.stringContaining(label.changed) });
    expect(site.events()).toEqual(toldTrades.delivered.escrow);
  });

  it('does nothing with the confirmation of another act, or of another state of the order', async () => {
    const site = await siteOf(toldTrades.delivered);
    const toDispute = await askedTo(site, 'dispute');
    expect((await post(site, 'accept', { confirmation: toDispute })).statusCode).toBe(409);
    const before = await siteOf(toldTrades.in_fulfilment);
    const early = await askedTo(before, 'accept');
    expect((await post(site, 'accept', { confirmation: early })).statusCode).toBe(409);
    expect(site.events()).toEqual(toldTrades.delivered.escrow);
  });

  it('does nothing with a form that is older than half an hour', async () => {
    const confirmation = await askedTo(await siteOf(toldTrades.delivered), 'accept');
    const inTime = await siteOf(toldTrades.delivered, '2026-07-07T09:30:59.000Z');
    const late = await siteOf(toldTrades.delivered, '2026-07-07T09:31:00.000Z');
    expect((await post(late, 'accept', { confirmation })).statusCode).toBe(409);
    expect((await post(inTime, 'accept', { confirmation })).statusCode).toBe(303);
  });

  it('takes no form from another site, nor one that is larger than ours', async () => {
    const site = await siteOf(toldTrades.delivered);
    const confirmation = await askedTo(site, 'accept');
    const body = Buffer.from(new URLSearchParams({ confirmation }).toString());
    const route = 'POST /t/{token}/accept';
    const foreign = await site.ask(route, { body, headers: { 'sec-fetch-site': 'cross-site' } });
    expect(foreign.statusCode).toBe(409);
    const large = Buffer.concat([body, Buffer.alloc(5_000, '&')]);
    expect((await site.ask(route, { body: large })).statusCode).toBe(409);
    expect(site.events()).toEqual(toldTrades.delivered.escrow);
  });

  it('warns where the carrier has not delivered yet', async () => {
    const early = await siteOf(toldTrades.in_fulfilment);
    expect((await early.ask('GET /t/{token}/accept')).body).toContain(label.acceptEarly);
    const delivered = await siteOf(toldTrades.delivered);
    expect((await delivered.ask('GET /t/{token}/accept')).body).not.toContain(label.acceptEarly);
  });

  it('is not offered where it is not possible, and not done either', async () => {
    const site = await siteOf(toldTrades.settled);
    expect((await site.ask(ORDER)).body).not.toContain(label.accept);
    expect(await site.ask('GET /t/{token}/accept')).toMatchObject({
      statusCode: 409,
      body: expect.stringContaining(label.cannot),
    });
  });
});

describe('Reporting a problem on the page', () => {
  it('disputes what is held, for the reason that was chosen', async () => {
    const site = await siteOf(toldTrades.delivered);
    const confirmation = await askedTo(site, 'dispute');
    const answer = await post(site, 'dispute', { confirmation, reason: 'damaged' });
    expect(answer.headers['location']).toBe(`/t/${site.token}?done=disputed`);
    expect(site.events().at(-1)).toMatchObject({
      ...{ type: 'DisputeOpened', reason: 'damaged', milestoneIds: ['delivery'] },
    });
    const { body } = await site.ask(ORDER, { query: { done: 'disputed' } });
    expect(body).toContain(label.disputed);
    expect(body).toContain(status.disputed);
  });

  it('disputes the parts that were chosen where there are several', async () => {
    const site = await siteOf(toldTrades.inTwoParts);
    const confirmation = await askedTo(site, 'dispute');
    await post(site, 'dispute', { confirmation, reason: 'incomplete', part: 'bulk' });
    expect(site.events().at(-1)).toMatchObject({ milestoneIds: ['bulk'] });
    const again = await site.ask('GET /t/{token}/dispute');
    expect(again.body).not.toContain('name="part"');
  });

  it.each([
    ['no reason', { part: 'bulk' }],
    ['a reason that there is not', { reason: 'bored', part: 'bulk' }],
    ['no part', { reason: 'damaged' }],
  ])('asks again where there is %s', async (_, fields) => {
    const site = await siteOf(toldTrades.inTwoParts);
    const confirmation = await askedTo(site, 'dispute');
    const answer = await post(site, 'dispute', { confirmation, ...fields } as Record<
      string,
      string
    >);
    expect(answer).toMatchObject({
      statusCode: 422,
      body: expect.stringContaining(label.incomplete),
    });
    expect(site.events()).toEqual(toldTrades.inTwoParts.escrow);
  });

  it('refuses a part that this order does not have', async () => {
    const site = await siteOf(toldTrades.inTwoParts);
    const confirmation = await askedTo(site, 'dispute');
    const answer = await post(site, 'dispute', { confirmation, reason: 'damaged', part: 'other' });
    expect(answer).toMatchObject({ statusCode: 409, body: expect.stringContaining(label.cannot) });
  });
});
