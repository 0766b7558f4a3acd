import { parseSettings, type SettingsInput } from '../../lib/settings.ts';
import { InvalidQuoteTermsError } from '../../src/fx/errors.ts';
import { LockPolicy, lockPremium } from '../../src/fx/lock-policy.ts';
import { quote } from '../../src/fx/quote.ts';
import { money } from '../../src/money/money.ts';
import { dayOf } from '../unit/fx/rate-days.ts';

describe('settings', () => {
  it('have defaults, in test mode', () => {
    expect(parseSettings({})).toEqual({
      feeBasisPoints: 250,
      fxMarginBasisPoints: 150,
      paymentWindowSeconds: 1800,
      quoteRetentionSeconds: 31_536_000,
      payoutBatchWindowSeconds: 3600,
      payoutRetryPauseSeconds: 900,
      trackingLinkDays: 90,
      paperRetentionDays: 3_653,
      baseCurrency: 'EUR',
      inspectionPeriodSeconds: 259_200,
      deliveryGraceSeconds: 7200,
      labelCarrier: 'easypost',
      insureGoods: false,
      fxIndicativeCheckout: false,
      livemode: false,
      logLevel: 'INFO',
      ecbRatesUrl: 'https://www.ecb.europa.eu/stats/eurofxref/eurofxref-daily.xml',
      indicativeRatesUrl: 'https://latest.currency-api.pages.dev/v1/currencies/eur.json',
    });
  });

  it('may be text, as on a command line', () => {
    expect(parseSettings({ feeBasisPoints: '300', livemode: 'true' })).toMatchObject({
      feeBasisPoints: 300,
      livemode: true,
    });
  });

  it.each<[string, Record<string, unknown>]>([
    ['an unknown name', { fee: 300 }],
    ['a public URL with a path', { publicUrl: 'https://trade.example/pages' }],
    ['a public URL that is not encrypted', { publicUrl: 'http://trade.example' }],
    ['a console with a path', { consoleUrl: 'https://finance.example/console' }],
    [
      'a certificate of another region than CloudFront reads',
      {
        consoleUrl: 'https://finance.example',
        consoleCertificateArn: 'arn:aws:acm:eu-central-1:123456789012:certificate/0a1b',
      },
    ],
    ['a sign-in that comes back to no address', { signInMarketplace: 'mkt_1' }],
    [
      'a certificate of no domain',
      { consoleCertificateArn: 'arn:aws:acm:us-east-1:123456789012:certificate/0a1b' },
    ],
    ['an empty number', { feeBasisPoints: '' }],
    ['a fraction', { feeBasisPoints: '12.5' }],
    ['a fraction that is a number', { feeBasisPoints: 12.5 }],
    ['a negative fee', { feeBasisPoints: -1 }],
    ['a fee above the whole', { feeBasisPoints: 10_001 }],
    ['a margin that no quote can have beside the dearest lock', { fxMarginBasisPoints: 7_000 }],
    ['papers that are gone within the year', { paperRetentionDays: 364 }],
    ['no time to pay', { paymentWindowSeconds: 0 }],
    ['an inspection beyond the legal limit', { inspectionPeriodSeconds: 91 * 86_400 }],
    ['a mode that is neither', { livemode: 'maybe' }],
    ['an address that is none', { alarmEmail: 'operations' }],
    ['a policy that is not JSON', { fxLockPolicy: 'H24=40' }],
    ['a policy that is not an object', { fxLockPolicy: '[]' }],
    ['a debtor that is not JSON', { payoutDebtor: 'NL91ABNA0417164300' }],
    ['a currency that is none', { ratesDiscontinued: 'rub' }],
    ['a URL that is none', { stripeApiBaseUrl: 'sandbox' }],
    ['live money at a sandbox', { livemode: true, stripeApiBaseUrl: 'http://127.0.0.1:1' }],
  ])('refuse %s', (_what, values) => {
    expect(() => parseSettings(values as SettingsInput)).toThrow(/^settings: /);
  });
});

describe('the margin', () => {
  it('may not be one at which the dearest lock could not be quoted', () => {
    const { fxMarginBasisPoints } = parseSettings({ fxMarginBasisPoints: '6999' });
    const dearest = LockPolicy.parse({
      premiumBasisPoints: { H24: 1_000 },
      closedDayBasisPoints: 1_000,
    });
    const now = new Date('2026-11-28T10:00:00Z');
    const lockPremiumBasisPoints = lockPremium(dearest, {
      ...{ lock: 'H24', pair: ['TRY', 'EUR'], now },
    });
    const terms = {
      ...({ id: 'quote-1', tradeId: 'trade-1', fixedSide: 'buy', now } as const),
      ...({ amount: money('TRY', 10_000n), otherCurrency: 'EUR', lockSeconds: 86_400 } as const),
      ...{ rateDay: dayOf({ TRY: '53.1642' }), lockPremiumBasisPoints },
    };
    const price = (marginBasisPoints: number) => quote({ ...terms, marginBasisPoints });
    expect(price(fxMarginBasisPoints)).toMatchObject({ lockPremiumBasisPoints: 3_000 });
    expect(() => price(fxMarginBasisPoints + 1)).toThrow(InvalidQuoteTermsError);
  });
});
