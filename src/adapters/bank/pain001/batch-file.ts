import type { BankAccount } from '../../../../events/marketplace/bank-account.v1.ts';
import { messageIdOf } from '../../../settlement/bank-references.ts';
import type { BatchState } from '../../../settlement/batch.ts';
import { type CreditTransfer, creditTransferInitiation, type Payer } from './pain001.ts';

/**
 * A closed batch as the file for the bank. Who is paid is read from the vault by the references that
 * the batch holds; they never change, so the file is the same whenever it is made.
 */
export async function batchFile(
  batch: Extract<BatchState, { status: 'closed' }>,
  sources: {
    readonly payer: Payer;
    readonly account: (accountReference: string) => Promise<BankAccount>;
  },
): Promise<string> {
  const { batchId, closedAt, executionDate, instructions } = batch;
  const [first, ...rest] = await Promise.all(
    instructions.map(
      async ({ endToEndId, uetr, amount, accountReference, tradeId }): Promise<CreditTransfer> => ({
        ...{ endToEndId, uetr, amount },
        creditor: await sources.account(accountReference),
        remittance: `Payout for trade ${tradeId.replaceAll('_', '-')}`,
      }),
    ),
  );
  if (first === undefined) throw new Error(`${batchId} holds no payment.`);
  return creditTransferInitiation({
    messageId: messageIdOf(batchId),
    createdAt: closedAt,
    executionDate,
    payer: sources.payer,
    transfers: [first, ...rest],
  });
}
