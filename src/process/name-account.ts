import type { BankAccount } from '../../events/marketplace/bank-account.v1.ts';
import type { BankAccountVault } from '../parties/ports.ts';
import { isCodedError } from '../platform/errors.ts';
import { canonicalJson, sellerAccountIdFor } from '../platform/ids.ts';
import {
  type AccountRegistration,
  accountReferenceFor,
  registerAccount,
} from '../settlement/register-account.ts';
import { loadSeller, type SettlementPorts } from '../settlement/run.ts';

export type NameAccountPorts = Pick<SettlementPorts, 'sellers' | 'now'> & {
  readonly bankAccounts: BankAccountVault;
};

/**
 * Makes a bank account the one that a seller is paid to from now on. The one that they are paid to already
 * stays what it is: what its bank gave back would be sent to it again under a new reference.
 *
 * @throws CodedError, retryable, where the vault or the store does not answer.
 */
export async function nameAccount(
  ports: NameAccountPorts,
  request: Omit<AccountRegistration, 'country'>,
  account: BankAccount,
): Promise<void> {
  const sellerAccountId = sellerAccountIdFor(request.marketplaceId, request.payoutAccountId);
  const current = (await loadSeller(ports, sellerAccountId)).account?.accountReference;
  if (current !== undefined && (await isKept(ports, current, account))) return;
  const registration = { ...request, country: account.country };
  await ports.bankAccounts.put(accountReferenceFor(registration), account);
  await registerAccount(ports, registration);
}

/** One that was erased or opens no more is none that could be compared: the seller names theirs anew. */
async function isKept(
  { bankAccounts }: Pick<NameAccountPorts, 'bankAccounts'>,
  accountReference: string,
  account: BankAccount,
): Promise<boolean> {
  try {
    return canonicalJson(await bankAccounts.get(accountReference)) === canonicalJson(account);
  } catch (error) {
    if (isCodedError(error) && !error.retryable) return false;
    throw error;
  }
}
