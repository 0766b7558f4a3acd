import fc from 'fast-check';
import type { EscrowEvent } from '../../../events/index.ts';
import type { EscrowCommand } from '../../../src/escrow/commands.ts';
import { decideEscrow } from '../../../src/escrow/decide.ts';
import { escrowEvolution } from '../../../src/escrow/evolve.ts';
import { journalize } from '../../../src/ledger/journalize.ts';
import { type Money, money } from '../../../src/money/money.ts';
import { later, paymentOf, story, tradeId } from '../../support/builders.ts';
import { commands, given, histories, part, payBy, receipt } from './escrow-states.ts';

const eur = (minor: bigint): Money => money('EUR', minor);
const due = story.tradeOpened.quote.sell;
const usd = story.tradeOpened.amount;
const suffix = tradeId.slice('trd_'.length);
const { receivedAt: at } = part;

const transfers = (received: Money) => ({ type: 'RecordTransfers', received, at }) as const;
const applied = (receiptId: string, amount: Money) =>
  ({ type: 'ApplyReceipt', receiptId, amount, at }) as const;
const unneeded = story.paymentNoLongerNeeded;
const back = (what: string, amount: Money, changes: object): EscrowEvent => ({
  ...{ type: 'RefundRequested', version: 1, tradeId, parts: [], amount },
  ...{ refundId: `rfd_${suffix}_${what}`, reason: 'underpayment', requestedAt: at },
  ...changes,
});

describe('A payment by bank transfer that comes in parts', () => {
  it('leaves the trade awaiting payment, with what has come', () => {
    given(...histories.payment_requested)
      .when(transfers(part.received))
      .thenEvents(part);
    expect(stateAfter(histories.partly_paid)).toMatchObject({
      status: 'awaiting_payment',
      parts: { transferred: part.received },
    });
  });

  it('is booked under the trade where it comes before we know of a way to pay', () => {
    given(story.tradeOpened)
      .when(transfers(part.received))
      .thenEvents({ ...part, reference: tradeId });
  });

  it('is told as a sum, of which only what is new is booked', () => {
    given(...histories.partly_paid)
      .when(transfers(eur(650_000n)))
      .thenEvents({ ...part, added: eur(250_000n), received: eur(650_000n) });
  });

  it.each([
    ['the same sum again', part.received],
    ['a smaller sum, which is older news', eur(1n)],
  ])('changes nothing by %s', (_, received) => {
    given(...histories.partly_paid)
      .when(transfers(received))
      .thenNothing();
  });

  it('is refused in another currency than was quoted', () => {
    given(...histories.payment_requested)
      .when(transfers(money('USD', 1n)))
      .thenRejected('escrow.amount_mismatch');
  });

  it('funds the trade with the charge of the whole, of which the parts are known', () => {
    given(...histories.partly_paid)
      .when(commands.RecordPayment)
      .thenEvents({ ...story.escrowFunded, applied: part.received });
  });

  it('gives back what was transferred beyond the whole', () => {
    const { capturedAt } = story.escrowFunded;
    given(...histories.partly_paid)
      .when({ ...commands.RecordPayment, unused: eur(5_000n) })
      .thenEvents(
        { ...story.escrowFunded, applied: part.received, unused: eur(5_000n) },
        back('cash', eur(5_000n), {
          ...{ reason: 'overpayment', from: 'cash_balance', requestedAt: capturedAt },
        }),
      );
  });
});

describe('A trade that a charge has funded', () => {
  it('gives back what is transferred after it', () => {
    const { capturedAt, paymentIntentId: reference } = story.escrowFunded;
    const unused = eur(900n);
    given(...histories.settled)
      .when({ ...commands.RecordPayment, unused })
      .thenEvents(
        { ...part, reference, added: unused, received: unused, receivedAt: capturedAt },
        back('cash', unused, {
          ...{ reason: 'overpayment', from: 'cash_balance', requestedAt: capturedAt },
        }),
      );
  });
});

describe('A receipt that comes when nothing waits for it', () => {
  it.each([
    ['settled', 'overpayment'],
    ['partly_expired', 'underpayment'],
  ] as const)('to a trade that is %s goes back as %s', (state, reason) => {
    const late = given(...histories[state]).when(applied('camt-9', eur(100n)));
    expect(late.decision).toMatchObject({
      events: [
        { type: 'PartialPaymentReceived', added: eur(100n) },
        { type: 'RefundRequested', reason, from: 'bank', amount: eur(100n) },
      ],
    });
  });
});

describe('A trade of which a part of the charge went back', () => {
  it('gives back all that is transferred after it, whatever went back of the charge', () => {
    const unused = eur(900n);
    expect(
      given(...histories.refunded).when({ ...commands.RecordPayment, unused }).decision,
    ).toMatchObject({
      events: [{ added: unused }, { refundId: `rfd_${suffix}_cash`, amount: unused }],
    });
  });
});

describe('A trade whose payment window ends with a part', () => {
  it('asks the provider to close the payment, as an unpaid one does', () => {
    given(...histories.partly_paid)
      .when(commands.PassPaymentDeadline)
      .thenEvents({ ...story.cancellationRequested, reason: 'payment_window_over' });
  });

  it('expires and gives the part back, in the currency charged', () => {
    given(...histories.partly_expiring)
      .when({ type: 'RecordPaymentClosed', at: payBy, unused: part.received })
      .thenEvents(
        { ...story.tradeExpired, expiredAt: payBy },
        back('cash', part.received, { from: 'cash_balance', requestedAt: payBy }),
      );
  });

  it('gives back also what came in the last moment, and books it first', () => {
    given(...histories.partly_expiring)
      .when({ type: 'RecordPaymentClosed', at: payBy, unused: eur(500_000n) })
      .thenEvents(
        { ...part, added: eur(100_000n), received: eur(500_000n), receivedAt: payBy },
        { ...story.tradeExpired, expiredAt: payBy },
        back('cash', eur(500_000n), { from: 'cash_balance', requestedAt: payBy }),
      );
  });

  it('waits while the provider has closed the payment and does not show the part yet', () => {
    given(...histories.partly_expiring)
      .when({ type: 'RecordPaymentClosed', at: payBy })
      .thenTooEarly('escrow.part_not_returned');
  });

  it('gives the part back too where the marketplace cancels', () => {
    given(...histories.partly_paid, story.cancellationRequested)
      .when({ type: 'RecordPaymentClosed', at, unused: part.received })
      .thenEvents(
        { ...story.tradeCanceled, canceledAt: at },
        back('cash', part.received, { from: 'cash_balance' }),
      );
  });

  it('is funded where the rest came first', () => {
    given(...histories.partly_expiring)
      .when(commands.RecordPayment)
      .thenEvents({ ...story.escrowFunded, applied: part.received });
  });

  it('gives back what comes after it, too', () => {
    const late = { type: 'RecordPaymentClosed', at, unused: eur(450_000n) } as const;
    given(...histories.partly_expired)
      .when(late)
      .thenEvents(
        { ...part, added: eur(50_000n), received: late.unused },
        back('cash_2', eur(50_000n), { from: 'cash_balance' }),
      );
    given(...histories.partly_expired)
      .when({ ...late, unused: part.received })
      .thenNothing();
  });

  it('takes no charge after it', () => {
    given(...histories.partly_expired)
      .when(commands.RecordPayment)
      .thenRejected('escrow.payment_after_close');
  });
});

describe('A receipt that finance has identified', () => {
  const rest = eur(due.amountMinor - receipt.added.amountMinor);

  it('of the whole amount funds the trade, without a fee', () => {
    given(...histories.payment_requested)
      .when(applied('camt-1', due))
      .thenEvents(byReceipts(['camt-1'], due), unneeded);
  });

  it('of less is a part; the next one makes it whole', () => {
    given(...histories.payment_requested)
      .when(applied(receipt.reference, receipt.added))
      .thenEvents(receipt);
    given(...histories.payment_requested, receipt)
      .when(applied('camt-2', rest))
      .thenEvents(byReceipts(['camt-1', 'camt-2'], due), unneeded);
  });

  it('of more funds the trade, and the rest goes back by bank', () => {
    const received = eur(due.amountMinor + 700n);
    given(...histories.payment_requested)
      .when(applied('camt-1', received))
      .thenEvents(
        byReceipts(['camt-1'], received),
        unneeded,
        back('overpayment', eur(700n), { reason: 'overpayment', from: 'bank' }),
      );
  });

  it('is one receipt however often it is told', () => {
    for (const history of [
      [...histories.payment_requested, receipt],
      [...histories.payment_requested, byReceipts(['camt-1'], due)],
      [...histories.expired, receipt],
    ]) {
      given(...history)
        .when(applied('camt-1', receipt.added))
        .thenNothing();
    }
  });

  it('in another currency is refused', () => {
    given(...histories.payment_requested)
      .when(applied('camt-1', money('USD', 1_150_000n)))
      .thenRejected('receipt.currency_mismatch');
  });
});

describe('A receipt that comes too late, or beside another payment', () => {
  it.each(['canceled', 'expired', 'funded', 'delivered', 'settled'] as const)(
    'for a trade that is %s goes back by bank',
    (state) => {
      const { decision } = given(...histories[state]).when(
        applied(receipt.reference, receipt.added),
      );
      expect(decision).toMatchObject({
        kind: 'decided',
        events: [receipt, { type: 'RefundRequested', amount: receipt.added, from: 'bank' }],
      });
    },
  );

  it('goes back by bank where a charge pays the whole, and where the trade expires', () => {
    given(...histories.payment_requested, receipt)
      .when(commands.RecordPayment)
      .thenEvents(
        story.escrowFunded,
        back('receipts', receipt.added, {
          ...{ reason: 'overpayment', from: 'bank' },
          requestedAt: story.escrowFunded.capturedAt,
        }),
      );
    given(...histories.expiring, receipt)
      .when({ type: 'RecordPaymentClosed', at: payBy })
      .thenEvents(
        { ...story.tradeExpired, expiredAt: payBy },
        back('receipts', receipt.added, { from: 'bank', requestedAt: payBy }),
      );
  });

  it('closes the payment at the provider, and a part that lies there goes back, once', () => {
    const funded = [...histories.partly_paid, byReceipts(['camt-1'], due)];
    const closed = { type: 'RecordPaymentClosed', at, unused: part.received } as const;
    const cash = back('cash', part.received, { reason: 'overpayment', from: 'cash_balance' });
    given(...funded)
      .when(closed)
      .thenEvents(cash);
    given(...funded, cash)
      .when(closed)
      .thenNothing();
  });

  it('makes every later refund of the trade one by bank', () => {
    const held = [
      ...histories.payment_requested,
      byReceipts(['camt-1'], due),
      story.fundsConverted,
    ];
    const { decision } = given(...held).when(commands.RequestRefund);
    expect(decision.kind).toBe('decided');
    const events = decision.kind === 'decided' ? decision.events : [];
    expect(stateAfter([...held, ...events])).toMatchObject({ refunds: [{ from: 'bank' }] });
  });
});

type Arrival = { readonly kind: 'transfer' | 'receipt' | 'window over'; readonly minor: bigint };

const arrivals: fc.Arbitrary<Arrival[]> = fc.array(
  fc.record({
    kind: fc.constantFrom('transfer' as const, 'receipt' as const, 'window over' as const),
    minor: fc.bigInt(1n, 600_000n),
  }),
  { minLength: 1, maxLength: 8 },
);

/** A buyer who sends money in any way, a provider that charges the whole alone, and the clock. */
function play(list: readonly Arrival[]): readonly EscrowEvent[] {
  let history: readonly EscrowEvent[] = histories.payment_requested;
  let [total, isOpen] = [0n, true];
  const run = (command: EscrowCommand): void => {
    const decision = decideEscrow(command, stateAfter(history));
    if (decision.kind === 'decided') history = [...history, ...decision.events];
  };
  const close = (): void => {
    isOpen = false;
    run({ type: 'RecordPaymentClosed', at, unused: eur(total) });
  };
  const transfer = (minor: bigint): void => {
    total += isOpen ? minor : 0n;
    const unused = eur(total - due.amountMinor);
    const isWhole = isOpen && total >= due.amountMinor;
    if (isWhole) run({ type: 'RecordPayment', payment: paymentOf({ received: due }), unused });
    else if (isOpen) run(transfers(eur(total)));
    isOpen &&= !isWhole;
  };
  list.forEach(({ kind, minor }, index) => {
    if (kind === 'transfer') transfer(minor);
    if (kind === 'receipt') run(applied(`camt-${index}`, eur(minor)));
    if (kind === 'window over') run(commands.PassPaymentDeadline);
    if (stateAfter(history).status === 'canceling') close();
    if (isOpen && isByReceipts(history)) close();
  });
  return history;
}

const sumOf = (amounts: readonly Money[]): bigint =>
  amounts.reduce((sum, { amountMinor }) => sum + amountMinor, 0n);

describe('A trade that receipts have funded', () => {
  it('names no charge for its payouts, though the currencies agree', () => {
    const same = { ...story.tradeOpened, quote: { ...story.tradeOpened.quote, sell: usd } };
    const [, , , ...rest] = histories.delivered;
    const { decision } = given(same, byReceipts(['camt-1'], usd), ...rest).when(
      commands.PassInspectionEnd,
    );
    const [release] = decision.kind === 'decided' ? decision.events : [];
    expect(release).toMatchObject({ type: 'MilestoneReleased' });
    expect(release).not.toHaveProperty('sourceChargeId');
  });
});

describe('Whatever comes in, in whatever order', () => {
  it('is the price of a funded trade, and everything else goes back', () => {
    fc.assert(
      fc.property(arrivals, (list) => {
        const history = play(list);
        const receipts = sumOf(
          list.filter(({ kind }) => kind === 'receipt').map(({ minor }) => eur(minor)),
        );
        const came = clearingOf(history) + receipts;
        const back = sumOf(
          history.flatMap((event) => (event.type === 'RefundRequested' ? [event.amount] : [])),
        );
        const state = stateAfter(history);
        if ('payment' in state) expect(came - back).toBe(due.amountMinor);
        else if (state.status === 'expired') expect(back).toBe(came);
        else expect(back).toBe(0n);
      }),
    );
  });
});

const isByReceipts = (history: readonly EscrowEvent[]): boolean =>
  history.some((event) => event.type === 'EscrowFunded' && event.receiptIds !== undefined);

/** What 2000 holds by the escrow's own entries; receipts are booked by the treasury. */
const clearingOf = (history: readonly EscrowEvent[]): bigint =>
  history
    .flatMap((event) => journalize(event))
    .flatMap(({ legs }) => legs)
    .filter(({ account }) => account === '2000')
    .reduce((sum, { amountMinor }) => sum - amountMinor, 0n);

const stateAfter = (history: readonly EscrowEvent[]) =>
  history.reduce(escrowEvolution.evolve, escrowEvolution.initial);

function byReceipts(receiptIds: string[], received: Money): EscrowEvent {
  const { applied: _, unused: __, availableOn: ___, ...funded } = story.escrowFunded;
  return {
    ...funded,
    ...{ chargeId: receiptIds.at(-1) ?? '', receiptIds, received, settled: received },
    fee: money(received.currency, 0n),
    capturedAt: at,
  };
}

describe('A part and the time', () => {
  it('is dated by when it was seen', () => {
    const seen = later(at, 5);
    given(...histories.payment_requested)
      .when({ ...transfers(part.received), at: seen })
      .thenEvents({ ...part, receivedAt: seen });
  });
});
