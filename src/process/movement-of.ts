import type { TreasuryEvent } from '../../events/index.ts';
import type { RecordMovement } from '../../events/ledger/record-movement.v1.ts';
import { canonicalReference } from '../reconciliation/line-references.ts';

const TYPES = {
  psp_payout_received: 'PspPayoutReceived',
  psp_topped_up: 'PspToppedUp',
  own_funds_moved: 'OwnFundsMoved',
  cover_traded: 'CoverTraded',
  receipt_suspended: 'ReceiptSuspended',
  receipt_identified: 'ReceiptIdentified',
  refund_paid: 'RefundPaid',
} as const satisfies Record<RecordMovement['kind'], TreasuryEvent['type']>;

/** A movement as the treasury records it. */
export const movementOf = ({ kind, movementId, ...movement }: RecordMovement): TreasuryEvent =>
  ({
    ...{ type: TYPES[kind], version: 1, movementId: canonicalReference(movementId) },
    ...movement,
  }) as TreasuryEvent;
