import * as z from 'zod/mini';
import { currencySchema } from '../money/schema.ts';

/**
 * The rates of one day, as they were published: units of each currency for one euro, the decimal
 * digits untouched. `ECB` are the European Central Bank's reference rates, `INDICATIVE` those of the
 * second source. `rateDate` is the publisher's date, never the day of the download. `sha256` is the
 * hash of the published file and `fetchedAt` the instant it was read. A day that the publisher
 * corrected has a `version`, from 2 on; what was quoted on the first one stays.
 */
export const RateDay = z.strictObject({
  source: z.enum(['ECB', 'INDICATIVE']),
  rateDate: z.iso.date(),
  version: z.optional(z.int().check(z.gte(2), z.lte(9))),
  sha256: z.string().check(z.regex(/^[0-9a-f]{64}$/)),
  fetchedAt: z.iso.datetime(),
  rates: z.partialRecord(
    currencySchema,
    z.string().check(z.regex(/^(?:0|[1-9]\d{0,19})(?:\.\d{1,20})?$/)),
  ),
});
export type RateDay = z.infer<typeof RateDay>;
