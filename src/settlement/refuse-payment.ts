import type { RefusePayment } from '../../events/finance/refuse-payment.v1.ts';
import type { BatchEvent } from '../../events/index.ts';
import type { EventStore } from '../platform/event-store.ts';
import { fold } from '../platform/execute.ts';
import { batchStream } from '../platform/ids.ts';
import { batchEvolution } from './batch.ts';
import type { RefusalCommand } from './decide-refusal.ts';
import { loadPayout, type PayoutOutcome, runPayout, type SettlementPorts } from './run.ts';

export type RefusePaymentPorts = Pick<SettlementPorts, 'store' | 'now'> & {
  readonly batches: Pick<EventStore<BatchEvent>, 'load'>;
};

/** Whose payout is meant, who says it, and by which request. */
export type RefusalRequest = {
  readonly marketplaceId: string;
  readonly payoutId: string;
  /** The person or the API key that asks. */
  readonly by: string;
  readonly requestId: string;
};

/**
 * Somebody says that the bank refused a payment before its debit. Undefined where the marketplace has no
 * such payout.
 */
export const proposeRefusal = (
  ports: RefusePaymentPorts,
  request: RefusalRequest,
  { endToEndId: transferId, code, accountAtFault = true }: RefusePayment,
): Promise<PayoutOutcome | undefined> =>
  run(ports, request, ({ by, at, isSent }) => ({
    ...{ type: 'ProposeRefusal', transferId, code, accountAtFault, isSent, by, at },
  }));

/**
 * Another person agrees: the amount is owed to the seller again, and nothing is paid by this. Where the
 * account was not at fault, the end of the pause pays it again.
 */
export const approveRefusal = (
  ports: RefusePaymentPorts,
  request: RefusalRequest,
): Promise<PayoutOutcome | undefined> =>
  run(ports, request, ({ by, at }) => ({ type: 'ApproveRefusal', by, at }));

type Asked = { readonly by: string; readonly at: string; readonly isSent: boolean };

async function run(
  ports: RefusePaymentPorts,
  { marketplaceId, payoutId, by, requestId }: RefusalRequest,
  commandOf: (asked: Asked) => RefusalCommand,
): Promise<PayoutOutcome | undefined> {
  const { records } = await loadPayout(ports, payoutId);
  if (records[0]?.marketplaceId !== marketplaceId) return undefined;
  const batchId = records
    .flatMap(({ events }) => events)
    .flatMap((event) => (event.type === 'PayoutSubmitted' ? [event.batchId] : []))
    .at(-1);
  const isSent = batchId !== undefined && (await isClosed(ports, batchId));
  const command = commandOf({ by, at: ports.now().toISOString(), isSent });
  return runPayout(ports, { payoutId, cause: `api#${requestId}` }, command);
}

/** A batch is taken to the bank once it is closed. */
const isClosed = async ({ batches }: RefusePaymentPorts, batchId: string): Promise<boolean> =>
  fold(batchEvolution, await batches.load(batchStream(batchId))).status === 'closed';
