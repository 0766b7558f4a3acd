import type Stripe from 'stripe';
import { stripeChargebacks } from '../../../src/adapters/stripe/chargebacks.ts';
import { money } from '../../../src/money/money.ts';
import { coded } from '../../support/coded.ts';

type Booking = { readonly amount: number; readonly fee: number };

const usd = (minor: bigint) => money('USD', minor);

/** A dispute as Stripe answers it, with charge and payment intent expanded. */
const answerOf = (changes: object = {}, bookings: readonly Booking[] = []) => ({
  id: 'du_1',
  object: 'dispute',
  status: 'needs_response',
  amount: 1_024_674,
  currency: 'eur',
  reason: 'fraudulent',
  evidence_details: { due_by: 1_787_270_399 },
  charge: { id: 'ch_1', balance_transaction: { currency: 'usd' } },
  payment_intent: { metadata: { trade_id: 'trd_1' } },
  balance_transactions: bookings.map((booking) => ({ ...booking, currency: 'usd' })),
  ...changes,
});

const read = (answer: object) => {
  const stripe = { disputes: { retrieve: async () => answer } } as unknown as Stripe;
  return stripeChargebacks(stripe).getChargeback('du_1');
};

describe('A dispute at Stripe', () => {
  it('is a chargeback in the currency charged, with sums in the one that settles', async () => {
    const bookings = [
      { amount: -1_160_000, fee: 2_000 },
      { amount: -500, fee: 0 },
      { amount: 1_160_400, fee: -1_000 },
    ];
    expect(await read(answerOf({}, bookings))).toEqual({
      ...{ chargebackId: 'du_1', tradeId: 'trd_1', chargeId: 'ch_1', status: 'open' },
      amount: money('EUR', 1_024_674n),
      ...{ withdrawn: usd(1_160_500n), reinstated: usd(1_160_400n), fee: usd(1_000n) },
      reason: 'fraudulent',
      evidenceDueBy: '2026-08-20T23:59:59.000Z',
    });
  });

  it('has moved nothing where it has no bookings yet', async () => {
    const { withdrawn, reinstated, fee } = await read(answerOf());
    expect([withdrawn, reinstated, fee]).toEqual([usd(0n), usd(0n), usd(0n)]);
  });

  it.each([
    ['needs_response', 'open'],
    ['under_review', 'open'],
    ['warning_needs_response', 'open'],
    ['warning_closed', 'won'],
    ['prevented', 'won'],
    ['won', 'won'],
    ['lost', 'lost'],
    ['a_status_to_come', 'open'],
  ])('that is %s counts as %s', async (status, expected) => {
    expect(await read(answerOf({ status }))).toMatchObject({ status: expected });
  });

  it('of another system has no sums that anyone would book', async () => {
    const foreign = answerOf({ payment_intent: null, charge: 'ch_9', evidence_details: {} });
    expect(await read(foreign)).toMatchObject({
      ...{ tradeId: null, chargeId: 'ch_9', evidenceDueBy: null },
      withdrawn: money('EUR', 0n),
    });
    expect(await read(answerOf({ payment_intent: { metadata: {} } }))).toMatchObject({
      tradeId: null,
    });
  });

  it('is asked for again while its charge has no balance transaction', async () => {
    const pending = answerOf({ charge: { id: 'ch_1', balance_transaction: null } });
    expect(await coded(read(pending))).toMatchObject({
      code: 'stripe.balance_transaction_pending',
      retryable: true,
    });
  });
});
