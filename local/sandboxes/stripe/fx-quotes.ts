import { exponentOf } from './currencies.ts';
import { endpoint } from './endpoint.ts';
import { invalidRequest } from './errors.ts';
import { group, listOf, oneOf, required, text } from './parameters.ts';
import type { World } from './world.ts';

const lockSeconds = { none: 0, five_minutes: 300, hour: 3_600, day: 86_400 } as const;

/**
 * A preview of Stripe's: only a request in a preview version gets it. Its rates are from major to
 * major unit, the opposite of a balance transaction's.
 */
export const fxQuoteEndpoints = [
  endpoint({
    method: 'POST',
    path: '/v1/fx_quotes',
    parameters: {
      from_currencies: required(listOf(text({ maximumLength: 3 }))),
      lock_duration: required(oneOf(['none', 'five_minutes', 'hour', 'day'])),
      to_currency: required(text({ maximumLength: 3 })),
      usage: group({
        payment: group({ destination: text(), on_behalf_of: text() }),
        transfer: group({ destination: text() }),
        type: required(oneOf(['payment', 'transfer'])),
      }),
    },
    returns: { kind: null },
    execute(call) {
      const { world, parameters: given } = call;
      if (!call.version.includes('preview')) {
        throw invalidRequest('FX Quotes are a preview: name a preview version to use them.');
      }
      const to = given.to_currency.toLowerCase();
      const created = world.clock().getTime() / 1000;
      const lock = lockSeconds[given.lock_duration];
      return {
        id: world.ids.next('fxq'),
        object: 'fx_quote',
        created,
        lock_duration: given.lock_duration,
        lock_expires_at: lock === 0 ? null : created + lock,
        lock_status: lock === 0 ? 'none' : 'active',
        rates: Object.fromEntries(
          given.from_currencies.map((name) => [name, rate(world, name.toLowerCase(), to)]),
        ),
        to_currency: to,
        usage: { payment: null, transfer: null, ...given.usage },
      };
    },
  }),
];

function rate(world: World, from: string, to: string) {
  for (const currency of [from, to]) {
    if (world.exchange.supports(currency)) continue;
    throw invalidRequest(`Invalid currency: ${currency}.`, { param: 'from_currencies' });
  }
  const { exchangeRate } = world.exchange.convert({ amountMinor: 1n, from, to });
  const perMajor = exchangeRate * 10 ** (exponentOf(from) - exponentOf(to));
  return {
    exchange_rate: Number(perMajor.toPrecision(9)),
    rate_details: {
      base_rate: null,
      duration_premium: 0,
      fx_fee_rate: 0.01,
      reference_rate: null,
      reference_rate_provider: null,
    },
  };
}
