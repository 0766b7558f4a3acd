import * as z from 'zod/mini';
import { assignedCountry } from './party.v1.ts';

const line = (maximum: number) => z.string().check(z.trim(), z.minLength(1), z.maxLength(maximum));

const matching = (pattern: RegExp, expected: string) =>
  z.string({ error: expected }).check(z.regex(pattern, { error: expected }));

/** Town and country stand in fields of their own: banks refuse addresses in free lines. */
export const BankAddress = z.strictObject({
  street: z.optional(line(70)),
  buildingNumber: z.optional(line(16)),
  postalCode: z.optional(line(16)),
  town: line(35),
  region: z.optional(line(35)),
  country: assignedCountry,
});
export type BankAddress = z.infer<typeof BankAddress>;

/**
 * The body of `PUT /v1/payout-accounts/{payoutAccountId}`: where a seller is paid by bank. It is
 * personal data, from the request to the vault and from the vault to the bank's file, and nowhere
 * else. `latinName` is the name in Latin letters, where the bank has it otherwise than our rules read
 * it. Either `iban` or `accountNumber` is given.
 */
export const BankAccount = z.strictObject({
  holderName: line(140),
  latinName: z.optional(
    matching(/^[A-Za-z0-9/\-?:().,'+ ]{1,140}$/, "Expected Latin letters, digits and /-?:().,'+"),
  ),
  address: BankAddress,
  iban: z.optional(matching(/^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/, 'Expected an IBAN without spaces.')),
  accountNumber: z.optional(
    matching(
      /^[A-Za-z0-9/\-?:().,'+]{1,34}$/,
      'Expected an account number of at most 34 characters.',
    ),
  ),
  bic: matching(
    /^[A-Z0-9]{4}[A-Z]{2}[A-Z0-9]{2}(?:[A-Z0-9]{3})?$/,
    'Expected a BIC of 8 or 11 characters.',
  ),
  bankName: z.optional(line(140)),
  country: assignedCountry,
});
export type BankAccount = z.infer<typeof BankAccount>;
