import * as z from 'zod/mini';
import { isCountryCode } from '../countries.ts';

const line = (maximum: number) => z.string().check(z.trim(), z.minLength(1), z.maxLength(maximum));

/** An assigned ISO 3166-1 alpha-2 code. */
export const assignedCountry = z.string().check(
  z.refine(isCountryCode, {
    error: 'Expected an ISO 3166-1 alpha-2 country code, such as "DE".',
  }),
);

export const PostalAddress = z.strictObject({
  street1: line(100),
  street2: z.optional(line(100)),
  city: line(80),
  state: z.optional(line(80)),
  postalCode: line(20),
  country: assignedCountry,
});
export type PostalAddress = z.infer<typeof PostalAddress>;

/**
 * Who a party is: personal data, from the request to the vault and from the vault to the carrier,
 * and nowhere else.
 */
export const PartyProfile = z.strictObject({
  name: line(120),
  company: z.optional(line(120)),
  email: z.optional(z.email().check(z.maxLength(254))),
  phone: z.optional(
    z.string().check(z.regex(/^\+?[0-9 ()-]{5,24}$/, { error: 'Expected a phone number.' })),
  ),
  address: PostalAddress,
});
export type PartyProfile = z.infer<typeof PartyProfile>;
