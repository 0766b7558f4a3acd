import type { StripeEventReceived } from '../../events/messages/stripe-event-received.v1.ts';
import { loadEscrow } from '../escrow/collect.ts';
import type { EscrowPorts } from '../escrow/run.ts';
import { payoutIdFor } from '../platform/ids.ts';
import { compareTransfers } from '../settlement/compare-transfers.ts';
import type { ProviderTransfer } from '../settlement/ports.ts';
import { loadPayout, type SettlementPorts } from '../settlement/run.ts';
import { isBooked } from '../settlement/settle.ts';
import { done, type Handled, inOrder } from './handled.ts';
import { type EventFeed, sweepEvents } from './sweep-events.ts';

export type CheckPorts = {
  readonly escrow: EscrowPorts;
  readonly settlement: SettlementPorts;
  readonly feed: EventFeed;
  /** Records a transfer as its webhook would. */
  readonly record: (
    transfer: ProviderTransfer & { readonly payoutId: string },
    cause: string,
  ) => Promise<Handled>;
  readonly recordEvent: (event: StripeEventReceived) => Promise<Handled>;
};

type Check = {
  readonly tradeId: string;
  /** The payout after whose transfer the check was set. */
  readonly payoutId: string;
  readonly cause: string;
};

/** The last check comes ten days after a transfer; what its account has to tell is no older. */
const ACCOUNT_LOOK_BACK_MS = 11 * 86_400_000;

/**
 * Some time after a transfer: compares all that the provider has in the group of its trade with the
 * books, and asks for what the provider could not tell of the account that was paid. What the books do
 * not know yet is recorded; what differs from them goes to a person. Nothing is ever paid here.
 */
export async function checkTransfers(ports: CheckPorts, check: Check): Promise<Handled> {
  return inOrder([() => sweepAccount(ports, check), () => compareGroup(ports, check)]);
}

async function compareGroup(
  { escrow, settlement, record }: CheckPorts,
  { tradeId, cause }: Check,
): Promise<Handled> {
  const transfers = await settlement.rails.stripe_transfer.ofTrade(tradeId);
  const state = await loadEscrow(escrow, tradeId);
  const milestones = 'terms' in state ? state.terms.milestones : [];
  const booked = await Promise.all(
    milestones.map(async ({ milestoneId }) => {
      const payoutId = payoutIdFor(tradeId, milestoneId);
      return { payoutId, state: (await loadPayout(settlement, payoutId)).state };
    }),
  );
  const { agreed, differences } = compareTransfers(transfers, booked);
  const untold = agreed.filter(
    (transfer) =>
      !booked.some(
        ({ payoutId, state: of }) => payoutId === transfer.payoutId && isBooked(of, transfer),
      ),
  );
  const recorded = await inOrder(untold.map((transfer) => () => record(transfer, cause)));
  const [first] = differences;
  if (recorded.kind !== 'done' || first === undefined) return recorded;
  const all = differences.map(({ code, transferId }) => `${code} ${transferId}`);
  return {
    kind: 'rejected',
    code: first.code,
    detail: `The books of ${tradeId} differ from the provider: ${all.join(', ')}.`,
  };
}

/** Of several events of one kind about one object only one is worked: the object is read anyway. */
async function sweepAccount(
  { settlement, feed, recordEvent }: CheckPorts,
  { payoutId }: Check,
): Promise<Handled> {
  const { state } = await loadPayout(settlement, payoutId);
  if (!('terms' in state)) return done;
  const found = new Map<string, StripeEventReceived>();
  await sweepEvents({
    feed,
    now: settlement.now,
    hasTime: () => true,
    account: state.terms.destination,
    lookBackMs: ACCOUNT_LOOK_BACK_MS,
    send: async (events) => {
      for (const event of events) found.set(`${event.eventType}#${event.objectId}`, event);
    },
  });
  return inOrder([...found.values()].map((event) => () => recordEvent(event)));
}
