import { withSettlement } from '../../../src/escrow/settlement.ts';
import { publicStatus } from '../../../src/escrow/status.ts';
import { story } from '../../support/builders.ts';
import { histories } from './escrow-states.ts';
import { stateAfter } from './illegal.ts';

describe('The status of a trade', () => {
  it.each([
    ['funded', 'funded', 'funded'],
    ['converted', 'funded', 'funded'],
    ['in_fulfilment', 'in_fulfilment', 'in_fulfilment'],
    ['delivered', 'delivered', 'delivered'],
    ['delivery_withdrawn', 'in_fulfilment', 'in_fulfilment'],
    ['released', 'released', 'released'],
    ['settled', 'settled', 'settled'],
    ['refunding', 'refunding', 'refunding'],
    ['refund_failed', 'refunding', 'refunding'],
    ['refunded', 'refunded', 'refunded'],
    ['disputed', 'delivered', 'disputed'],
    ['dispute_withdrawn', 'delivered', 'delivered'],
    ['charged_back', 'delivered', 'charged_back'],
    ['released_charged_back', 'released', 'charged_back'],
    ['chargeback_won', 'delivered', 'delivered'],
    ['chargeback_lost', 'charged_back', 'charged_back'],
  ] as const)('after %s is %s, and shown as %s', (name, status, shown) => {
    const state = stateAfter(histories[name]);
    expect(state.status).toBe(status);
    expect(publicStatus(state)).toBe(shown);
  });

  it('is not that of a refund that was called off, nor of a chargeback that was won', () => {
    const { refunding, refunded } = histories;
    const lost = [story.refundCanceled, story.chargebackOpened, story.chargebackLost];
    expect(stateAfter([...refunding, ...lost]).status).toBe('charged_back');
    const won = [story.chargebackOpened, story.chargebackAdjusted, story.chargebackWon];
    expect(stateAfter([...refunded, ...won]).status).toBe('refunded');
    const both = [...won, { ...story.chargebackOpened, chargebackId: 'du_2' }];
    const second = { ...story.chargebackLost, chargebackId: 'du_2' };
    expect(stateAfter([...histories.delivered, ...both, second]).status).toBe('charged_back');
  });
});

describe('What is noted of a trade', () => {
  const before = stateAfter(histories.delivered);

  it.each([
    ['that it was dispatched', story.goodsDispatched, { dispatched: true }],
    ['that its limit is near', story.holdLimitNear, { holdWarned: true }],
    ['nothing of its forced end', story.holdLimitForced, {}],
    ['nothing of goods that were missed', story.shippingMissed, {}],
    ['nothing of a paper', story.documentPresented, {}],
    ['nothing of a payment that is not needed', story.paymentNoLongerNeeded, {}],
    [
      'what the seller was told that it owes',
      story.sellerDebtIncurred,
      { debtTold: story.sellerDebtIncurred.amount },
    ],
  ])('is %s, and else it is as it was', (_, event, noted) => {
    expect(stateAfter([...histories.delivered, event])).toEqual({ ...before, ...noted });
  });

  it('is the spread that was earned, and none where it was lost', () => {
    const lost = {
      ...story.fundsConverted,
      spread: { currency: 'EUR', amountMinor: -5n },
    } as const;
    expect(stateAfter([...histories.funded, lost]).spread.amountMinor).toBe(0n);
    expect(before.spread).toEqual(story.fundsConverted.spread);
  });
});

describe('A trade that is paid out', () => {
  const at = story.tradeSettled.settledAt;
  const paid = stateAfter([...histories.released, story.milestonePaid]);

  it('is settled by what happens, and by nothing where nothing does', () => {
    expect(withSettlement(paid, [], at)).toEqual({ kind: 'decided', events: [] });
    const unpaid = stateAfter(histories.released);
    expect(withSettlement(unpaid, [story.milestonePaid], at)).toEqual({
      ...{ kind: 'decided', events: [story.milestonePaid, story.tradeSettled] },
    });
  });

  it('is not settled while it is unpaid, or the buyer’s bank disputes the charge', () => {
    const frozen = stateAfter(histories.released_charged_back);
    const events = [story.milestonePaid];
    expect(withSettlement(frozen, events, at)).toEqual({ kind: 'decided', events });
    const dispatched = [story.goodsDispatched];
    expect(withSettlement(stateAfter(histories.released), dispatched, at)).toEqual({
      ...{ kind: 'decided', events: dispatched },
    });
  });
});
