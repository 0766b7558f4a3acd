import { attemptIdFor, derivedId, sha256Hex } from '../platform/ids.ts';

/**
 * The end-to-end id of an attempt: what the statement gives back. 28 capital letters and digits, since
 * it may have 35 of a small character set and payout ids are longer.
 */
export const endToEndIdFor = (payoutId: string, attempt: number): string =>
  derivedId('TL', attemptIdFor(payoutId, attempt)).replace('_', '').toUpperCase();

/** Which attempt an end-to-end id names, of those up to the latest; undefined for none that was made. */
export function attemptOfReference(
  payoutId: string,
  endToEndId: string,
  latest: number,
): number | undefined {
  for (let attempt = latest; attempt >= 1; attempt -= 1) {
    if (endToEndIdFor(payoutId, attempt) === endToEndId) return attempt;
  }
  return undefined;
}

/**
 * The unique end-to-end transaction reference (UETR) of an attempt: shaped as a UUID of version 4, as
 * SWIFT asks, but following from the attempt, so that asking twice names one payment.
 */
export function uetrFor(payoutId: string, attempt: number): string {
  const hex = sha256Hex(`uetr\n${attemptIdFor(payoutId, attempt)}`);
  const variant = ((Number.parseInt(hex.slice(16, 17), 16) & 0x3) | 0x8).toString(16);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}

/**
 * What the batch's id is in the bank's character set: `BATCH-20260709-KRW-…-1`, at most 35 long. The file
 * carries it as message and payment information id, and the statement gives the latter back.
 */
export const messageIdOf = (batchId: string): string => batchId.replaceAll('_', '-').toUpperCase();
