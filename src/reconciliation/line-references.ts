import type { ReconItem } from './item.ts';
import { compactReference, isStructuredReference } from './references.ts';

/** What a movement can be booked under, but for the ids of lines: one is of that line alone. */
const REFERENCE = /^(?!lin_)[\x21-\x7e]{1,100}$/;

/** A reference with check digits is one, however it is spelled. */
export const canonicalReference = (reference: string): string =>
  isStructuredReference(reference) ? compactReference(reference) : reference;

/** By which references a movement that somebody recorded is found to be this line. */
export function referencesOf({ keys }: ReconItem): readonly string[] {
  const { endToEndId, bankReference, structuredReference, dealId } = keys;
  const given = [endToEndId, bankReference, structuredReference, dealId]
    .flatMap((reference) => reference ?? [])
    .map(canonicalReference)
    .filter((reference) => REFERENCE.test(reference));
  return [...new Set(given)].sort();
}
