import { BankAccount } from '../../events/marketplace/bank-account.v1.ts';
import { bankAccountOffenses } from '../../src/adapters/bank/account-rules.ts';
import { nameAccount } from '../../src/process/name-account.ts';
import { servesCountry } from '../../src/settlement/corridors.ts';
import { authenticate } from '../_shared/authenticate.ts';
import { now } from '../_shared/clients.ts';
import { type HttpHandler, jsonResponse } from '../_shared/http.ts';
import { type Problem, ProblemError } from '../_shared/problem.ts';
import { parseBody } from '../_shared/request.ts';
import { bankAccounts, callers, corridors, stores } from './ports.ts';

const PAYOUT_ACCOUNT_ID = /^bank_[A-Za-z0-9_]{1,64}$/;
const BODY_LIMIT_BYTES = 8_192;

function unserved(country: string): Problem {
  const code = 'payout.corridor_unserved';
  const detail = `Nobody is paid by bank in ${country}.`;
  return { status: 422, code, detail, errors: [{ pointer: '/country', code, detail }] };
}

/**
 * `PUT /v1/payout-accounts/{payoutAccountId}`: where a seller is paid by bank, from now on. Payouts
 * that wait for the account to change are tried again; what it was already is no change.
 */
export const putAccount: HttpHandler = async (event) => {
  const { marketplaceId } = await authenticate(callers, event, 'checkout');
  const payoutAccountId = event.pathParameters?.['payoutAccountId'] ?? '';
  if (!PAYOUT_ACCOUNT_ID.test(payoutAccountId)) {
    throw new ProblemError({
      status: 400,
      code: 'payout_account.malformed_id',
      detail: 'Expected an id of your own for the account, "bank_" and 1 to 64 letters or digits.',
    });
  }
  const account = parseBody(event, { schema: BankAccount, limitBytes: BODY_LIMIT_BYTES });
  const errors = bankAccountOffenses(account);
  if (errors.length > 0) {
    throw new ProblemError({
      status: 422,
      code: 'payout_account.unusable',
      detail: 'No bank would take this account; nothing was changed.',
      errors: [...errors],
    });
  }
  if (!servesCountry(corridors, { country: account.country, payoutAccountId })) {
    throw new ProblemError(unserved(account.country));
  }
  const { requestId } = event.requestContext;
  const ports = { sellers: stores.sellers, bankAccounts, now };
  await nameAccount(ports, { marketplaceId, payoutAccountId, requestId }, account);
  return jsonResponse(200, { id: payoutAccountId, country: account.country });
};
