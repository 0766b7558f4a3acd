import type { BankChargeLimits } from '../money/bank-charges.ts';
import type { Money } from '../money/money.ts';
import type { PayoutState } from './payout-state.ts';
import type { ProviderTransfer } from './ports.ts';

/** What a provider or a bank told of an attempt. */
export type OutcomeCommand =
  | {
      readonly type: 'RecordSubmission';
      readonly attempt?: number;
      readonly transferId: string;
      readonly batchId?: string;
      readonly accountReference?: string;
      readonly at: string;
    }
  | {
      readonly type: 'RecordSettlement';
      readonly attempt?: number;
      readonly transferId: string;
      readonly at: string;
    }
  | {
      readonly type: 'RecordFailure';
      readonly attempt: number;
      readonly code: string;
      /** The payment that the bank refuses; without it none was made. */
      readonly transferId?: string;
      /** False where the same account may be paid again. Missing is true. */
      readonly accountAtFault?: boolean;
      /** Who said so and who agreed, where the bank's word comes by persons. */
      readonly agreed?: { readonly proposedBy: string; readonly approvedBy: string };
      readonly at: string;
    }
  | {
      readonly type: 'RecordReturn';
      readonly transferId: string;
      readonly returned: Money;
      /** What banks may have kept of it. */
      readonly limits: BankChargeLimits;
      readonly code: string;
      readonly at: string;
    }
  | {
      readonly type: 'RecordReversal';
      readonly transferId: string;
      readonly totalReversed: Money;
      readonly reversals?: ProviderTransfer['reversals'];
      readonly at: string;
    }
  | {
      readonly type: 'RecordPaidThrough';
      readonly carrierPayoutId: string;
      readonly at: string;
    };

/** One command by its type. */
export type CommandOf<T extends OutcomeCommand['type']> = Extract<
  OutcomeCommand,
  { readonly type: T }
>;
/** The state in one status. */
export type StateOf<S extends PayoutState['status']> = Extract<PayoutState, { readonly status: S }>;
