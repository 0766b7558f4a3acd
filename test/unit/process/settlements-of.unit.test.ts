import type { PayoutEvent } from '../../../events/index.ts';
import { PayoutBlocked } from '../../../events/payout/payout-blocked.v1.ts';
import { PayoutFailed } from '../../../events/payout/payout-failed.v1.ts';
import { PayoutPaidThrough } from '../../../events/payout/payout-paid-through.v1.ts';
import { PayoutReissued } from '../../../events/payout/payout-reissued.v1.ts';
import { PayoutReturned } from '../../../events/payout/payout-returned.v1.ts';
import { PayoutReversed } from '../../../events/payout/payout-reversed.v1.ts';
import { PayoutRolledForward } from '../../../events/payout/payout-rolled-forward.v1.ts';
import { PayoutSetOff } from '../../../events/payout/payout-set-off.v1.ts';
import { PayoutUnblocked } from '../../../events/payout/payout-unblocked.v1.ts';
import { money } from '../../../src/money/money.ts';
import type { EventRecord } from '../../../src/platform/event-store.ts';
import { payoutStream } from '../../../src/platform/ids.ts';
import { settlementOfPayout, settlementsOfRelease } from '../../../src/process/settlements-of.ts';
import {
  marketplaceId,
  payoutId,
  sample,
  story,
  termsOf,
  tradeId,
} from '../../support/builders.ts';
import { recordOf } from '../../support/records.ts';

const terms = termsOf({ reference: 'PO-1' });
const failed = sample(PayoutFailed, 'payout/payout-failed');
const reissued = sample(PayoutReissued, 'payout/payout-reissued');
const returned = sample(PayoutReturned, 'payout/payout-returned');
const reversed = sample(PayoutReversed, 'payout/payout-reversed');
const setOff = sample(PayoutSetOff, 'payout/payout-set-off');
const rolledForward = sample(PayoutRolledForward, 'payout/payout-rolled-forward');
const paidThrough = sample(PayoutPaidThrough, 'payout/payout-paid-through');
const blocked = sample(PayoutBlocked, 'payout/payout-blocked');
const unblocked = sample(PayoutUnblocked, 'payout/payout-unblocked');
const { payoutRequested: requested, payoutSubmitted: submitted, payoutSettled: settled } = story;

const streamOf = (events: readonly PayoutEvent[]): readonly EventRecord<PayoutEvent>[] =>
  events.map(
    (event, index) =>
      recordOf(payoutStream(payoutId), index + 1, [event]) as EventRecord<PayoutEvent>,
  );

const payAfter = (...events: readonly PayoutEvent[]) => settlementOfPayout(streamOf(events), terms);

describe('The pay of a milestone', () => {
  it('is due from its release on, before its payout has a stream', () => {
    const owner = { tradeId, marketplaceId };
    const [due] = settlementsOfRelease({ ...owner, events: [story.milestoneReleased] }, terms);
    expect(due).toEqual({
      ...{ payoutId, tradeId, marketplaceId, milestoneId: 'delivery', reference: 'PO-1' },
      ...{ payoutAccountId: story.milestoneReleased.payoutAccountId, state: 'due', version: 0 },
      ...{ at: story.milestoneReleased.releasedAt, amount: money('USD', 1_121_250n), attempt: 1 },
    });
  });

  it('that waits for its money is due when that is free', () => {
    const fundsAvailableOn = '2026-07-12T00:00:00.000Z';
    const owner = { tradeId, marketplaceId };
    const released = { ...story.milestoneReleased, fundsAvailableOn };
    const [due] = settlementsOfRelease({ ...owner, events: [released] }, terms);
    const waiting = payAfter({ ...requested, availableOn: fundsAvailableOn });
    for (const one of [due, waiting]) {
      expect(one).toMatchObject({ state: 'due', at: fundsAvailableOn });
    }
  });

  it.each([
    ['initiated', [requested], { at: '2026-11-23T08:00:01.000Z' }],
    ['in_transit', [requested, submitted], { at: submitted.submittedAt }],
    ['paid', [requested, submitted, settled], { at: settled.settledAt }],
    ['failed', [requested, failed], { at: failed.failedAt, code: failed.code }],
    ['initiated', [requested, failed, reissued], { attempt: 2 }],
    ['carried', [rolledForward], { amount: rolledForward.amount }],
    ['paid_through', [rolledForward, paidThrough], { amount: rolledForward.amount }],
    ['netted', [setOff], { amount: money('USD', 0n), netted: money('USD', 1_950n) }],
  ] as const)('is %s', (state, events, fields) => {
    expect(payAfter(...events)).toMatchObject({ state, version: events.length, ...fields });
  });

  it('that came back says why, and stays with the transfer that had paid it', () => {
    const back = { ...returned, transferId: settled.transferId };
    expect(payAfter(requested, submitted, settled, back)).toMatchObject({
      ...{ state: 'returned', at: returned.returnedAt, code: returned.code },
      transferId: settled.transferId,
    });
  });

  it('stays paid since it was paid where a part is taken back later', () => {
    const taken = { transferId: settled.transferId, totalReversed: reversed.amount };
    expect(payAfter(requested, submitted, settled, { ...reversed, ...taken })).toMatchObject({
      ...{ state: 'paid', at: settled.settledAt, version: 4, reversed: reversed.amount },
    });
  });

  it('shows what the latest attempt kept for debts, not what one before it did', () => {
    const [recovery] = setOff.recovered;
    const netting = { ...requested, recovered: recovery === undefined ? [] : [recovery, recovery] };
    expect(payAfter(netting)?.netted).toEqual(money('USD', 3_900n));
    expect(payAfter(netting, failed, reissued)?.netted).toBeUndefined();
  });
});

describe('The pay of a milestone whose funds are blocked', () => {
  const parts = [
    {
      ...{ payoutId, tradeId, milestoneId: 'delivery', sellerId: requested.sellerId },
      amount: money('USD', 500n),
    },
  ];
  const own = { payoutId, caseId: 'case_1', blockedTradeId: tradeId, parts };
  const block = { ...blocked, ...own };
  const unblock = { ...unblocked, ...own, reason: 'unblocked' as const };
  const notSent = { ...failed, code: 'payout.funds_blocked' };
  const onHold = { state: 'on_hold', code: 'payout.on_hold', at: blocked.blockedAt };

  it('is on hold, whether it was asked for or not, and says no more than that', () => {
    expect(payAfter(block)).toMatchObject({
      ...{ payoutId, milestoneId: 'delivery', amount: money('USD', 500n), version: 1, ...onHold },
    });
    expect(payAfter(requested, notSent, block)).toMatchObject({ ...onHold, version: 3 });
  });

  it('goes on where it stood once the block is lifted', () => {
    expect(payAfter(block, unblock)).toMatchObject({ state: 'due', at: unblocked.unblockedAt });
    expect(payAfter(requested, notSent, block, unblock)).toMatchObject({
      ...{ state: 'failed', code: 'payout.on_hold', at: failed.failedAt },
    });
  });
});
