import type { PayoutEvent } from '../../events/index.ts';
import type { PayoutRequested } from '../../events/payout/payout-requested.v1.ts';
import type { EventStore } from '../platform/event-store.ts';
import { payoutStream } from '../platform/ids.ts';
import { paymentId } from '../reconciliation/expectations.ts';
import { endToEndIdFor } from '../settlement/bank-references.ts';
import { type LinkPorts, linkOf, providerLinkOf } from './chain-links.ts';

export type PayoutChainPorts = LinkPorts & {
  readonly payouts: Pick<EventStore<PayoutEvent>, 'load'>;
};

type Attempt = Pick<PayoutRequested, 'rail' | 'amount'> & {
  readonly attempt: number;
  /** By file it follows from the attempt; a provider gives it. */
  readonly transferId?: string;
  readonly settled: boolean;
};

/**
 * Each attempt of a payout that was made, by whichever rail, and what came back of it. One that only goes on
 * with an earlier one's payment, as where the bank debits what it had refused, is that payment.
 */
export async function chainOfPayout(ports: PayoutChainPorts, payoutId: string) {
  const records = await ports.payouts.load(payoutStream(payoutId));
  const events = records.flatMap((record) => record.events);
  return Promise.all(
    events.reduce(attemptsAfter, []).map(async ({ transferId, ...made }) => {
      const common = { payoutId, ...made };
      return made.rail === 'bank_file'
        ? {
            ...common,
            ...(await byBank(ports, transferId ?? endToEndIdFor(payoutId, made.attempt))),
          }
        : { ...common, ...(await byTransfer(ports, transferId, events)) };
    }),
  );
}

function attemptsAfter(made: readonly Attempt[], event: PayoutEvent): readonly Attempt[] {
  switch (event.type) {
    case 'PayoutRequested':
    case 'PayoutReissued': {
      const { rail, amount } = event;
      const attempt = 'attempt' in event ? event.attempt : 1;
      return [...made, { attempt, rail, amount, settled: false }];
    }
    case 'PayoutSubmitted':
      return named(made, event.transferId, {});
    case 'PayoutSettled':
      return named(made, event.transferId, { settled: true });
    default:
      return made;
  }
}

/** The latest attempt is of this transfer, or is none of its own where an earlier one was. */
function named(
  made: readonly Attempt[],
  transferId: string,
  news: { readonly settled?: true },
): readonly Attempt[] {
  const before = made.slice(0, -1);
  const isEarlier = before.some((one) => one.transferId === transferId);
  return isEarlier
    ? before.map((one) => (one.transferId === transferId ? { ...one, ...news } : one))
    : [...before, ...made.slice(-1).map((latest) => ({ ...latest, transferId, ...news }))];
}

const byBank = async (ports: LinkPorts, endToEndId: string) => ({
  endToEndId,
  bank: await linkOf(ports, 'bank_out', paymentId(endToEndId)),
  returned: await linkOf(ports, 'bank_out', `payout_returned:${endToEndId}`),
});

async function byTransfer(
  ports: LinkPorts,
  transferId: string | undefined,
  events: readonly PayoutEvent[],
) {
  if (transferId === undefined) return { provider: null, reversals: [] };
  const reversed = events
    .filter((event) => event.type === 'PayoutReversed')
    .filter((event) => event.transferId === transferId)
    .flatMap(({ reversals = [] }) => reversals);
  const byId = new Map(reversed.map((one) => [one.providerReversalId, one]));
  return {
    transferId,
    provider: await providerLinkOf(ports, `transfer:${transferId}`),
    reversals: await Promise.all(
      [...byId.values()].map(async (reversal) => ({
        ...reversal,
        provider: await providerLinkOf(ports, `reversal:${reversal.providerReversalId}`),
      })),
    ),
  };
}
