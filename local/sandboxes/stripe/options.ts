import { Stripe } from 'stripe';
import type { RatePerEuro } from './fx.ts';
import type { RandomBytes } from './ids.ts';

/** Where signed events are posted, as an endpoint in Stripe's dashboard would be set up. */
export type WebhookEndpointOptions = {
  url: string;
  /** Current secret first, then the previous one while it is being rolled. Default: generated. */
  secrets?: readonly string[];
  /** Receives the events of connected accounts instead of the platform's own. */
  connect?: boolean;
  /** Event types to send; all when left out. */
  events?: readonly string[];
  /** The version that payloads declare; the sandbox's own when left out. */
  apiVersion?: string;
  /** Thin events name the object that changed and hold nothing of it. Default: snapshots. */
  payload?: 'snapshot' | 'thin';
};

export type Fee = { basisPoints: number; fixedMinor: number };
export type MethodFee = Fee & { method: string; currency: string };

/** What the sandbox sent, as it was on the wire. */
export type Sent =
  | {
      kind: 'answer';
      method: string;
      /** The endpoint's pattern, such as `/v1/transfers/:id`. */
      pattern: string;
      status: number;
      userAgent: string;
      /** The request's parameters, decoded. */
      parameters: unknown;
      body: unknown;
    }
  | { kind: 'webhook'; payload: string };

export type StripeSandboxOptions = {
  /** Default: a free port. */
  port?: number;
  clock?: () => Date;
  apiVersion?: string;
  /** The platform's balance; every charge in another currency is converted to it. */
  settlementCurrency?: string;
  /** Units per euro by currency, as the ECB publishes them. */
  /** Further currencies that the platform keeps balances in, so that they are not converted. */
  settlesIn?: readonly string[];
  rates?: Record<string, RatePerEuro>;
  fxFeeBasisPoints?: number;
  /** Stripe's fee on a charge, `fixedMinor` in the settlement currency. */
  processingFee?: Fee;
  /** What some methods cost instead, by the currency they settle in. */
  methodFees?: readonly MethodFee[];
  /** How long a bank debit is on its way. Default: seven days. */
  debitSettlesAfterSeconds?: number;
  /** How long a charge's funds stay pending. Default: none do. */
  availableDelaySeconds?: number;
  /** Stripe's fee on a chargeback, in the settlement currency. Default 15.00. */
  disputeFeeMinor?: number;
  /** How long a payout is on its way to the bank. Default: two days; 0 is paid at once. */
  payoutArrivalSeconds?: number;
  /** Reversals may leave a connected account in debt, with the platform's balance reserved for it. */
  connectReserve?: boolean;
  webhookEndpoints?: readonly WebhookEndpointOptions[];
  /** The waits before each repeated delivery; their number is the number of retries. */
  webhookRetryDelaysMs?: readonly number[];
  webhookTimeoutMs?: number;
  /** Told of every answer and webhook that is sent: what a test checks against Stripe's types. */
  observe?: (sent: Sent) => void;
  /** Source of ids and secrets; a simulator passes its own. */
  random?: RandomBytes;
  /** Looked at only to refuse a live key. Default: the environment of this process. */
  env?: Record<string, string | undefined>;
};

export type Settings = {
  apiVersion: string;
  settlementCurrency: string;
  settlesIn: readonly string[];
  processingFee: Fee;
  methodFees: readonly MethodFee[];
  debitSettlesAfterSeconds: number;
  availableDelaySeconds: number;
  disputeFeeMinor: number;
  payoutArrivalSeconds: number;
  connectReserve: boolean;
};

/** The pinned SDK's API version: the one whose shapes the sandbox answers in. */
export const pinnedApiVersion: string = Stripe.API_VERSION;

/**
 * Round figures near those of autumn 2026, so that the sandbox converts when it is started alone.
 * They are nobody's quotation: pass a day's real figures where they matter.
 */
export const illustrativeRates: Record<string, string> = {
  ...{ usd: '1.16', gbp: '0.87', jpy: '178', chf: '0.93', krw: '1690', cny: '8.25', inr: '103' },
  ...{ aud: '1.77', brl: '6.2', cad: '1.63', czk: '24.3', dkk: '7.47', hkd: '9.03', huf: '383' },
  ...{ idr: '19300', isk: '147', mxn: '21.3', myr: '4.8', nok: '11.7', nzd: '2.04', php: '68.5' },
  ...{ pln: '4.24', ron: '5.09', sek: '10.9', sgd: '1.5', thb: '37.5', try: '49', twd: '36' },
  ...{ zar: '20', aed: '4.26', kwd: '0.356', ugx: '4150', vnd: '30500' },
};

export function readSettings(options: StripeSandboxOptions): Settings {
  return {
    apiVersion: options.apiVersion ?? pinnedApiVersion,
    settlementCurrency: options.settlementCurrency ?? 'usd',
    processingFee: options.processingFee ?? { basisPoints: 150, fixedMinor: 25 },
    settlesIn: options.settlesIn ?? [],
    methodFees: options.methodFees ?? [],
    debitSettlesAfterSeconds: options.debitSettlesAfterSeconds ?? 7 * 24 * 60 * 60,
    availableDelaySeconds: options.availableDelaySeconds ?? 0,
    disputeFeeMinor: options.disputeFeeMinor ?? 1500,
    payoutArrivalSeconds: options.payoutArrivalSeconds ?? 2 * 24 * 60 * 60,
    connectReserve: options.connectReserve ?? false,
  };
}

/** The sandbox must never stand beside a key that moves real money. */
export class LiveKeyPresentError extends Error {
  readonly code = 'SANDBOX.LIVE_KEY_PRESENT';
}

/** @throws LiveKeyPresentError when the environment holds a live Stripe key. */
export function refuseLiveKey(env: Record<string, string | undefined>): void {
  if (!/^(sk|rk)_live_/.test(env['STRIPE_SECRET_KEY']?.trim() ?? '')) return;
  throw new LiveKeyPresentError(
    'STRIPE_SECRET_KEY holds a live key. The Stripe sandbox does not start beside it: unset the ' +
      'key to use the sandbox, or use real Stripe without the sandbox.',
  );
}
