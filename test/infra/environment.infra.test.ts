import { functionNames, workerNames } from '../../lib/functions.ts';
import { pascalCase } from '../../lib/names.ts';
import { referenceReader, resourcesOf, synthesizeTemplates, type Templates } from './templates.ts';

const templates = synthesizeTemplates();
const read = referenceReader(templates);

const common = (name: string) => ({
  POWERTOOLS_SERVICE_NAME: name,
  POWERTOOLS_METRICS_NAMESPACE: 'Tradelane',
  LOG_LEVEL: 'INFO',
});
const worker = (name: string) => ({
  ...common(name),
  SOURCE_QUEUE_URL: `${pascalCase(name)}Queue`,
  DEAD_LETTER_QUEUE_URL: `${pascalCase(name)}DeadLetterQueue`,
  MAX_RECEIVE_COUNT: '10',
});
const events = { EVENTS_TABLE: 'EventsTable' };
const views = { VIEWS_TABLE: 'ViewsTable' };
const vault = { VAULT_TABLE: 'VaultTable' };
const rates = { RATES_TABLE: 'RatesTable' };
const quotes = { QUOTES_TABLE: 'QuotesTable' };
const reconciliation = { RECONCILIATION_TABLE: 'ReconciliationTable' };
const files = { STATEMENTS_BUCKET: 'StatementFiles' };
const papers = { PAPERS_BUCKET: 'PaperFiles' };
const access = { ACCESS_TABLE: 'AccessTable' };
const stripe = { STRIPE_SECRET_ARN: 'StripeSecret' };
const easypost = { EASYPOST_SECRET_ARN: 'EasypostSecret' };
const carriers = { CARRIERS_SECRET_ARN: 'CarriersSecret' };
const vaultSecret = { VAULT_SECRET_ARN: 'VaultSecret' };
const links = { LINKS_SECRET_ARN: 'LinksSecret' };
const fee = { PLATFORM_FEE_BASIS_POINTS: '250' };
const margin = { FX_MARGIN_BASIS_POINTS: '150' };
const inspection = { INSPECTION_PERIOD_SECONDS: '259200' };
const payouts = { PAYOUT_BATCH_WINDOW_SECONDS: '3600', PAYOUT_RETRY_PAUSE_SECONDS: '900' };
const grace = { DELIVERY_GRACE_SECONDS: '7200' };
const livemode = { LIVEMODE: 'false' };

const expected: Record<string, Record<string, unknown>> = {
  'marketplace-api': {
    ...common('marketplace-api'),
    ...events,
    ...vault,
    ...rates,
    ...quotes,
    ...access,
    ...stripe,
    ...vaultSecret,
    ...links,
    PUBLIC_URL: 'Api.ApiEndpoint',
    TRACKING_LINK_DAYS: '90',
    ...fee,
    ...margin,
    FX_INDICATIVE_CHECKOUT: 'false',
    QUOTE_RETENTION_SECONDS: '31536000',
    ...inspection,
    PAYMENT_WINDOW_SECONDS: '1800',
    SERVICE_VERSION: expect.stringMatching(/^\d+\.\d+\.\d+/),
  },
  papers: { ...common('papers'), ...events, ...vault, ...papers, ...links, ...vaultSecret },
  'tracking-page': { ...common('tracking-page'), ...events, ...links },
  'payouts-api': {
    ...common('payouts-api'),
    ...events,
    ...vault,
    ...views,
    ...reconciliation,
    ...access,
    ...vaultSecret,
  },
  'stripe-webhook': {
    ...common('stripe-webhook'),
    QUEUE_URL_PAYMENTS: 'PaymentsQueue',
    ...stripe,
    ...livemode,
  },
  'carrier-webhook': {
    ...common('carrier-webhook'),
    QUEUE_URL_TRACKING: 'TrackingQueue',
    ...easypost,
    ...carriers,
  },
  'ledger-api': {
    ...common('ledger-api'),
    ...events,
    ...views,
    ACCESS_TABLE: 'AccessTable',
  },
  safeguarding: { ...common('safeguarding'), ...events, ...views, ...reconciliation },
  router: {
    ...common('router'),
    QUEUE_URL_CONVERSION: 'ConversionQueue',
    QUEUE_URL_SHIPMENT: 'ShipmentQueue',
    QUEUE_URL_ESCROW: 'EscrowQueue',
    QUEUE_URL_SETTLEMENT: 'SettlementQueue',
    QUEUE_URL_PROJECTION: 'ProjectionQueue',
    QUEUE_URL_PAYMENTS: 'PaymentsQueue',
    QUEUE_URL_RECONCILIATION: 'ReconciliationQueue',
  },
  payments: {
    ...worker('payments'),
    ...events,
    ...rates,
    ...vault,
    ...stripe,
    ...vaultSecret,
    ...livemode,
    ...payouts,
  },
  tracking: { ...worker('tracking'), ...events, ...views, ...grace },
  poll: { ...worker('poll'), ...events, ...views, ...easypost, ...carriers, ...grace },
  conversion: { ...worker('conversion'), ...events, ...rates, ...margin },
  'shipping-api': {
    ...common('shipping-api'),
    ...events,
    ...access,
    ...easypost,
    ...carriers,
    LABEL_CARRIER: 'easypost',
    INSURE_GOODS: 'false',
  },
  shipment: {
    ...worker('shipment'),
    ...events,
    ...vault,
    ...easypost,
    ...carriers,
    ...vaultSecret,
    LABEL_CARRIER: 'easypost',
    INSURE_GOODS: 'false',
  },
  escrow: { ...worker('escrow'), ...events },
  settlement: { ...worker('settlement'), ...events, ...stripe, ...payouts },
  projection: { ...worker('projection'), ...events, ...views },
  deadlines: {
    ...common('deadlines'),
    ...views,
    QUEUE_URL_ESCROW: 'EscrowQueue',
    QUEUE_URL_SETTLEMENT: 'SettlementQueue',
    QUEUE_URL_PAYMENTS: 'PaymentsQueue',
    QUEUE_URL_POLL: 'PollQueue',
  },
  rates: {
    ...common('rates'),
    ...rates,
    ECB_RATES_URL: 'https://www.ecb.europa.eu/stats/eurofxref/eurofxref-daily.xml',
    INDICATIVE_RATES_URL: 'https://latest.currency-api.pages.dev/v1/currencies/eur.json',
  },
  'finance-api': {
    ...common('finance-api'),
    ...events,
    ...views,
    BASE_CURRENCY: 'EUR',
    ...margin,
    ...rates,
    ...files,
    ...reconciliation,
    ...vault,
    ...access,
    ...vaultSecret,
    READ_MODEL_QUEUE_URLS: 'ProjectionQueue,ReconciliationQueue',
    DEAD_LETTER_QUEUE_URLS: [...workerNames.map(pascalCase), 'Router']
      .map((name) => `${name}DeadLetterQueue`)
      .join(','),
  },
  statements: {
    ...worker('statements'),
    ...files,
    ...reconciliation,
    ...vault,
    ...vaultSecret,
    QUEUE_URL_MATCHING: 'MatchingQueue',
  },
  reconciliation: {
    ...worker('reconciliation'),
    ...events,
    ...views,
    ...reconciliation,
    QUEUE_URL_MATCHING: 'MatchingQueue',
  },
  matching: {
    ...worker('matching'),
    ...events,
    ...reconciliation,
    QUEUE_URL_SETTLEMENT: 'SettlementQueue',
    QUEUE_URL_MATCHING: 'MatchingQueue',
  },
  'matching-clock': { ...common('matching-clock'), QUEUE_URL_MATCHING: 'MatchingQueue' },
  'stripe-sweep': {
    ...common('stripe-sweep'),
    QUEUE_URL_PAYMENTS: 'PaymentsQueue',
    ...stripe,
    ...livemode,
  },
};

const environmentOf = ({ app }: Templates, name: string) => {
  const [, { Properties }] = resourcesOf(app, 'AWS::Lambda::Function').find(
    ([, candidate]) => candidate.Properties.FunctionName === `tradelane-test-${name}`,
  ) ?? ['', { Properties: {} }];
  const variables: [string, unknown][] = Object.entries(Properties.Environment.Variables);
  return Object.fromEntries(variables.map(([key, value]) => [key, read(value)]));
};

describe('environment', () => {
  it.each(functionNames)('of %s is what it needs and nothing else', (name) => {
    expect(environmentOf(templates, name)).toEqual(expected[name]);
  });

  it('holds what differs from the usual where the settings do', () => {
    const particular = synthesizeTemplates({
      settings: {
        fxLockPolicy: '{"longestLock":"H24"}',
        stripeLimits: '{"maximum":"999999999999"}',
        ratesDiscontinued: 'RUB',
        customsPolicy: '{"exportReferenceRequired":true}',
        publicUrl: 'https://trade.example',
        trackingLinkDays: 30,
        bankChargeLimits: '{"KRW":"30000"}',
      },
    });
    expect(environmentOf(particular, 'marketplace-api')).toMatchObject({
      FX_LOCK_POLICY: '{"longestLock":"H24"}',
      STRIPE_LIMITS: '{"maximum":"999999999999"}',
      CUSTOMS_POLICY: '{"exportReferenceRequired":true}',
      PUBLIC_URL: 'https://trade.example',
      TRACKING_LINK_DAYS: '30',
    });
    expect(environmentOf(particular, 'rates')).toMatchObject({ RATES_DISCONTINUED: 'RUB' });
    const told = functionNames.filter(
      (name) => environmentOf(particular, name)['BANK_CHARGE_LIMITS'] === '{"KRW":"30000"}',
    );
    expect(told.toSorted()).toEqual(['finance-api', 'matching', 'payments', 'settlement']);
  });

  it('points at sandboxes only where the settings do, and only those who call them', () => {
    const sandboxed = synthesizeTemplates({
      settings: {
        stripeApiBaseUrl: 'http://127.0.0.1:12111',
        easypostApiBaseUrl: 'http://127.0.0.1:12112',
      },
    });
    const calling = (variable: string) =>
      functionNames.filter((name) => variable in environmentOf(sandboxed, name));
    expect(calling('STRIPE_API_BASE_URL')).toEqual([
      ...['marketplace-api', 'payments', 'settlement', 'stripe-sweep'],
    ]);
    expect(calling('EASYPOST_API_BASE_URL')).toEqual(['shipping-api', 'shipment', 'poll']);
  });
});
