import packageJson from '../package.json' with { type: 'json' };
import type { Settings } from './settings.ts';

/** The settings as the environment variables that functions read, to be handed out one by one. */
export const variablesOf = (settings: Settings) => ({
  fee: { PLATFORM_FEE_BASIS_POINTS: String(settings.feeBasisPoints) },
  margin: { FX_MARGIN_BASIS_POINTS: String(settings.fxMarginBasisPoints) },
  paymentWindow: { PAYMENT_WINDOW_SECONDS: String(settings.paymentWindowSeconds) },
  inspectionPeriod: { INSPECTION_PERIOD_SECONDS: String(settings.inspectionPeriodSeconds) },
  deliveryGrace: { DELIVERY_GRACE_SECONDS: String(settings.deliveryGraceSeconds) },
  polling: optional('POLLING_POLICY', settings.pollingPolicy),
  payouts: {
    PAYOUT_BATCH_WINDOW_SECONDS: String(settings.payoutBatchWindowSeconds),
    PAYOUT_RETRY_PAUSE_SECONDS: String(settings.payoutRetryPauseSeconds),
    ...optional('BANK_CHARGE_LIMITS', settings.bankChargeLimits),
  },
  corridors: optional('PAYOUT_CORRIDORS', settings.payoutCorridors),
  closing: {
    BASE_CURRENCY: settings.baseCurrency,
    ...optional('WRITE_OFF_LIMITS', settings.writeOffLimits),
  },
  bankCharges: optional('BANK_CHARGE_LIMITS', settings.bankChargeLimits),
  payoutDebtor: optional('PAYOUT_DEBTOR', settings.payoutDebtor),
  writeOffLimits: optional('WRITE_OFF_LIMITS', settings.writeOffLimits),
  trackingLinks: { TRACKING_LINK_DAYS: String(settings.trackingLinkDays) },
  platformCountry: optional('PLATFORM_COUNTRY', settings.platformCountry),
  livemode: { LIVEMODE: String(settings.livemode) },
  quotes: {
    QUOTE_RETENTION_SECONDS: String(settings.quoteRetentionSeconds),
    FX_INDICATIVE_CHECKOUT: String(settings.fxIndicativeCheckout),
    ...optional('FX_LOCK_POLICY', settings.fxLockPolicy),
    ...optional('STRIPE_LIMITS', settings.stripeLimits),
  },
  customs: optional('CUSTOMS_POLICY', settings.customsPolicy),
  ratesSources: {
    ECB_RATES_URL: settings.ecbRatesUrl,
    INDICATIVE_RATES_URL: settings.indicativeRatesUrl,
    ...optional('RATES_DISCONTINUED', settings.ratesDiscontinued),
  },
  serviceVersion: { SERVICE_VERSION: packageJson.version },
  stripeApi: optional('STRIPE_API_BASE_URL', settings.stripeApiBaseUrl),
  carrierApis: {
    ...optional('EASYPOST_API_BASE_URL', settings.easypostApiBaseUrl),
    ...optional('SHIPPO_API_BASE_URL', settings.shippoApiBaseUrl),
    ...optional('DHL_API_BASE_URL', settings.dhlApiBaseUrl),
  },
  labels: {
    LABEL_CARRIER: settings.labelCarrier,
    INSURE_GOODS: String(settings.insureGoods),
    ...optional('RATE_RULE', settings.rateRule),
  },
});

const optional = (name: string, value: string | undefined): Record<string, string> =>
  value === undefined ? {} : { [name]: value };
