import fc from 'fast-check';
import type { EscrowEvent } from '../../../events/index.ts';
import type { EscrowCommand } from '../../../src/escrow/commands.ts';
import { decideEscrow } from '../../../src/escrow/decide.ts';
import { journalize } from '../../../src/ledger/journalize.ts';
import type { Money } from '../../../src/money/money.ts';
import { paymentOf } from '../../support/builders.ts';
import { commands, histories } from './escrow-states.ts';
import { applied, at, due, eur, stateAfter, transfers } from './incoming.ts';

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
