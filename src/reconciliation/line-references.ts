import type { ReconItem } from './item.ts';
import { compactReference, isStructuredReference } from './references.ts';

/** What a movement can be booked under, but for the ids of lines: one is of that line alone. */
const REFERENCE = /^(?!lin_)[\x21-\x7e]{1,100}$/;

/** A reference with check digits is one, however it is spelled. */
export const canonicalReference = (reference: string): string =>
  isStructuredReference(reference) ? compactReference(reference) : reference;

/** What is booked of a payment that came back, by the payment's own reference. */
export const returnOf = (reference: string): string => `returned:${reference}`;

/**
 * By which references a movement that somebody recorded is found to be this line. One that brought a
 * payment back repeats that payment's, and is the return of it alone.
 */
export function referencesOf({ keys, returned }: ReconItem): readonly string[] {
  const { endToEndId, bankReference, structuredReference, dealId } = keys;
  const given = (
    returned === undefined ? [endToEndId, bankReference, structuredReference, dealId] : [endToEndId]
  )
    .flatMap((reference) => reference ?? [])
    .map(canonicalReference)
    .filter((reference) => REFERENCE.test(reference));
  const references = [...new Set(given)].sort();
  return returned === undefined ? references : references.map(returnOf);
}
