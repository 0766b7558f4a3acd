import * as fc from 'fast-check';
import type { EscrowEvent, TradelaneEvent } from '../../../events/index.ts';
import type { Terms } from '../../../src/escrow/state.ts';
import { balancesOf, isBalanced } from '../../../src/ledger/balances.ts';
import { assertBalanced } from '../../../src/ledger/journal.ts';
import type { EventRecord } from '../../../src/platform/event-store.ts';
import { anySteps, anyTerms, type TradeModel, tradeModel } from './model.ts';

type Records = readonly EventRecord<TradelaneEvent>[];

const entriesOf = (records: Records) => records.flatMap(({ journal }) => journal);

/** What an account owes: credit less debit, in one currency. */
const owed = (records: Records, account: string, currency: string): bigint =>
  balancesOf(entriesOf(records))
    .filter((balance) => balance.account === account && balance.currency === currency)
    .reduce((total, { creditMinor, debitMinor }) => total + creditMinor - debitMinor, 0n);

function eventsOf<T extends TradelaneEvent['type']>(
  records: Records,
  type: T,
): readonly Extract<TradelaneEvent, { type: T }>[] {
  return records
    .flatMap(({ events }) => events)
    .filter((event): event is Extract<TradelaneEvent, { type: T }> => event.type === type);
}

const total = (amounts: readonly { readonly amountMinor: bigint }[]): bigint =>
  amounts.reduce((sum, { amountMinor }) => sum + amountMinor, 0n);

/** What refunds and chargebacks took of what was held; one that was called off gave it back. */
function takenOfHeld(records: Records): bigint {
  const valued = eventsOf(records, 'RefundValued').map((refund) => refund.held);
  const canceled = eventsOf(records, 'RefundCanceled').flatMap(({ valuation }) =>
    valuation === undefined ? [] : [valuation.held],
  );
  const lost = eventsOf(records, 'ChargebackLost').map((chargeback) => chargeback.held);
  return total(valued) - total(canceled) + total(lost);
}

/** What has gone back to the buyer or is on its way, in the currency charged. */
function returnedOf(records: Records): bigint {
  const canceled = eventsOf(records, 'RefundCanceled').map(({ refundId }) => refundId);
  const refunds = eventsOf(records, 'RefundRequested')
    .filter(({ refundId }) => !canceled.includes(refundId))
    .map((refund) => refund.amount);
  return total([...refunds, ...eventsOf(records, 'ChargebackLost').map(({ covered }) => covered)]);
}

const amountOf = <A>({ amount }: { readonly amount: A }): A => amount;

/** Every rule about the money of one trade, at any moment of its life. */
function expectSoundBooks(records: Records, { amount }: Terms): void {
  entriesOf(records).forEach(assertBalanced);
  expect(isBalanced(balancesOf(entriesOf(records)))).toBe(true);

  const funded = eventsOf(records, 'EscrowFunded');
  const converted = eventsOf(records, 'FundsConverted');
  const releases = eventsOf(records, 'MilestoneReleased');
  const released = total(releases.map((release) => release.amount));
  const held = owed(records, '2100', 'USD');
  expect(funded.length).toBeLessThanOrEqual(1);
  expect(converted.length).toBeLessThanOrEqual(funded.length);
  expect(held >= 0n).toBe(true);
  const gone = held + released + takenOfHeld(records);
  expect(gone).toBe(converted.length === 0 ? 0n : amount.amountMinor);
  const charged = total(funded.map(({ received }) => received));
  const parts = eventsOf(records, 'PartialPaymentReceived');
  expect(returnedOf(records) <= charged + total(parts.map(({ added }) => added))).toBe(true);
  const transfers = parts.filter(({ way }) => way === 'transfer').map(({ added }) => added);
  const unapplied = eventsOf(records, 'RefundValued').filter((refund) => refund.unapplied);
  const came = funded.length > 0 ? charged : total(transfers);
  const gone2000 = [...converted.map(({ received }) => received), ...unapplied.map(amountOf)];
  expect(owed(records, '2000', 'EUR')).toBe(came - total(gone2000));

  const nets = total(releases.map(({ net }) => net));
  const requested = total(eventsOf(records, 'PayoutRequested').map((payout) => payout.amount));
  const settled = total(eventsOf(records, 'PayoutSettled').map((payout) => payout.amount));
  expect(nets + total(releases.map(({ fee }) => fee))).toBe(released);
  expect(owed(records, '2200', 'USD')).toBe(nets - requested);
  expect(owed(records, '2300', 'USD')).toBe(requested - settled);
}

function expectSoundStream(records: readonly EventRecord<EscrowEvent>[]): void {
  expect(records.map(({ sequence }) => sequence)).toEqual(records.map((_, index) => index + 1));
  expect(new Set(records.map(({ cause }) => cause)).size).toBe(records.length);
  const closed = [...eventsOf(records, 'TradeCanceled'), ...eventsOf(records, 'TradeExpired')];
  expect(eventsOf(records, 'EscrowFunded').length * closed.length).toBe(0);
}

async function expectSoundEnd(model: TradeModel): Promise<void> {
  const { status } = await model.state();
  const records = model.records();
  if (status === 'released' || status === 'settled') expect(owed(records, '2100', 'USD')).toBe(0n);
  if (status !== 'settled') return;
  const nets = total(eventsOf(records, 'MilestoneReleased').map(({ net }) => net));
  expect(total(model.transfers.map(({ amount }) => amount))).toBe(nets);
  expect([owed(records, '2200', 'USD'), owed(records, '2300', 'USD')]).toEqual([0n, 0n]);
}

describe('Whatever happens to a trade, in whatever order', () => {
  it('its books balance, what is held is never negative, and nothing is lost or paid twice', async () => {
    const reached = new Set<string>();
    await fc.assert(
      fc.asyncProperty(anyTerms, anySteps, async (terms, steps) => {
        const model = tradeModel(terms);
        for (const step of steps) {
          await model.take(step);
          expectSoundBooks(model.records(), terms);
          reached.add((await model.state()).status);
        }
        expectSoundStream(model.escrowRecords());
        await expectSoundEnd(model);
      }),
      { numRuns: 400, seed: 20_260_701 },
    );
    expect([...reached].toSorted()).toEqual([
      'awaiting_payment',
      'canceled',
      'canceling',
      'charged_back',
      'delivered',
      'expired',
      'funded',
      'in_fulfilment',
      'not_opened',
      'refunded',
      'refunding',
      'released',
      'settled',
    ]);
  });

  it('asking for all of it again, under the same causes, changes nothing', async () => {
    await fc.assert(
      fc.asyncProperty(anyTerms, anySteps, async (terms, steps) => {
        const model = tradeModel(terms);
        for (const step of steps) await model.take(step);
        const before = model.records();
        const outcomes = await model.repeatAll();
        expect(outcomes.filter(({ kind }) => kind !== 'unchanged')).toEqual([]);
        expect(model.records()).toEqual(before);
      }),
      { numRuns: 60 },
    );
  });
});
