import * as z from 'zod';

/**
 * Context on the command line is text, settings from code are typed: both are accepted. Text is not
 * coerced, because an empty one would pass for zero.
 */
const digits = z.string().regex(/^\d+$/, 'Not a whole number').transform(Number);
const wholeNumber = (minimum: number, maximum: number) =>
  z.union([z.number(), digits]).pipe(z.int().min(minimum).max(maximum));
const flag = z.union([z.boolean(), z.stringbool()]);
/** What a function reads as JSON. Its fields are checked there, at the function's start. */
const json = z.string().refine(isJsonObject, 'Not a JSON object');
const origin = z.url().regex(/^https:\/\/[^/?#]+$/, 'Not an https origin without a path');
const currencies = z.string().regex(/^[A-Z]{3}(,[A-Z]{3})*$/, 'Not codes such as "RUB,HRK"');

const daySeconds = 86_400;

/** What may differ between stages, with its defaults. Everything else is the same template. */
const Settings = z.strictObject({
  /** What the platform keeps of each payout. */
  feeBasisPoints: wholeNumber(0, 10_000).default(250),
  /**
   * What the platform adds to the mid rate of a quote. With the dearest lock that `fxLockPolicy` may
   * name (3,000) it stays below the whole, or no exchange could be quoted.
   */
  fxMarginBasisPoints: wholeNumber(0, 6_999).default(150),
  /** What locking a price costs and how long it may last, where it is not the usual: docs/fx.md. */
  fxLockPolicy: json.optional(),
  /** What goes nowhere, and from when an export is declared, where it is not the usual: docs/customs.md. */
  customsPolicy: json.optional(),
  /** Whether trades may be priced at rates that no authority stands behind. */
  fxIndicativeCheckout: flag.default(false),
  /** Where the Stripe account's limits of a charge are not the usual: docs/fx.md. */
  stripeLimits: json.optional(),
  /** How long a quote is kept after it has expired: a year, where nothing else is said. */
  quoteRetentionSeconds: wholeNumber(90 * daySeconds, 3650 * daySeconds).default(365 * daySeconds),
  /** How long a quote is held for the buyer to pay. */
  paymentWindowSeconds: wholeNumber(1, 90 * daySeconds).default(1800),
  /** How long the buyer may inspect what was delivered before the seller is paid. */
  inspectionPeriodSeconds: wholeNumber(1, 90 * daySeconds).default(3 * daySeconds),
  /** Who sells the labels. Its key stands in EasyPost's secret, or in that of the carriers. */
  labelCarrier: z.enum(['easypost', 'shippo', 'dhl']).default('easypost'),
  /** Which of the offered rates is bought, where it is not the cheapest: docs/carriers.md. */
  rateRule: json.optional(),
  /** Whether goods are insured with their carrier, for what they are declared at. */
  insureGoods: flag.default(false),
  /** How long a delivery that a carrier reports must stand before it counts; 0 counts it at once. */
  deliveryGraceSeconds: wholeNumber(0, 14 * daySeconds).default(2 * 3600),
  /** How patient we are with silent carriers where it is not the usual: docs/carriers.md. */
  pollingPolicy: json.optional(),
  /** How sellers are paid where, as JSON (`src/settlement/corridors.ts`). Without it Korea goes by bank. */
  payoutCorridors: z.string().optional(),
  /** Who pays by bank file, as JSON (`src/adapters/bank/debtor.ts`). Without it no file can be made. */
  payoutDebtor: json.optional(),
  /** What one person may give up of a debt or a break, as JSON (`src/money/write-off-limits.ts`). */
  writeOffLimits: json.optional(),
  /** What banks may keep of a payment that comes back, as JSON (`src/money/bank-charges.ts`). */
  bankChargeLimits: json.optional(),
  /** How long a batch for the bank takes payments before it is closed. */
  payoutBatchWindowSeconds: wholeNumber(1, daySeconds).default(3600),
  /** How old a failed payout must be before it is tried again: longer than any worker can live. */
  payoutRetryPauseSeconds: wholeNumber(1, daySeconds).default(900),
  /** What the books are closed in: open positions are valued in it. */
  baseCurrency: z
    .string()
    .regex(/^[A-Z]{3}$/, 'Not an ISO 4217 code')
    .default('EUR'),
  /** Where people reach the API, `https://…`, if it has a domain of its own. Else the API's own URL. */
  publicUrl: origin.optional(),
  /** Where people reach finance's console, `https://…`. Without it at CloudFront's own domain. */
  consoleUrl: origin.optional(),
  /** The certificate of that domain, at ACM in us-east-1. With it CloudFront answers to the domain. */
  consoleCertificateArn: z
    .string()
    .regex(/^arn:aws:acm:us-east-1:\d{12}:certificate\/[\w-]+$/, 'Not a certificate in us-east-1')
    .optional(),
  /** Whose finance signs in to the console by Cognito, beside API keys. Without it there is no pool. */
  signInMarketplace: z
    .string()
    .regex(/^[\x21-\x7e]{1,64}$/, 'Not the id of a marketplace')
    .optional(),
  /** For how many days a link to a tracking page is good, from the day on which it is given. */
  trackingLinkDays: wholeNumber(1, 730).default(90),
  /** For how many days an issued commercial invoice or packing list is kept: ten years, if not said. */
  paperRetentionDays: wholeNumber(365, 36_500).default(3_653),
  /** The platform's country, which limits how long it may hold money: 10 days TH, 730 US, else 90. */
  platformCountry: z
    .string()
    .regex(/^[A-Z]{2}$/, 'Not an ISO 3166-1 alpha-2 code')
    .optional(),
  /** Whether the Stripe keys are live ones: events of the other mode are refused. */
  livemode: flag.default(false),
  logLevel: z.enum(['DEBUG', 'INFO', 'WARN', 'ERROR']).default('INFO'),
  ecbRatesUrl: z.url().default('https://www.ecb.europa.eu/stats/eurofxref/eurofxref-daily.xml'),
  /** The partner event bus of Stripe's, where events come by EventBridge beside the webhooks. */
  stripeEventBusName: z
    .string()
    .regex(/^aws\.partner\/stripe\.com\/[\w./-]{1,200}$/)
    .optional(),
  /** The second source of rates, for currencies that the ECB does not publish. */
  indicativeRatesUrl: z
    .url()
    .default('https://latest.currency-api.pages.dev/v1/currencies/eur.json'),
  /** Currencies that the ECB has announced to publish no longer, separated by commas. */
  ratesDiscontinued: currencies.optional(),
  /** Set only to point the product at a sandbox instead of Stripe. */
  stripeApiBaseUrl: z.url().optional(),
  /** Set only to point the product at a sandbox instead of EasyPost. */
  easypostApiBaseUrl: z.url().optional(),
  /** Set only to point the product at sandboxes of the other carriers. */
  shippoApiBaseUrl: z.url().optional(),
  dhlApiBaseUrl: z.url().optional(),
  /** Concurrency kept for, and the most that may be spent on, each webhook function. */
  webhookReservedConcurrency: wholeNumber(1, 1000).optional(),
  /** Who is mailed when an alarm changes state. Without it the alarms only show. */
  alarmEmail: z.email().optional(),
});

export type Settings = z.output<typeof Settings>;

/** The settings that differ from the defaults, typed or as text. */
export type SettingsInput = z.input<typeof Settings>;

function isJsonObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}

/** Short enough for every name derived from it, and spelled as CloudFormation, SQS and Lambda allow. */
const Stage = z.string().regex(/^[a-z][a-z0-9-]{0,19}$/);

/**
 * Checks the settings of one stage and fills in the defaults.
 *
 * @example parseSettings({ feeBasisPoints: '300', livemode: 'true' })
 * @throws where a name is unknown, a value out of range, live money is pointed at a sandbox, or what
 * needs the console's address has none.
 */
export const parseSettings = (values: SettingsInput): Settings => {
  const settings = parse(Settings, values, 'settings');
  const { stripeApiBaseUrl, easypostApiBaseUrl, shippoApiBaseUrl, dhlApiBaseUrl } = settings;
  const sandboxes = [stripeApiBaseUrl, easypostApiBaseUrl, shippoApiBaseUrl, dhlApiBaseUrl];
  if (settings.livemode && sandboxes.some((url) => url !== undefined)) {
    throw new Error('settings: livemode and a sandbox exclude each other');
  }
  const { consoleUrl, consoleCertificateArn, signInMarketplace } = settings;
  const needsUrl = consoleCertificateArn !== undefined || signInMarketplace !== undefined;
  if (needsUrl && consoleUrl === undefined) {
    throw new Error('settings: consoleCertificateArn and signInMarketplace need consoleUrl');
  }
  return settings;
};

/** Whose people sign in to which console; undefined where they come with API keys only. */
export const signInOf = ({ consoleUrl, signInMarketplace: marketplaceId }: Settings) =>
  consoleUrl === undefined || marketplaceId === undefined
    ? undefined
    : { consoleUrl, marketplaceId };

/** @throws where the name does not fit the resources that carry it. */
export const parseStage = (value: unknown): string => parse(Stage, value, 'stage');

const parse = <Output>(schema: z.ZodType<Output>, value: unknown, what: string): Output => {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw new Error(`${what}: ${z.prettifyError(result.error)}`);
};
