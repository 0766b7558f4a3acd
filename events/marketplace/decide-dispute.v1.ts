import * as z from 'zod/mini';
import { moneySchema } from '../../src/money/schema.ts';
import { sha256 } from '../common.ts';

/**
 * The body of `…/disputes/{disputeId}/decision`: what the buyer gets, in the trade's currency; the
 * seller gets the rest. `evidenceSha256` is the hash of what the arbitrator decided on.
 */
export const DecideDispute = z.strictObject({ toBuyer: moneySchema, evidenceSha256: sha256 });
export type DecideDispute = z.infer<typeof DecideDispute>;
