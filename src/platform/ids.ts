import { createHash } from 'node:crypto';

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';
const ID_LENGTH = 26;

/** SHA-256 of UTF-8 text, in lower-case hex. */
export const sha256Hex = (text: string): string =>
  createHash('sha256').update(text, 'utf8').digest('hex');

/**
 * An id that follows from its parts: 26 characters of Crockford base 32, 130 bits of a SHA-256.
 * The same parts give the same id, so a retry meets what the first try wrote.
 */
export function derivedId(prefix: string, ...parts: readonly string[]): string {
  const digest = createHash('sha256').update(parts.join('\n'), 'utf8').digest();
  let bits = BigInt(`0x${digest.toString('hex')}`);
  let text = '';
  for (let index = 0; index < ID_LENGTH; index += 1) {
    text += ALPHABET[Number(bits & 31n)];
    bits >>= 5n;
  }
  return `${prefix}_${text}`;
}

const suffix = (tradeId: string): string => tradeId.slice(tradeId.indexOf('_') + 1);

/** What tells a trade's id from another's, for links that need no prefix. */
export const tradeSuffixOf = suffix;

export const tradeIdOf = (tradeSuffix: string): string => `trd_${tradeSuffix}`;

/** A marketplace's idempotency key names its trade: the key needs no table of its own. */
export const tradeIdFor = (marketplaceId: string, idempotencyKey: string): string =>
  derivedId('trd', marketplaceId, idempotencyKey);

export const shipmentIdFor = (tradeId: string, ordinal: number): string =>
  `ship_${suffix(tradeId)}_${ordinal}`;

/** A dispute has one shipment that takes its goods back. */
export const returnShipmentIdFor = (disputeId: string): string => derivedId('ret', disputeId);

export const payoutIdFor = (tradeId: string, milestoneId: string): string =>
  `payout_${suffix(tradeId)}_${milestoneId}`;

/** A request's idempotency key names its refund within its trade. */
export const refundIdFor = (tradeId: string, key: string): string => derivedId('rfd', tradeId, key);

export const disputeIdFor = (tradeId: string, key: string): string =>
  derivedId('dsp', tradeId, key);

export const proposalIdFor = (disputeId: string, requestId: string): string =>
  derivedId('prp', disputeId, requestId);

/** What is taken back of a payout's transfer for a debt: once for each of both. */
export const reversalIdFor = (debtId: string, payoutId: string): string =>
  derivedId('rvs', debtId, payoutId);

/** The first attempt of a payout has the payout's own id; each later one has its number in it. */
export const attemptIdFor = (payoutId: string, attempt: number): string =>
  attempt === 1 ? payoutId : `${payoutId}_a${attempt}`;
/**
 * Whose account with us a payout account belongs to. A Stripe account is one seller's in the whole
 * deployment; a marketplace's own name for a bank account is its own.
 */
export const sellerAccountIdFor = (marketplaceId: string, payoutAccountId: string): string =>
  payoutAccountId.startsWith('acct_')
    ? payoutAccountId
    : derivedId('bnk', marketplaceId, payoutAccountId);
/** One answer to a chargeback; the same request again is the same answer. */
export const chargebackResponseIdFor = (chargebackId: string, key: string): string =>
  derivedId('cbr', chargebackId, key);

/** A request's idempotency key names the pickup of its shipment. */
export const pickupIdFor = (shipmentId: string, key: string): string =>
  derivedId('pkp', shipmentId, key);

export const dutyIdFor = (tradeId: string, key: string): string => derivedId('dty', tradeId, key);

export const quoteIdFor = (tradeId: string): string => `fxq_${suffix(tradeId)}`;

export const escrowStream = (tradeId: string): string => `escrow#${tradeId}`;
export const shipmentStream = (shipmentId: string): string => `shipment#${shipmentId}`;
/** Whether a stream is of goods on their way back: the escrow does not hear of them. */
export const isReturnStream = (streamId: string): boolean =>
  streamId.startsWith(shipmentStream('ret_'));
export const payoutStream = (payoutId: string): string => `payout#${payoutId}`;
export const sellerStream = (sellerAccountId: string): string => `seller#${sellerAccountId}`;
export const batchStream = (batchId: string): string => `batch#${batchId}`;
export const periodStream = (period: string): string => `period#${period}`;
export const linkStream = (tradeId: string): string => `link#${tradeId}`;
export const breakStream = (breakId: string): string => `break#${breakId}`;
export const treasuryStream = (movementId: string): string => `treasury#${movementId}`;

/** JSON with sorted keys and bigints as strings: equal values give equal text, for hashing. */
export function canonicalJson(value: unknown): string {
  if (typeof value === 'bigint') return JSON.stringify(value.toString());
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (value !== null && typeof value === 'object') {
    const members = Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .sort(([left], [right]) => (left < right ? -1 : 1))
      .map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member)}`);
    return `{${members.join(',')}}`;
  }
  return JSON.stringify(value) ?? 'null';
}
