import type { Edges } from './edges.ts';

export const PAYOUT: Edges = {
  none: {
    PayoutRequested: 'requested',
    PayoutRolledForward: 'rolled_forward',
    PayoutSetOff: 'set_off',
  },
  requested: {
    PayoutSubmitted: 'submitted',
    PayoutFailed: 'failed',
    PayoutLeftOver: 'requested',
  },
  submitted: {
    PayoutRefusalProposed: 'submitted',
    PayoutSettled: 'settled',
    PayoutFailed: 'failed',
  },
  settled: {
    CarriedPayoutsSettled: 'settled',
    PayoutReversed: 'settled',
    PayoutReturned: 'returned',
  },
  failed: {
    PayoutReissued: 'requested',
    PayoutRetryDeferred: 'failed',
    PayoutRolledForward: 'rolled_forward',
    PayoutSetOff: 'set_off',
  },
  returned: {
    PayoutReissued: 'requested',
    PayoutRetryDeferred: 'returned',
    PayoutRolledForward: 'rolled_forward',
    PayoutSetOff: 'set_off',
  },
  rolled_forward: { PayoutPaidThrough: 'paid_through' },
  set_off: { CarriedPayoutsSettled: 'set_off' },
  paid_through: {},
};

/** A seller's account has no life of its own: any of its events may follow any other. */
export const SELLER: Edges = {
  none: {
    SellerDebtRecorded: 'none',
    SellerDebtWrittenOff: 'none',
    SellerWriteOffProposed: 'none',
    SellerPayoutAllocated: 'none',
    SellerAllocationReleased: 'none',
    SellerCreditCarried: 'none',
    SellerPayoutWaiting: 'none',
    SellerPayoutResumed: 'none',
    TransferReversalRequested: 'none',
    TransferReversed: 'none',
    TransferReversalRefused: 'none',
    PayoutAccountRegistered: 'none',
    PayoutAccountImpaired: 'none',
    PayoutAccountRestored: 'none',
  },
};

export const BATCH: Edges = {
  none: { PayoutInstructionAdded: 'open' },
  open: { PayoutInstructionAdded: 'open', PayoutBatchClosed: 'closed' },
  closed: {},
};

export const TREASURY: Edges = {
  none: {
    ReceiptSuspended: 'suspended',
    RefundPaid: 'recorded',
    RefundReturned: 'recorded',
    OwnFundsMoved: 'recorded',
    PspPayoutReceived: 'recorded',
    PspPayoutAnnounced: 'announced',
    DifferenceTolerated: 'recorded',
    ReferenceTaken: 'taken',
  },
  announced: { PspPayoutAnnounced: 'announced', PspPayoutCalledOff: 'recorded' },
  taken: { PspPayoutReceived: 'recorded', RefundReturned: 'recorded' },
  suspended: { ReceiptIdentified: 'identified', ReceiptReleased: 'released' },
  released: { ReceiptSuspended: 'suspended' },
};

/** A break is worked on until it is resolved, for good. */
export const BREAK: Edges = {
  none: { BreakRaised: 'open' },
  open: {
    BreakAssigned: 'open',
    BreakExplained: 'open',
    WriteOffProposed: 'proposed',
    BreakMatched: 'resolved',
    BreakWrittenOff: 'resolved',
    BreakSentBack: 'resolved',
    BreakCleared: 'resolved',
  },
  proposed: {
    BreakAssigned: 'proposed',
    BreakExplained: 'proposed',
    WriteOffDeclined: 'open',
    BreakMatched: 'resolved',
    BreakWrittenOff: 'resolved',
    BreakCleared: 'resolved',
  },
  resolved: {},
};

export const PERIOD: Edges = {
  none: { PeriodSoftClosed: 'soft_closed' },
  soft_closed: { PeriodLocked: 'locked' },
  locked: { PeriodReopeningProposed: 'locked', PeriodReopened: 'none' },
};
