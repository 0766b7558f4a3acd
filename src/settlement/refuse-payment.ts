import type { RefusePayment } from '../../events/finance/refuse-payment.v1.ts';
import type { BatchEvent } from '../../events/index.ts';
import type { EventStore } from '../platform/event-store.ts';
import { fold } from '../platform/execute.ts';
import { batchStream } from '../platform/ids.ts';
import { type BatchState, batchEvolution, type Instruction } from './batch.ts';
import type { RefusalCommand } from './decide-refusal.ts';
import type { PayoutState } from './payout-state.ts';
import { loadPayout, type PayoutOutcome, runPayout, type SettlementPorts } from './run.ts';

export type RefusePaymentPorts = Pick<SettlementPorts, 'store' | 'now'> & {
  readonly batches: Pick<EventStore<BatchEvent>, 'load'>;
  /** Whether a statement shows the payment, also in a line that is not matched. */
  readonly isSeen: (payment: SeenPayment) => Promise<boolean>;
};

/** A payment by both names under which a bank may tell of it. */
export type SeenPayment = Pick<Instruction, 'endToEndId' | 'uetr'>;

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
  run(ports, request, (asked) => ({
    ...{ type: 'ProposeRefusal', transferId, code, accountAtFault, ...asked },
  }));

/**
 * Another person agrees: the amount is owed to the seller again, and nothing is paid by this. Where the
 * account was not at fault, the end of the pause pays it again.
 */
export const approveRefusal = (
  ports: RefusePaymentPorts,
  request: RefusalRequest,
): Promise<PayoutOutcome | undefined> =>
  run(ports, request, ({ isSent: _, ...asked }) => ({ type: 'ApproveRefusal', ...asked }));

type Asked = {
  readonly by: string;
  readonly at: string;
  readonly isSent: boolean;
  readonly isSeen: boolean;
};

async function run(
  ports: RefusePaymentPorts,
  { marketplaceId, payoutId, by, requestId }: RefusalRequest,
  commandOf: (asked: Asked) => RefusalCommand,
): Promise<PayoutOutcome | undefined> {
  const { state, records } = await loadPayout(ports, payoutId);
  if (records[0]?.marketplaceId !== marketplaceId) return undefined;
  const batchId = records
    .flatMap(({ events }) => events)
    .flatMap((event) => (event.type === 'PayoutSubmitted' ? [event.batchId] : []))
    .at(-1);
  const batch = batchId === undefined ? undefined : await loadBatch(ports, batchId);
  const command = commandOf({
    ...{ by, at: ports.now().toISOString() },
    // A batch is taken to the bank once it is closed.
    isSent: batch?.status === 'closed',
    isSeen: await isSeen(ports, batch, state),
  });
  return runPayout(ports, { payoutId, cause: `api#${requestId}` }, command);
}

const loadBatch = async ({ batches }: RefusePaymentPorts, batchId: string): Promise<BatchState> =>
  fold(batchEvolution, await batches.load(batchStream(batchId)));

/** The payment that the payout has at the bank now, as the batch holds it. */
async function isSeen(
  ports: RefusePaymentPorts,
  batch: BatchState | undefined,
  state: PayoutState,
): Promise<boolean> {
  if (state.status !== 'submitted' || batch === undefined || batch.status === 'not_opened') {
    return false;
  }
  const payment = batch.instructions.find(({ endToEndId }) => endToEndId === state.transferId);
  return payment !== undefined && (await ports.isSeen(payment));
}
