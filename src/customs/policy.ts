import * as z from 'zod/mini';
import { countryCode } from '../../events/common.ts';
import { positiveMoneySchema } from '../money/schema.ts';

/**
 * What may not be sent: every field that is given must match. Without `hsPrefixes` the whole trade is
 * refused, else the lines whose codes begin so.
 */
const Restriction = z.strictObject({
  destinations: z.optional(z.array(countryCode).check(z.minLength(1))),
  exporters: z.optional(z.array(countryCode).check(z.minLength(1))),
  origins: z.optional(z.array(countryCode).check(z.minLength(1))),
  hsPrefixes: z.optional(z.array(z.string().check(z.regex(/^\d{2,10}$/))).check(z.minLength(1))),
});
export type Restriction = z.infer<typeof Restriction>;

/** Above which an export is declared: for each code, or the whole consignment. */
const ExportThreshold = z.strictObject({
  value: positiveMoneySchema,
  per: z.enum(['hs_code', 'consignment']),
  weightGrams: z.optional(z.int().check(z.gte(1))),
});
export type ExportThreshold = z.infer<typeof ExportThreshold>;

const usualThresholds: Readonly<Record<string, ExportThreshold>> = {
  // 15 CFR 30.37(a): more than 2,500 USD under one commodity code.
  US: { value: { currency: 'USD', amountMinor: 250_000n }, per: 'hs_code' },
  // Regulation (EU) 2015/2446 Art. 137: up to 1,000 EUR and 1,000 kg may be declared orally.
  EU: {
    value: { currency: 'EUR', amountMinor: 100_000n },
    per: 'consignment',
    weightGrams: 1_000_000,
  },
};

/**
 * What a deployment says of customs: which goods go nowhere, from when an export is declared and
 * whether a trade is refused without it, and what one consignment may weigh.
 */
export const CustomsPolicy = z.strictObject({
  restrictions: z._default(z.array(Restriction), []),
  /** By customs territory of the exporter, as `customsTerritoryOf` names it. */
  exportThresholds: z._default(z.record(z.string(), ExportThreshold), { ...usualThresholds }),
  exportReferenceRequired: z._default(z.boolean(), false),
  mostWeightGrams: z.optional(z.int().check(z.gte(1))),
});
export type CustomsPolicy = z.infer<typeof CustomsPolicy>;
