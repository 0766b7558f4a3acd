import type { FxQuote } from '../../events/fx/fx-quote.v1.ts';
import type { QuoteDesk, QuoteRequest, RateDesk } from '../escrow/ports.ts';
import { crossRate } from '../fx/cross-rate.ts';
import type { RatesStore } from '../fx/ports.ts';
import { isExpired, isQuoteRejection, quote, settleQuote } from '../fx/quote.ts';
import type { RateDay } from '../fx/rate-day.ts';
import { CodedError } from '../platform/errors.ts';
import { quoteIdFor } from '../platform/ids.ts';

export type QuoteDeskOptions = {
  readonly rates: Pick<RatesStore, 'latest'>;
  readonly marginBasisPoints: number;
  readonly lockPremiumBasisPoints: number;
  readonly lockSeconds: number;
};

const REFUSALS: Readonly<Record<string, string>> = {
  'fx.currency_unsupported': 'There is no reference rate for this currency today:',
  'fx.amount_too_small': 'The amount is less than one minor unit of this currency:',
  'fx.amount_too_large': 'The amount has more than 18 digits in this currency:',
};

/** Quotes for the escrow, from the latest stored day of reference rates. */
export function quoteDesk(options: QuoteDeskOptions): QuoteDesk {
  const price = (request: QuoteRequest, id: string, rateDay: RateDay) =>
    quote({
      id,
      tradeId: request.tradeId,
      fixedSide: 'buy',
      amount: request.amount,
      otherCurrency: request.payInCurrency,
      rateDay,
      marginBasisPoints: options.marginBasisPoints,
      lockPremiumBasisPoints: options.lockPremiumBasisPoints,
      lockSeconds: options.lockSeconds,
      now: request.now,
    });

  return {
    quote: async (request) => {
      const answer = price(request, quoteIdFor(request.tradeId), await latestDay(options.rates));
      return isQuoteRejection(answer)
        ? {
            kind: 'refused',
            code: answer.code,
            detail: `${REFUSALS[answer.code]} ${answer.currency}.`,
          }
        : { kind: 'quoted', quote: answer };
    },
    convert: async ({ quote: locked, payment, amount, now }) => {
      const honored = isExpired(locked, new Date(payment.capturedAt))
        ? priceAgain(
            price(
              { tradeId: locked.tradeId, amount, payInCurrency: payment.received.currency, now },
              `${locked.id}_arrival`,
              await latestDay(options.rates),
            ),
          )
        : locked;
      const { received } = payment;
      return { quote: honored, ...settleQuote({ received, amount, mid: honored.mid }) };
    },
  };
}

/** The mid rate of the latest stored day. */
export const rateDesk = (rates: Pick<RatesStore, 'latest'>): RateDesk => ({
  mid: async (pair) => {
    const day = await latestDay(rates);
    const rate = crossRate(day, pair);
    if (!('code' in rate)) return { rate, rateDate: day.rateDate };
    throw new CodedError({
      code: rate.code,
      message: `There is no reference rate for ${rate.currency} today.`,
      retryable: true,
    });
  },
});

async function latestDay(rates: Pick<RatesStore, 'latest'>): Promise<RateDay> {
  const day = await rates.latest();
  if (day !== undefined) return day;
  throw new CodedError({
    code: 'fx.rates_unavailable',
    message: 'No day of reference rates is stored yet.',
    retryable: true,
  });
}

/** Money that is here already must be converted: if no rate exists now, one may exist later. */
function priceAgain(answer: ReturnType<typeof quote>): FxQuote {
  if (!isQuoteRejection(answer)) return answer;
  throw new CodedError({
    code: answer.code,
    message: `The funds can't be priced on arrival: ${answer.currency}.`,
    retryable: true,
  });
}
