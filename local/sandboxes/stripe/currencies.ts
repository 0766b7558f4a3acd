/**
 * Stripe's currency rules, as docs.stripe.com/currencies gives them. They differ from ISO 4217:
 * ISK and UGX are sent with two decimals here, yet must be whole units.
 */
const zeroDecimal = new Set([
  ...['bif', 'clp', 'djf', 'gnf', 'jpy', 'kmf', 'krw', 'mga', 'pyg'],
  ...['rwf', 'vnd', 'vuv', 'xaf', 'xof', 'xpf'],
]);
const threeDecimal = new Set(['bhd', 'jod', 'kwd', 'omr', 'tnd']);
const wholeUnitsOnly = new Set(['isk', 'ugx']);

/** Smallest charge by settlement currency, in minor units. Currencies not listed have none. */
const minimumChargeMinor: Record<string, bigint> = {
  ...{ aed: 200n, aud: 50n, brl: 50n, cad: 50n, chf: 50n, czk: 1500n, dkk: 250n, eur: 50n },
  ...{ gbp: 30n, hkd: 400n, huf: 17500n, jpy: 50n, krw: 50n, mxn: 1000n, myr: 200n, nok: 300n },
  ...{ nzd: 50n, pln: 200n, ron: 200n, sek: 300n, sgd: 50n, thb: 1000n, usd: 50n },
};

/** Decimals between the major unit and what Stripe's API counts in. */
export function exponentOf(currency: string): number {
  if (zeroDecimal.has(currency)) return 0;
  return threeDecimal.has(currency) ? 3 : 2;
}

/** An amount must be a multiple of this many minor units. */
export function stepOf(currency: string): number {
  if (wholeUnitsOnly.has(currency)) return 100;
  return threeDecimal.has(currency) ? 10 : 1;
}

/** Charges in these have two decimals, payouts must be whole. */
const wholePayouts = new Set(['huf', 'twd']);

/** A payout must be a multiple of this many minor units. */
export function payoutStepOf(currency: string): number {
  return wholePayouts.has(currency) ? 100 : stepOf(currency);
}

export function minimumCharge(settlementCurrency: string): bigint {
  return minimumChargeMinor[settlementCurrency] ?? 0n;
}

/** An amount as Stripe's messages print it, such as `$6.00` or `¥600`. */
export function formatAmount(amountMinor: bigint, currency: string): string {
  const exponent = exponentOf(currency);
  const major = Number(amountMinor) / 10 ** exponent;
  return new Intl.NumberFormat('en-US', {
    style: 'currency',
    currency: currency.toUpperCase(),
    minimumFractionDigits: exponent,
    maximumFractionDigits: exponent,
  }).format(major);
}
