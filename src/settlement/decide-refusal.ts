import type { PayoutEvent } from '../../events/index.ts';
import { type Decision, decided, nothing, rejected } from '../platform/decision.ts';
import type { StateOf } from './payout-commands.ts';
import { recordFailure } from './payout-outcomes.ts';
import { attemptOf, type PayoutState } from './payout-state.ts';

/** What persons say of a payment that the bank refused before its debit. `by` names who says so. */
export type RefusalCommand =
  | {
      readonly type: 'ProposeRefusal';
      /** The end-to-end id of the payment. */
      readonly transferId: string;
      readonly code: string;
      /** False where the reason is none of the account's. Missing is true. */
      readonly accountAtFault?: boolean;
      /** Whether the bank can have its file: its batch is closed. */
      readonly isSent: boolean;
      readonly isSeen: boolean;
      readonly by: string;
      readonly at: string;
    }
  | {
      readonly type: 'ApproveRefusal';
      /** Whether a line of a statement names the payment, whatever became of that line. */
      readonly isSeen: boolean;
      readonly by: string;
      readonly at: string;
    };

type CommandOf<T extends RefusalCommand['type']> = Extract<RefusalCommand, { readonly type: T }>;

/**
 * A wrong word here could pay twice, so it takes two persons, whatever the amount. Only a payment that is
 * with the bank can be refused by it; a refusal that is booked already is not booked again.
 */
export function decideRefusal(command: RefusalCommand, state: PayoutState): Decision<PayoutEvent> {
  if ('terms' in state && state.terms.rail !== 'bank_file') {
    return rejected('payout.not_by_bank', 'Only a payment by bank is refused by one.');
  }
  const transferId = command.type === 'ProposeRefusal' ? command.transferId : undefined;
  switch (state.status) {
    case 'submitted':
      return command.type === 'ProposeRefusal' ? propose(command, state) : approve(command, state);
    case 'failed': {
      const { refusedTransferId } = state;
      const isBooked =
        refusedTransferId !== undefined && refusedTransferId === (transferId ?? refusedTransferId);
      return isBooked ? nothing : notSubmitted(state);
    }
    case 'settled':
    case 'returned':
      return rejected(
        'payout.already_debited',
        'The bank has debited this payment: it may come back.',
      );
    default:
      return notSubmitted(state);
  }
}

const notSubmitted = ({ status }: PayoutState): Decision<never> =>
  rejected('payout.not_submitted', `No payment is with the bank; this payout is ${status}.`);

/** Debited or not, it is on its way through a person's hands: that one knows what the line is. */
const lineSeen = rejected(
  'payout.line_seen',
  'A line of a statement names this payment: resolve its break first.',
);

/** The same person's word again changes nothing; another reason or person is another proposal. */
function propose(
  { transferId, code, accountAtFault = true, isSent, isSeen, by, at }: CommandOf<'ProposeRefusal'>,
  state: StateOf<'submitted'>,
): Decision<PayoutEvent> {
  if (state.transferId !== transferId) {
    return rejected('payout.unknown_reference', `${transferId} is not the payment at the bank.`);
  }
  if (!isSent) {
    return rejected('payout.not_sent', 'The batch is open, so no bank has seen this payment.');
  }
  if (isSeen) return lineSeen;
  const { refusal: said } = state;
  if (said?.by === by && said.code === code && said.accountAtFault === accountAtFault) {
    return nothing;
  }
  const { payoutId } = state.terms;
  return decided({
    ...{ type: 'PayoutRefusalProposed', version: 1, payoutId, attempt: attemptOf(state) },
    ...{ transferId, code, ...faultOf(accountAtFault), proposedBy: by, proposedAt: at },
  });
}

/** Stored only where it is not what everybody assumes of a refusal. */
const faultOf = (accountAtFault: boolean): { readonly accountAtFault?: false } =>
  accountAtFault ? {} : { accountAtFault };

function approve(
  { isSeen, by, at }: CommandOf<'ApproveRefusal'>,
  state: StateOf<'submitted'>,
): Decision<PayoutEvent> {
  const { refusal, transferId } = state;
  if (refusal === undefined) {
    return rejected(
      'payout.nothing_proposed',
      'Nobody has said that the bank refused this payment.',
    );
  }
  if (refusal.by === by) {
    return rejected(
      'payout.same_person',
      'Whoever said that the bank refused it can not approve that.',
    );
  }
  if (isSeen) return lineSeen;
  const { code, by: proposedBy, accountAtFault } = refusal;
  const agreed = { proposedBy, approvedBy: by };
  const failure = { code, transferId, accountAtFault, agreed, at };
  return recordFailure({ type: 'RecordFailure', attempt: attemptOf(state), ...failure }, state);
}
