import * as z from 'zod/mini';
import { BankAccount } from '../../../events/marketplace/bank-account.v1.ts';
import { bankAccountOffenses } from './account-rules.ts';

/**
 * Who pays by bank file: the deployment's own account, with the charges' bearer of its bank. It is
 * configuration (`PAYOUT_DEBTOR`, JSON), not personal data. It is held to the rules for sellers' accounts:
 * one that no bank reads would spoil every file. An issue's message begins with its code, as
 * `payout_debtor.one_of_two`.
 */
export const Debtor = z
  .extend(BankAccount, {
    chargeBearer: z._default(z.enum(['SLEV', 'SHAR', 'DEBT', 'CRED']), 'SHAR'),
  })
  .check(({ value, issues }) => {
    for (const { pointer, code, detail } of bankAccountOffenses(value)) {
      const path = pointer.split('/').slice(1);
      const message = `payout_debtor.${code}: ${detail}`;
      issues.push({ code: 'custom', input: value, path, message });
    }
  });
export type Debtor = z.infer<typeof Debtor>;
