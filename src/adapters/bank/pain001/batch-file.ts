import type { BankAccount } from '../../../../events/marketplace/bank-account.v1.ts';
import { messageIdOf } from '../../../settlement/bank-references.ts';
import type { BatchState, Instruction } from '../../../settlement/batch.ts';
import { unwritableFields } from '../account-rules.ts';
import { type CreditTransfer, creditTransferInitiation, type Payer } from './pain001.ts';

/**
 * A file, or why there is none: the payments of the batch that none can be written with (payouts and
 * fields, no person), or that no payment of it is left.
 */
export type BatchFile =
  | { readonly kind: 'written'; readonly text: string }
  | {
      readonly kind: 'refused';
      readonly code: 'batch.nothing_left';
      readonly detail: string;
    }
  | {
      readonly kind: 'refused';
      readonly code: 'batch.account_unwritable';
      readonly detail: string;
      /** `pointer` is where the payment stands in the batch, as `/payments/3`. */
      readonly errors: readonly {
        readonly pointer: string;
        readonly code: string;
        readonly detail: string;
      }[];
    };

/** `place` is where the payment stands in the batch, from 0. */
type Payment = {
  readonly instruction: Instruction;
  readonly place: number;
  readonly creditor: BankAccount;
};

/**
 * A closed batch as the file for the bank. Who is paid is read from the vault by the references that
 * the batch holds; they never change, so the file is the same whenever it is made, but for what is
 * dropped: payments, by end-to-end id, that are paid otherwise or not at all. Counts and sums are of what
 * is in the file. It is refused where an account, registered when the rules were fewer, would leave an
 * empty element: the bank would take none of the file. `withoutUnwritable` leaves those payments out too.
 */
export async function batchFile(
  batch: Extract<BatchState, { status: 'closed' }>,
  sources: {
    readonly payer: Payer;
    readonly account: (accountReference: string) => Promise<BankAccount>;
    readonly dropped: ReadonlySet<string>;
    readonly withoutUnwritable?: boolean;
  },
): Promise<BatchFile> {
  const { batchId, closedAt, executionDate } = batch;
  const payments = await paymentsOf(batch, sources);
  if (payments.length === 0) return nothingLeft;
  const [first, ...rest] = payments.filter((payment) => fieldsMissing(payment).length === 0);
  const isWhole = rest.length + 1 === payments.length;
  if (first === undefined || (!isWhole && sources.withoutUnwritable !== true)) {
    return refused(payments.flatMap(unwritable));
  }
  const text = creditTransferInitiation({
    messageId: messageIdOf(batchId),
    createdAt: closedAt,
    executionDate,
    payer: sources.payer,
    transfers: [toTransfer(first), ...rest.map(toTransfer)],
  });
  return { kind: 'written', text };
}

const paymentsOf = (
  { instructions }: Extract<BatchState, { status: 'closed' }>,
  { account, dropped }: Pick<Parameters<typeof batchFile>[1], 'account' | 'dropped'>,
): Promise<readonly Payment[]> =>
  Promise.all(
    instructions
      .map((instruction, place) => ({ instruction, place }))
      .filter(({ instruction }) => !dropped.has(instruction.endToEndId))
      .map(async ({ instruction, place }) => ({
        ...{ instruction, place },
        creditor: await account(instruction.accountReference),
      })),
  );

const nothingLeft: BatchFile = {
  kind: 'refused',
  code: 'batch.nothing_left',
  detail: 'Each payment of this batch has failed or come back, or another attempt took its place.',
};

const fieldsMissing = ({ creditor }: Payment): readonly string[] => unwritableFields(creditor);

const toTransfer = ({ instruction, creditor }: Payment): CreditTransfer => {
  const { endToEndId, uetr, amount, tradeId } = instruction;
  const remittance = `Payout for trade ${tradeId.replaceAll('_', '-')}`;
  return { endToEndId, uetr, amount, creditor, remittance };
};

function unwritable(payment: Payment) {
  const fields = fieldsMissing(payment);
  if (fields.length === 0) return [];
  const detail = `${payment.instruction.payoutId}: its account has nothing that a bank reads at ${fields.join(', ')}.`;
  return [{ pointer: `/payments/${payment.place}`, code: 'account_unwritable', detail }];
}

const refused = (
  errors: Extract<BatchFile, { code: 'batch.account_unwritable' }>['errors'],
): BatchFile => ({
  kind: 'refused',
  code: 'batch.account_unwritable',
  detail: `No file can be written with these payments. ${errors.map(({ detail }) => detail).join(' ')}`,
  errors,
});
