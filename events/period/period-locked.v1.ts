import * as z from 'zod/mini';
import { opaqueId, sha256 } from '../common.ts';
import { step } from '../reconciliation/common.ts';
import { accountTurnover, periodId, revaluation } from './common.ts';

/**
 * The period is what it is. `snapshotSha256` is the hash of period, accounts and revaluation as canonical
 * JSON, so that whoever makes the reports again can tell whether anything has moved. `itemized` names the
 * checks of the gate that passed because what they found is listed and explained.
 */
export const PeriodLocked = z.strictObject({
  type: z.literal('PeriodLocked'),
  version: z.literal(1),
  period: periodId,
  accounts: z.array(accountTurnover),
  revaluation,
  itemized: z.array(opaqueId),
  snapshotSha256: sha256,
  ...step,
});
export type PeriodLocked = z.infer<typeof PeriodLocked>;
