import * as z from 'zod/mini';
import { EventRecordSchema } from '../event-record.v1.ts';

/** The queues that the router sends to. */
export const Target = z.enum([
  'payments',
  'conversion',
  'shipment',
  'escrow',
  'settlement',
  'projection',
  'reconciliation',
]);
export type Target = z.infer<typeof Target>;

/** A stored decision on its way to one queue. `messageId` is `stream#sequence#target`, always. */
export const RoutedRecord = z.strictObject({
  kind: z.literal('routed_record'),
  version: z.literal(1),
  messageId: z.string().check(z.minLength(1), z.maxLength(300)),
  target: Target,
  record: EventRecordSchema,
});
export type RoutedRecord = z.infer<typeof RoutedRecord>;
