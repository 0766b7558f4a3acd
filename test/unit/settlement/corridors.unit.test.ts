import { money } from '../../../src/money/money.ts';
import {
  type Corridor,
  Corridors,
  corridorsText,
  DEFAULT_CORRIDORS,
  railOfAccount,
  routeFor,
  servesCountry,
} from '../../../src/settlement/corridors.ts';

const account = { stripe: 'acct_1', bank: 'bank_1' };
const route = (
  query: { readonly country?: string; readonly currency?: 'USD' | 'KRW' | 'ARS' | 'AMD' },
  payoutAccountId = account.stripe,
  corridors: readonly Corridor[] = DEFAULT_CORRIDORS,
) =>
  routeFor(corridors, {
    ...{ country: query.country, currency: query.currency ?? 'USD', payoutAccountId },
  });

describe('The rail of a payout', () => {
  it('is the one of its corridor that the account can take', () => {
    expect(route({ country: 'US' })).toEqual({
      rail: 'stripe_transfer',
      minimum: money('USD', 0n),
      recoverByReversal: false,
    });
    expect(route({ country: 'KR', currency: 'KRW' }, account.bank)).toEqual({
      rail: 'bank_file',
      minimum: money('KRW', 0n),
      recoverByReversal: false,
    });
  });

  it('takes debts back of transfers only where the corridor says so', () => {
    const some: readonly Corridor[] = [
      { country: 'US', rails: ['stripe_transfer'], recoverByReversal: true },
    ];
    expect(route({ country: 'US' }, account.stripe, some)?.recoverByReversal).toBe(true);
    expect(route({ country: 'JP' }, account.stripe, some)?.recoverByReversal).toBe(false);
  });

  it('is none where the corridor does not serve the account', () => {
    const strict: readonly Corridor[] = [{ country: 'KR', rails: ['bank_file'] }];
    expect(route({ country: 'KR' }, account.stripe, strict)).toBeUndefined();
    expect(route({ country: 'KR' }, account.bank, strict)).toMatchObject({ rail: 'bank_file' });
    expect(route({ country: 'JP' }, account.stripe, strict)).toMatchObject({
      rail: 'stripe_transfer',
    });
  });

  it('has the minimum of country and currency together', () => {
    expect(route({ country: 'AR', currency: 'ARS' })?.minimum).toEqual(money('ARS', 460_000n));
    expect(route({ country: 'AM', currency: 'AMD' })?.minimum).toEqual(money('AMD', 1_210_000n));
    expect(route({ country: 'AR', currency: 'USD' })?.minimum).toEqual(money('USD', 0n));
    expect(route({ currency: 'ARS' })?.minimum).toEqual(money('ARS', 0n));
  });

  it('has no minimum in another currency than it pays', () => {
    const odd: readonly Corridor[] = [{ rails: ['stripe_transfer'], minimum: money('EUR', 500n) }];
    expect(route({}, account.stripe, odd)?.minimum).toEqual(money('USD', 0n));
  });

  it('is the first corridor’s that fits', () => {
    const both: readonly Corridor[] = [
      { country: 'US', currency: 'USD', rails: ['bank_file'] },
      { country: 'US', rails: ['stripe_transfer'] },
    ];
    expect(route({ country: 'US' }, account.stripe, both)).toBeUndefined();
    expect(route({ country: 'US', currency: 'KRW' }, account.stripe, both)).toBeDefined();
  });

  it('is told by the account’s name', () => {
    expect([account.stripe, account.bank].map(railOfAccount)).toEqual([
      'stripe_transfer',
      'bank_file',
    ]);
  });
});

describe('Corridors as configuration', () => {
  it('are read from JSON', () => {
    const text =
      '[{"country":"KR","rails":["bank_file"],"minimum":{"currency":"KRW","amountMinor":"10000"}}]';
    expect(Corridors.parse(JSON.parse(text))).toEqual([
      { country: 'KR', rails: ['bank_file'], minimum: money('KRW', 10_000n) },
    ]);
  });

  it.each([
    '{}',
    '[{}]',
    '[{"rails":[]}]',
    '[{"rails":["pigeon"]}]',
    '[{"rails":["bank_file"],"x":1}]',
  ])('are refused as %s', (text) => {
    expect(Corridors.safeParse(JSON.parse(text)).success).toBe(false);
  });
});

describe('A country in which a bank account is registered', () => {
  const bank = (corridors: readonly Corridor[], country = 'KR') =>
    servesCountry(corridors, { country, payoutAccountId: 'bank_1' });

  it('is served where one of its currencies is, by that rail', () => {
    const stripe: Corridor = { country: 'KR', rails: ['stripe_transfer'] };
    expect(bank(DEFAULT_CORRIDORS)).toBe(true);
    expect(bank([stripe])).toBe(false);
    expect(bank([stripe], 'JP')).toBe(true);
    expect(bank([{ country: 'KR', currency: 'KRW', rails: ['bank_file'] }, stripe])).toBe(true);
    expect(bank([stripe, { country: 'KR', currency: 'KRW', rails: ['bank_file'] }])).toBe(false);
    expect(bank([{ country: 'KR', currency: 'KRW', rails: ['stripe_transfer'] }])).toBe(true);
  });

  it('is read from JSON, and is every country where none is configured', () => {
    const text = '[{"country":"KR","rails":["stripe_transfer"]}]';
    expect(bank(corridorsText.parse(text))).toBe(false);
    expect(corridorsText.parse(undefined)).toBe(DEFAULT_CORRIDORS);
  });
});
