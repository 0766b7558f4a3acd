import * as z from 'zod/mini';
import { currencySchema } from '../money/schema.ts';

/**
 * The reference rates of one day, as they were published: units of each currency for one euro, the
 * decimal digits untouched. `rateDate` is the publisher's date, never the day of the download.
 * `sha256` is the hash of the published file and `fetchedAt` the instant it was read.
 */
export const RateDay = z.strictObject({
  source: z.literal('ECB'),
  rateDate: z.iso.date(),
  sha256: z.string().check(z.regex(/^[0-9a-f]{64}$/)),
  fetchedAt: z.iso.datetime(),
  rates: z.partialRecord(
    currencySchema,
    z.string().check(z.regex(/^(?:0|[1-9]\d{0,19})(?:\.\d{1,20})?$/)),
  ),
});
export type RateDay = z.infer<typeof RateDay>;
