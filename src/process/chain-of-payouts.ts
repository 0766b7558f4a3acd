import type { PayoutEvent } from '../../events/index.ts';
import type { EventStore } from '../platform/event-store.ts';
import { payoutStream } from '../platform/ids.ts';
import { paymentId } from '../reconciliation/expectations.ts';
import { endToEndIdFor } from '../settlement/bank-references.ts';
import { type LinkPorts, linkOf, providerLinkOf } from './chain-links.ts';

export type PayoutChainPorts = LinkPorts & {
  readonly payouts: Pick<EventStore<PayoutEvent>, 'load'>;
};

/** Each attempt of a payout that was made, by whichever rail, and what came back of it. */
export async function chainOfPayout(ports: PayoutChainPorts, payoutId: string) {
  const records = await ports.payouts.load(payoutStream(payoutId));
  const events = records.flatMap((record) => record.events);
  const attempts = events.filter(
    (event) => event.type === 'PayoutRequested' || event.type === 'PayoutReissued',
  );
  return Promise.all(
    attempts.map(async ({ rail, amount, ...request }, index) => {
      const attempt = 'attempt' in request ? request.attempt : index + 1;
      const settled = events
        .filter((event) => event.type === 'PayoutSettled')
        .find((event) => (event.attempt ?? 1) === attempt);
      const common = { payoutId, attempt, rail, amount, settled: settled !== undefined };
      return rail === 'bank_file'
        ? { ...common, ...(await byBank(ports, endToEndIdFor(payoutId, attempt))) }
        : { ...common, ...(await byTransfer(ports, settled?.transferId, events)) };
    }),
  );
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
