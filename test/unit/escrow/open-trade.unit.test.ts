import { recordProviderPayment } from '../../../src/escrow/collect.ts';
import { openTrade } from '../../../src/escrow/open-trade.ts';
import { money } from '../../../src/money/money.ts';
import { story } from '../../support/builders.ts';
import { escrowDesk, storyProposal } from './desk.ts';

async function setUp() {
  const desk = escrowDesk();
  await desk.ready();
  return {
    ...desk,
    open: (changes = {}) => openTrade(desk.ports, { ...storyProposal, ...changes }),
  };
}

describe('Opening a trade', () => {
  it('locks the quote, opens the payment for what it says, and records both', async () => {
    const { open, state, types, payments } = await setUp();
    expect(await open()).toMatchObject({
      kind: 'opened',
      replayed: false,
      payment: { status: 'open', clientSecret: 'pi_1_secret' },
    });
    expect(types()).toEqual(['TradeOpened', 'PaymentRequested']);
    expect(await state()).toMatchObject({
      status: 'awaiting_payment',
      paymentIntentId: 'pi_1',
      terms: { quote: story.tradeOpened.quote, payBy: story.tradeOpened.payBy },
    });
    payments.pay('pi_1');
    expect(await payments.provider.get('pi_1')).toMatchObject({
      payment: { received: story.tradeOpened.quote.sell },
    });
  });

  it('keeps the people before it names them', async () => {
    const { open, kept } = await setUp();
    await open();
    await open();
    expect(kept).toEqual(['after 0 records']);
  });

  it('again answers the same trade and the same payment, at the same price', async () => {
    const { open, state, types, payments, clock } = await setUp();
    const first = await open();
    const before = await state();
    clock.now = new Date('2026-07-01T09:10:00.000Z');
    expect(await open()).toEqual({ ...first, replayed: true });
    expect(await state()).toEqual(before);
    expect(types()).toEqual(['TradeOpened', 'PaymentRequested']);
    expect(payments.created()).toBe(1);
  });

  it('with another body under the key is refused', async () => {
    const { open, types } = await setUp();
    await open();
    expect(await open({ requestHash: 'f'.repeat(64) })).toMatchObject({
      kind: 'refused',
      code: 'idempotency.key_reused',
    });
    expect(types()).toEqual(['TradeOpened', 'PaymentRequested']);
  });

  it('twice at once with two bodies opens one of them and refuses the other', async () => {
    const { open, types } = await setUp();
    const answers = await Promise.all([open(), open({ requestHash: 'f'.repeat(64) })]);
    expect(answers.map(({ kind }) => kind).toSorted()).toEqual(['opened', 'refused']);
    expect(types().filter((type) => type === 'TradeOpened')).toHaveLength(1);
  });

  it('of which the provider’s answer was lost finds the payment that is there', async () => {
    const { open, payments, types } = await setUp();
    payments.loseAnswerOf('create');
    await expect(open()).rejects.toMatchObject({ retryable: true });
    expect(await open()).toMatchObject({ replayed: true, payment: { paymentIntentId: 'pi_1' } });
    expect(payments.created()).toBe(1);
    expect(types()).toEqual(['TradeOpened', 'PaymentRequested']);
  });

  it('that is paid already answers without a payment to make', async () => {
    const { open, payments, ports, context } = await setUp();
    await open();
    payments.pay('pi_1');
    await recordProviderPayment(ports, context('webhook'), await payments.provider.get('pi_1'));
    expect(await open()).toEqual({ kind: 'opened', replayed: true, payment: null });
  });
});

describe('A trade that can’t be opened', () => {
  it('for want of a rate writes nothing', async () => {
    const { open, types, kept, payments } = await setUp();
    expect(await open({ payInCurrency: 'KWD' })).toMatchObject({
      kind: 'refused',
      code: 'fx.currency_unsupported',
    });
    expect([types(), kept, payments.calls]).toEqual([[], [], []]);
  });

  it('for a sum that the provider does not take writes nothing', async () => {
    const desk = escrowDesk();
    await desk.ready();
    const refusal = { code: 'payment.amount_out_of_range', detail: 'Too much.' };
    const asked: unknown[] = [];
    const refusalOf = (amount: unknown) => {
      asked.push(amount);
      return refusal;
    };
    const ports = { ...desk.ports, payments: { ...desk.payments.provider, refusalOf } };
    expect(await openTrade(ports, storyProposal)).toEqual({ kind: 'refused', ...refusal });
    expect(asked).toEqual([money('EUR', 1_024_674n)]);
    expect([desk.types(), desk.kept, desk.payments.calls]).toEqual([[], [], []]);
  });
});

describe('The store of a trade that is opened', () => {
  it('is read once for each thing that is decided, and once where nothing is left', async () => {
    const { ports } = await setUp();
    const loaded: string[] = [];
    const load = (streamId: string) => {
      loaded.push(streamId);
      return ports.store.load(streamId);
    };
    const counted = { ...ports, store: { ...ports.store, load } };
    await openTrade(counted, storyProposal);
    // To see that there is none, to open it, and to record its payment.
    expect(loaded).toHaveLength(3);
    await openTrade(counted, storyProposal);
    expect(loaded).toHaveLength(4);
  });
});
