import * as z from 'zod/mini';

/** An instant in UTC, ISO 8601 with `Z`. */
export const instant = z.iso.datetime();

/** ISO 3166-1 alpha-2 as stored in events; the API checks it against the assigned codes. */
export const countryCode = z.string().check(z.regex(/^[A-Z]{2}$/));

/** The 2020 edition. DAF, DDU, DEQ and DES are withdrawn and refused. */
export const incoterm = z.enum([
  'EXW',
  'FCA',
  'CPT',
  'CIP',
  'DAP',
  'DPU',
  'DDP',
  'FAS',
  'FOB',
  'CFR',
  'CIF',
]);
export type Incoterm = z.infer<typeof incoterm>;

/** An opaque id of ours, a provider or a marketplace: printable, no spaces, at most 128. */
export const opaqueId = z.string().check(z.regex(/^[\x21-\x7e]{1,128}$/));

export const sha256 = z.string().check(z.regex(/^[0-9a-f]{64}$/));

/** A party to the trade. Who it is stands in the vault under `partyId`; only the country is here. */
export const partyReference = z.strictObject({ partyId: opaqueId, country: countryCode });
export type PartyReference = z.infer<typeof partyReference>;

const positiveInt = z.int().check(z.gte(1));

export { positiveInt };
