import * as z from 'zod/mini';
import { instant, opaqueId, positiveInt } from './common.ts';
import { TradelaneEvent } from './index.ts';
import { JournalEntry } from './ledger/journal-entry.v1.ts';

/** One decision, as the events table, the stream and the routed messages carry it. */
export const EventRecordSchema = z.strictObject({
  streamId: z
    .string()
    .check(
      z.regex(
        /^(escrow|shipment|payout|seller|batch|treasury|break|period|link)#[\x21-\x7e]{1,128}$/,
      ),
    ),
  sequence: positiveInt,
  recordedAt: instant,
  tradeId: opaqueId,
  marketplaceId: opaqueId,
  cause: z.string().check(z.minLength(1), z.maxLength(300)),
  events: z.array(TradelaneEvent).check(z.minLength(1)),
  journal: z.array(JournalEntry),
});
export type TradelaneRecord = z.infer<typeof EventRecordSchema>;
