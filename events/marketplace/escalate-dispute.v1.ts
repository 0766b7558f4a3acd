import * as z from 'zod/mini';

/** The body of `…/disputes/{disputeId}/escalation`: a side asks for a decision. */
export const EscalateDispute = z.strictObject({ by: z.enum(['buyer', 'seller']) });
export type EscalateDispute = z.infer<typeof EscalateDispute>;
