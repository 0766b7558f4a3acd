import type { OfferedQuote } from '../../events/fx/offered-quote.v1.ts';
import type { CreateQuote } from '../../events/marketplace/create-quote.v1.ts';
import { type LockPolicy, lockPremium, lockSeconds, locks } from '../fx/lock-policy.ts';
import type { QuoteStore, StoredQuote } from '../fx/ports.ts';
import { type PricePorts, priceQuote } from '../fx/price-quote.ts';
import { isExpired, isQuoteRejection } from '../fx/quote.ts';
import type { Money } from '../money/money.ts';
import { rational, toDecimal } from '../money/rational.ts';
import { canonicalJson, derivedId, sha256Hex } from '../platform/ids.ts';
import { quoteRefusal } from './quote-desk.ts';

export type OfferPorts = Omit<PricePorts, 'lockPremiumBasisPoints'> & {
  readonly quotes: Pick<QuoteStore, 'get' | 'putIfAbsent'>;
  readonly policy: LockPolicy;
  /** Whether a trade may be opened at an indicative rate; not by default. */
  readonly allowsIndicative?: boolean;
  /** Why the provider could not take this amount from the customer; undefined where it can. */
  readonly refusalOf: (
    amount: Money,
  ) => { readonly code: string; readonly detail: string } | undefined;
  readonly now: () => Date;
};

export type OfferResult =
  | { readonly kind: 'offered'; readonly replayed: boolean; readonly stored: StoredQuote }
  | { readonly kind: 'refused'; readonly code: string; readonly detail: string };

/** Where no lock is asked for: as long as people take to pay. */
const DEFAULT_LOCK = 'M30';

/**
 * Gives a marketplace a quote to show and to name at checkout, and keeps it. The quote's id follows
 * from the idempotency key, so that the same request again answers the same price, not a new one.
 */
export async function offerQuote(
  ports: OfferPorts,
  request: {
    readonly marketplaceId: string;
    readonly idempotencyKey: string;
    readonly body: CreateQuote;
  },
): Promise<OfferResult> {
  const { marketplaceId, idempotencyKey, body } = request;
  const id = derivedId('fxq', marketplaceId, idempotencyKey);
  const requestHash = sha256Hex(canonicalJson(body));
  const before = await ports.quotes.get(id);
  if (before !== undefined) return replay(before, requestHash);

  const priced = await price(ports, { id, marketplaceId, body, requestHash });
  if (priced.kind === 'refused') return priced;
  const isNew = await ports.quotes.putIfAbsent(priced.quote);
  const stored = isNew ? { quote: priced.quote, usedByTradeId: null } : await ports.quotes.get(id);
  return isNew || stored === undefined
    ? { kind: 'offered', replayed: false, stored: { quote: priced.quote, usedByTradeId: null } }
    : replay(stored, requestHash);
}

function replay(stored: StoredQuote, requestHash: string): OfferResult {
  return stored.quote.requestHash === requestHash
    ? { kind: 'offered', replayed: true, stored }
    : {
        kind: 'refused',
        code: 'idempotency.key_reused',
        detail: 'This Idempotency-Key has already asked for a quote with a different body.',
      };
}

async function price(
  ports: OfferPorts,
  request: {
    readonly id: string;
    readonly marketplaceId: string;
    readonly body: CreateQuote;
    readonly requestHash: string;
  },
): Promise<
  | { readonly kind: 'priced'; readonly quote: OfferedQuote }
  | { readonly kind: 'refused'; readonly code: string; readonly detail: string }
> {
  const { policy } = ports;
  const { id, marketplaceId, requestHash, body } = request;
  const { lock = DEFAULT_LOCK, ...terms } = body;
  if (locks.indexOf(lock) > locks.indexOf(policy.longestLock)) {
    return {
      kind: 'refused',
      code: 'quote.lock_unavailable',
      detail: `Prices are held for ${policy.longestLock} at most.`,
    };
  }
  const answer = await priceQuote(
    { ...ports, lockPremiumBasisPoints: (chosen) => lockPremium(policy, chosen) },
    {
      ...terms,
      ...{ id, tradeId: id, lockSeconds: lockSeconds[lock], now: ports.now() },
      policyVersion: policy.version,
    },
  );
  if (isQuoteRejection(answer)) return quoteRefusal(answer);
  const refusal = ports.refusalOf(answer.sell);
  if (refusal !== undefined) return { kind: 'refused', ...refusal };
  const { tradeId: _, policyVersion = policy.version, lock: held = lock, ...figures } = answer;
  return {
    kind: 'priced',
    quote: { ...figures, marketplaceId, requestHash, lock: held, policyVersion },
  };
}

const HUNDRED = 100n;

/**
 * A quote as the marketplace sees it. `costPercent` is what the customer pays over the reference rate,
 * the figure that EU law has card payers compare by (Regulation (EU) 2021/1230).
 */
export function presentQuote(
  { quote, usedByTradeId }: StoredQuote,
  { now, allowsIndicative = false }: Pick<OfferPorts, 'now' | 'allowsIndicative'>,
) {
  const { marketplaceId: _, requestHash: __, ...shown } = quote;
  const cost = rational(quote.spread.amountMinor * HUNDRED, quote.midSell.amountMinor);
  return {
    ...shown,
    status: statusOf(quote, usedByTradeId, now()),
    usedByTradeId,
    isExecutable:
      (allowsIndicative || quote.reference.source !== 'INDICATIVE') && quote.lock !== 'NONE',
    costPercent: toDecimal(cost, 4),
  };
}

function statusOf(
  quote: OfferedQuote,
  usedByTradeId: string | null,
  now: Date,
): 'active' | 'used' | 'expired' {
  if (usedByTradeId !== null) return 'used';
  return isExpired(quote, now) ? 'expired' : 'active';
}
