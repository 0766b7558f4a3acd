import { inMemoryQuoteStore } from '../../../src/adapters/in-memory/quote-store.ts';
import { inMemoryRatesStore } from '../../../src/adapters/in-memory/rates-store.ts';
import { openTrade } from '../../../src/escrow/open-trade.ts';
import { money } from '../../../src/money/money.ts';
import { claimedQuoteDesk } from '../../../src/process/claimed-quote.ts';
import { quoteDesk } from '../../../src/process/quote-desk.ts';
import { later } from '../../support/builders.ts';
import { offeredQuote } from '../../support/describe-quote-store.ts';
import { escrowDesk, storyProposal } from '../escrow/desk.ts';
import { bundledDay } from '../fx/rate-days.ts';

const offered = offeredQuote();
const request = {
  tradeId: 'trd_1',
  amount: offered.buy,
  payInCurrency: 'EUR' as const,
  now: new Date(later(offered.createdAt, 60)),
};

async function given(
  change: Partial<typeof offered> = {},
  options: { readonly allowsIndicative?: boolean } = {},
) {
  const [quotes, rates] = [inMemoryQuoteStore(), inMemoryRatesStore()];
  await quotes.putIfAbsent({ ...offered, ...change });
  await rates.putIfAbsent(bundledDay);
  const desk = quoteDesk({
    rates,
    ...{ marginBasisPoints: 999, lockPremiumBasisPoints: 0, lockSeconds: 1_800 },
  });
  const deskOf = (marketplaceId = offered.marketplaceId, quoteId = offered.id) =>
    claimedQuoteDesk(desk, { quotes, quoteId, marketplaceId, ...options });
  return { quotes, deskOf, quote: deskOf().quote };
}

describe('A checkout that names its quote', () => {
  it('is priced at it, to be paid while it holds', async () => {
    const { quote, quotes } = await given();
    const { marketplaceId: _, requestHash: __, ...figures } = offered;
    expect(await quote(request)).toEqual({
      kind: 'quoted',
      quote: { ...figures, tradeId: 'trd_1' },
      payBy: offered.expiresAt,
    });
    expect((await quotes.get(offered.id))?.usedByTradeId).toBe('trd_1');
  });

  it('keeps it when it is tried again, even past its time', async () => {
    const { quote } = await given();
    const first = await quote(request);
    expect(await quote(request)).toEqual(first);
    expect(await quote({ ...request, now: new Date(offered.expiresAt) })).toEqual(first);
  });

  it('leaves nothing for another trade', async () => {
    const { quote } = await given();
    await quote(request);
    expect(await quote({ ...request, tradeId: 'trd_2' })).toMatchObject({ code: 'quote.used' });
  });

  it('races another trade, and one of them is priced', async () => {
    const { quote } = await given();
    const answers = await Promise.all(
      ['trd_1', 'trd_2', 'trd_3'].map((tradeId) => quote({ ...request, tradeId })),
    );
    expect(answers.filter(({ kind }) => kind === 'quoted')).toHaveLength(1);
    expect(answers.filter(({ kind }) => kind === 'refused')).toHaveLength(2);
  });
});

describe('A checkout is refused', () => {
  it.each([
    ['for another amount', { amount: money('USD', 1n) }, 'quote.terms_differ'],
    [
      'for another currency of the trade',
      { amount: money('GBP', 1_150_000n) },
      'quote.terms_differ',
    ],
    ['for another currency to pay in', { payInCurrency: 'GBP' }, 'quote.terms_differ'],
    ['at the instant of expiry', { now: new Date(offered.expiresAt) }, 'quote.expired'],
  ] as const)('%s, and the quote stays unused', async (_, change, code) => {
    const { quote, quotes } = await given();
    expect(await quote({ ...request, ...change })).toMatchObject({ kind: 'refused', code });
    expect((await quotes.get(offered.id))?.usedByTradeId).toBeNull();
  });

  it('for a quote that there is not, or that is another marketplace’s', async () => {
    const { deskOf } = await given();
    const refusal = { kind: 'refused', code: 'quote.not_found' };
    expect(await deskOf(offered.marketplaceId, 'fxq_none').quote(request)).toMatchObject(refusal);
    expect(await deskOf('mkt_other').quote(request)).toMatchObject(refusal);
  });

  it('at a rate that no authority stands behind, unless the platform wants it so', async () => {
    const indicative = { reference: { ...offered.reference, source: 'INDICATIVE' } } as const;
    for (const options of [{}, { allowsIndicative: false }]) {
      const { quote, quotes } = await given(indicative, options);
      expect(await quote(request)).toMatchObject({ code: 'fx.rate_indicative' });
      expect((await quotes.get(offered.id))?.usedByTradeId).toBeNull();
    }
    const { quote } = await given(indicative, { allowsIndicative: true });
    expect(await quote(request)).toMatchObject({
      kind: 'quoted',
      quote: { id: offered.id, ...indicative },
    });
  });
});

describe('A trade opened at a quote', () => {
  it('is charged what was quoted, until the quote expires', async () => {
    const desk = escrowDesk();
    await desk.ready();
    const { deskOf } = await given({ expiresAt: later(offered.createdAt, 300) });
    desk.clock.now = request.now;
    const result = await openTrade({ ...desk.ports, quotes: deskOf() }, storyProposal);
    expect(result).toMatchObject({ kind: 'opened' });
    expect(await desk.state()).toMatchObject({
      terms: {
        quote: { id: offered.id, tradeId: storyProposal.tradeId, sell: offered.sell },
        payBy: later(offered.createdAt, 300),
      },
    });
  });

  it('is to be paid within the payment window, however long the quote holds', async () => {
    const desk = escrowDesk();
    await desk.ready();
    const { deskOf } = await given({ expiresAt: later(offered.createdAt, 86_400) });
    desk.clock.now = request.now;
    await openTrade({ ...desk.ports, quotes: deskOf() }, storyProposal);
    expect(await desk.state()).toMatchObject({
      terms: { payBy: later(request.now.toISOString(), 1_800) },
    });
  });
});
