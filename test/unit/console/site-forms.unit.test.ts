import type { Answer } from '../../../console/tracking/answer.ts';
import { messages } from '../../../console/tracking/messages.ts';
import { toldTrades } from '../../support/told-trades.ts';
import { type Site, siteOf } from '../../support/tracking-site.ts';

const ORDER = 'GET /t/{token}';
const { label, status } = messages.en;

const confirmationIn = ({ body }: Answer): string =>
  /name="confirmation" value="([^"]+)"/.exec(body)?.[1] ?? '';

const post = (site: Site, act: 'accept' | 'dispute', fields: Record<string, string>) =>
  site.ask(`POST /t/{token}/${act}`, { body: Buffer.from(new URLSearchParams(fields).toString()) });

const askedTo = async (site: Site, act: 'accept' | 'dispute') =>
  confirmationIn(await site.ask(`GET /t/{token}/${act}`));

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
