import type { TradelaneEvent } from '../../../events/index.ts';
import { PayoutBlocked } from '../../../events/payout/payout-blocked.v1.ts';
import { PayoutUnblocked } from '../../../events/payout/payout-unblocked.v1.ts';
import { SellerTradeBlocked } from '../../../events/seller/seller-trade-blocked.v1.ts';
import { SellerTradeUnblocked } from '../../../events/seller/seller-trade-unblocked.v1.ts';
import { balancesOf } from '../../../src/ledger/balances.ts';
import { journalize } from '../../../src/ledger/journalize.ts';
import { safeguardingOf } from '../../../src/ledger/safeguarding.ts';
import { money } from '../../../src/money/money.ts';
import { sample, story } from '../../support/builders.ts';

const { tradeId, amount } = story.tradeOpened;
const { caseId } = story.fundsBlocked;
const { sellerId } = story.milestoneReleased;

/** The worked order: 11,500.00 USD held, of which 40 % less 2.5 % are owed to the seller. */
const net = money('USD', 448_500n);
const [part] = sample(PayoutBlocked, 'payout/payout-blocked').parts.map((one) => ({
  ...one,
  amount: net,
}));
const parts = part === undefined ? [] : [part];
const payoutBlocked = { ...sample(PayoutBlocked, 'payout/payout-blocked'), parts };
const payoutUnblocked = { ...sample(PayoutUnblocked, 'payout/payout-unblocked'), parts };

const rows = (event: TradelaneEvent) =>
  journalize(event).map(({ kind, legs }) => [
    kind,
    ...legs.map(
      ({ account, amountMinor, currency, scope }) =>
        `${account} ${amountMinor} ${currency} ${scope}`,
    ),
  ]);

describe('The rows of blocked funds (finance.md 3.4)', () => {
  it('S1: what is held goes to the blocked funds of the case, and back', () => {
    expect(rows(story.fundsBlocked)).toEqual([
      ['funds_blocked', `2100 1150000 USD ${tradeId}`, `2190 -1150000 USD ${caseId}`],
    ]);
    expect(rows(story.fundsUnblocked)).toEqual([
      ['funds_unblocked', `2100 -1150000 USD ${tradeId}`, `2190 1150000 USD ${caseId}`],
    ]);
  });

  it('S1: what is owed to the seller and not sent, and back', () => {
    expect(rows(payoutBlocked)).toEqual([
      ['funds_blocked', `2200 448500 USD ${sellerId}`, `2190 -448500 USD ${caseId}`],
    ]);
    expect(rows(payoutUnblocked)).toEqual([
      ['funds_unblocked', `2200 -448500 USD ${sellerId}`, `2190 448500 USD ${caseId}`],
    ]);
  });

  it('what waits for the next payout, and back', () => {
    expect(rows(sample(SellerTradeBlocked, 'seller/seller-trade-blocked'))).toEqual([
      ['funds_blocked', `2200 4500 USD ${sellerId}`, `2190 -4500 USD ${caseId}`],
    ]);
    expect(rows(sample(SellerTradeUnblocked, 'seller/seller-trade-unblocked'))).toEqual([
      ['funds_unblocked', `2200 -4500 USD ${sellerId}`, `2190 4500 USD ${caseId}`],
    ]);
  });

  it('what came before its conversion is blocked in the currency charged, then in the trade’s', () => {
    const clearing = money('EUR', 1_024_674n);
    const blocked = { ...story.fundsBlocked, held: money('USD', 0n), clearing };
    expect(rows(blocked)).toEqual([
      ['funds_blocked', `2000 1024674 EUR ${tradeId}`, `2190 -1024674 EUR ${caseId}`],
    ]);
    const converted = {
      ...{ ...story.blockedFundsAdjusted, held: amount },
      clearing: money('EUR', -1_024_674n),
    };
    expect(rows(converted)).toEqual([
      ['funds_blocked', `2100 1150000 USD ${tradeId}`, `2190 -1150000 USD ${caseId}`],
      ['funds_blocked', `2000 -1024674 EUR ${tradeId}`, `2190 1024674 EUR ${caseId}`],
    ]);
  });

  it('a lost chargeback takes its part out of them', () => {
    expect(rows(story.blockedFundsAdjusted)).toEqual([
      ['funds_blocked', `2100 -1150000 USD ${tradeId}`, `2190 1150000 USD ${caseId}`],
    ]);
  });

  it('a proposal moves nothing', () => {
    expect(rows(story.unblockProposed)).toEqual([]);
  });

  it('they are owed to clients: safeguarding counts them as what they were', () => {
    const held = [story.escrowFunded, story.fundsConverted].flatMap(journalize);
    const blocked = [...held, ...journalize(story.fundsBlocked)];
    expect(safeguardingOf(balancesOf(blocked))).toEqual(safeguardingOf(balancesOf(held)));
  });
});
