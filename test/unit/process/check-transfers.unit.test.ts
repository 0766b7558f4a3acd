import { jest } from '@jest/globals';
import type { DeadlinePassed } from '../../../events/messages/deadline-passed.v1.ts';
import type { StripeEventReceived } from '../../../events/messages/stripe-event-received.v1.ts';
import { runEscrow } from '../../../src/escrow/run.ts';
import { money } from '../../../src/money/money.ts';
import { consumePayments } from '../../../src/process/consume-payments.ts';
import { consumeSettlement } from '../../../src/process/consume-settlement.ts';
import { loadSeller } from '../../../src/settlement/run.ts';
import { marketplaceId, payoutId, story, termsOf, tradeId } from '../../support/builders.ts';
import { feedOf } from '../../support/fake-feed.ts';
import { office } from './office.ts';
import { stripeMessage } from './post.ts';
import { eventsTo } from './routed.ts';

const { payoutAccountId: account } = story.milestoneReleased;
const { submittedAt: dueAt } = story.payoutSubmitted;

const check: DeadlinePassed = {
  ...{ kind: 'deadline_passed', version: 1, deadline: 'transfer_check', dueAt },
  messageId: `deadline#transfer_check#${payoutId}#${dueAt}`,
  ...{ tradeId, marketplaceId, subjectId: payoutId },
};

/** A trade whose seller was paid, and of which no webhook has told. */
async function paidTrade(undelivered: readonly StripeEventReceived[] = []) {
  const desk = office();
  const { escrow, settlement, payments } = desk.ports;
  const opening = { tradeId, marketplaceId, cause: 'open' };
  await runEscrow(escrow, opening, { type: 'OpenTrade', terms: termsOf() });
  await consumeSettlement(settlement)(eventsTo('settlement', story.milestoneReleased));
  const types = () => desk.records().flatMap(({ events }) => events.map(({ type }) => type));
  const consume = consumePayments({ ...payments, feed: feedOf(undelivered) });
  return { ...desk, types, check: () => consume(check) };
}

describe('A transfer that no webhook told of', () => {
  it('is recorded when the books are compared, once, and nothing is paid', async () => {
    const trade = await paidTrade();
    expect(trade.types()).not.toContain('PayoutSettled');
    expect(await trade.check()).toEqual({ kind: 'done' });
    expect(await trade.check()).toEqual({ kind: 'done' });
    expect(trade.types().filter((type) => type === 'PayoutSettled')).toHaveLength(1);
    expect(trade.rail.transfers).toHaveLength(1);
  });

  it('costs no read more than the comparison, once it is booked', async () => {
    const trade = await paidTrade();
    await trade.check();
    const load = jest.spyOn(trade.ports.settlement.store, 'load');
    expect(await trade.check()).toEqual({ kind: 'done' });
    // One to know the account that was paid, one to compare.
    expect(load).toHaveBeenCalledTimes(2);
  });

  it('has what was taken back of it recorded, once', async () => {
    const trade = await paidTrade();
    trade.rail.reverse('tr_1', money('USD', 500n));
    await trade.check();
    await trade.check();
    expect(trade.types().filter((type) => type === 'PayoutReversed')).toHaveLength(1);
  });
});

describe('A transfer that differs from the books', () => {
  it('goes to a person by its kind, and nothing is paid', async () => {
    const trade = await paidTrade();
    trade.rail.addForeign('tr_by_hand', money('USD', 500n));
    expect(await trade.check()).toEqual({
      ...{ kind: 'rejected', code: 'transfer.unknown' },
      detail: expect.stringContaining('transfer.unknown tr_by_hand'),
    });
    expect(trade.types()).toContain('PayoutSettled');
    expect(trade.rail.transfers).toHaveLength(2);
  });
});

describe('What Stripe could not tell of the account that was paid', () => {
  it('is heard of, though its webhook is lost: the bank refused', async () => {
    const event = { ...stripeMessage('payout.failed', 'po_1'), account };
    const trade = await paidTrade([event, { ...event, eventId: 'evt_twin' }]);
    expect(await trade.check()).toEqual({ kind: 'done' });
    const seller = await loadSeller(trade.ports.settlement, account);
    expect(seller.impairedBy).toBe('account_closed');
    expect(trade.types().filter((type) => type === 'PayoutAccountImpaired')).toHaveLength(1);
  });

  it("is none of another account's", async () => {
    const event = { ...stripeMessage('payout.failed', 'po_1'), account: 'acct_other' };
    const trade = await paidTrade([event]);
    await trade.check();
    expect(trade.types()).not.toContain('PayoutAccountImpaired');
  });
});
