import { dynamoApiKeys } from '../../src/adapters/dynamodb/api-keys.ts';
import { dynamoQuoteStore } from '../../src/adapters/dynamodb/quote-store.ts';
import { unrepresentable } from '../../src/adapters/stripe/amounts.ts';
import { StripeLimitOverrides, stripeLimits } from '../../src/adapters/stripe/limits.ts';
import { stripePaymentProvider } from '../../src/adapters/stripe/payment-provider.ts';
import { CustomsPolicy } from '../../src/customs/policy.ts';
import type { CollectionPorts } from '../../src/escrow/collect.ts';
import type { QuoteDesk } from '../../src/escrow/ports.ts';
import { holdLimitSecondsIn } from '../../src/escrow/timetable.ts';
import { LockPolicy, lockPremium, lockSeconds } from '../../src/fx/lock-policy.ts';
import { payableStep } from '../../src/money/currency.ts';
import { claimedQuoteDesk } from '../../src/process/claimed-quote.ts';
import { customsView } from '../../src/process/goods-declaration.ts';
import type { OfferPorts } from '../../src/process/offer-quote.ts';
import { quoteDesk } from '../../src/process/quote-desk.ts';
import { trackingToken } from '../../src/process/tracking-link.ts';
import { readTrackingLinks } from '../../src/process/tracking-links.ts';
import type { TradeExtras, TradeHistory } from '../../src/process/trade-view.ts';
import { corridorsText } from '../../src/settlement/corridors.ts';
import { dynamoDb, now } from '../_shared/clients.ts';
import {
  flag,
  json,
  optionalText,
  readEnvironment,
  text,
  wholeNumber,
} from '../_shared/environment.ts';
import { linkKeys } from '../_shared/links.ts';
import { ratesOf } from '../_shared/rates.ts';
import { eventStores } from '../_shared/stores.ts';
import { stripeClient } from '../_shared/stripe.ts';
import { evidenceVault, partyVault } from '../_shared/vault.ts';

const environment = readEnvironment({
  EVENTS_TABLE: text,
  VAULT_TABLE: text,
  RATES_TABLE: text,
  QUOTES_TABLE: text,
  ACCESS_TABLE: text,
  STRIPE_SECRET_ARN: text,
  STRIPE_API_BASE_URL: optionalText,
  VAULT_SECRET_ARN: text,
  LINKS_SECRET_ARN: text,
  PUBLIC_URL: text,
  TRACKING_LINK_DAYS: wholeNumber,
  PLATFORM_FEE_BASIS_POINTS: wholeNumber,
  FX_MARGIN_BASIS_POINTS: wholeNumber,
  FX_LOCK_POLICY: json(LockPolicy),
  CUSTOMS_POLICY: json(CustomsPolicy),
  QUOTE_RETENTION_SECONDS: wholeNumber,
  FX_INDICATIVE_CHECKOUT: flag,
  STRIPE_LIMITS: json(StripeLimitOverrides),
  PAYMENT_WINDOW_SECONDS: wholeNumber,
  INSPECTION_PERIOD_SECONDS: wholeNumber,
  PAYOUT_CORRIDORS: corridorsText,
  PLATFORM_COUNTRY: optionalText,
  SERVICE_VERSION: text,
});

const client = dynamoDb();
const stripe = stripeClient({
  secretArn: environment.STRIPE_SECRET_ARN,
  apiBaseUrl: environment.STRIPE_API_BASE_URL,
});

export const stores = eventStores(client, environment.EVENTS_TABLE);
export const callers = {
  apiKeys: dynamoApiKeys({ client, tableName: environment.ACCESS_TABLE }),
};
const vaultSettings = {
  tableName: environment.VAULT_TABLE,
  secretArn: environment.VAULT_SECRET_ARN,
};
export const vault = partyVault(client, vaultSettings);
export const evidence = evidenceVault(client, vaultSettings);

const limits = stripeLimits(environment.STRIPE_LIMITS);
const policy = environment.FX_LOCK_POLICY;
const quotes = dynamoQuoteStore({
  client,
  tableName: environment.QUOTES_TABLE,
  retentionSeconds: environment.QUOTE_RETENTION_SECONDS,
});
const prices = {
  ...ratesOf(client, environment.RATES_TABLE),
  marginBasisPoints: environment.FX_MARGIN_BASIS_POINTS,
  chargeStep: payableStep,
};
/** One setting for every way to open a trade: at a quote given before, and without one. */
const allowsIndicative = environment.FX_INDICATIVE_CHECKOUT;
/** A price made at checkout holds as long as its trade can be paid, if any price may hold so long. */
const desk = quoteDesk({
  ...prices,
  lockPremiumBasisPoints: (terms) => lockPremium(policy, terms),
  lockSeconds: Math.min(environment.PAYMENT_WINDOW_SECONDS, lockSeconds[policy.longestLock]),
  allowsIndicative,
});

/** Where a checkout gets its price: the quote that it names, or one made for it. */
export const quoteDeskFor = (
  marketplaceId: string,
  { quoteId }: { readonly quoteId?: string | undefined },
): QuoteDesk =>
  quoteId === undefined
    ? desk
    : claimedQuoteDesk(desk, { quotes, quoteId, marketplaceId, allowsIndicative });

/** What giving a quote before checkout needs. */
export const offers: OfferPorts = {
  ...prices,
  ...{ quotes, policy, allowsIndicative, now },
  refusalOf: (amount) => unrepresentable(amount, limits),
};

/** What taking a payment needs, with the current Stripe key. */
export const collection = async (): Promise<CollectionPorts> => ({
  store: stores.escrows,
  now,
  payments: stripePaymentProvider(await stripe(), limits),
});

/** Where people reach the pages. */
export const publicOrigin = environment.PUBLIC_URL;

export const readKeys = linkKeys(environment.LINKS_SECRET_ARN);

const customs = environment.CUSTOMS_POLICY;

/**
 * Where the buyer sees the trade, by a link that is good from now on unless links were revoked, and what
 * customs will ask.
 */
export async function extrasOf(history: TradeHistory): Promise<TradeExtras> {
  const { TRACKING_LINK_DAYS: days } = environment;
  const { tradeId } = history.escrow.terms;
  const extras = { customs: customsView(history, customs) };
  const { generation, isRevoked } = await readTrackingLinks(stores.links, tradeId);
  if (isRevoked) return extras;
  const token = trackingToken(await readKeys(), { tradeId, generation, now: now(), days });
  return { trackingUrl: `${publicOrigin}/t/${token}`, ...extras };
}
export const corridors = environment.PAYOUT_CORRIDORS;

export const settings = {
  customs,
  feeBasisPoints: environment.PLATFORM_FEE_BASIS_POINTS,
  paymentWindowSeconds: environment.PAYMENT_WINDOW_SECONDS,
  inspectionPeriodSeconds: environment.INSPECTION_PERIOD_SECONDS,
  holdLimitSeconds: holdLimitSecondsIn(environment.PLATFORM_COUNTRY),
  version: environment.SERVICE_VERSION,
} as const;
