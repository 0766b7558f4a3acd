import * as z from 'zod/mini';
import { BankAccount } from '../../../events/marketplace/bank-account.v1.ts';

/**
 * Who pays by bank file: the deployment's own account, with the charges' bearer of its bank. It is
 * configuration (`PAYOUT_DEBTOR`, JSON), not personal data.
 */
export const Debtor = z.extend(BankAccount, {
  chargeBearer: z._default(z.enum(['SLEV', 'SHAR', 'DEBT', 'CRED']), 'SHAR'),
});
export type Debtor = z.infer<typeof Debtor>;
