import type { FxQuote } from '../../events/fx/fx-quote.v1.ts';
import type { QuoteAnswer, QuoteDesk, QuoteRequest, RateDesk } from '../escrow/ports.ts';
import { crossRate } from '../fx/cross-rate.ts';
import type { RatesStore } from '../fx/ports.ts';
import { latestDay, type PricePorts, priceQuote } from '../fx/price-quote.ts';
import { isExpired, isQuoteRejection, type QuoteRejection, settleQuote } from '../fx/quote.ts';
import { CodedError } from '../platform/errors.ts';
import { quoteIdFor } from '../platform/ids.ts';

export type QuoteDeskOptions = PricePorts & {
  readonly lockSeconds: number;
  /** Whether a trade may be priced at rates that no authority stands behind; not by default. */
  readonly allowsIndicative?: boolean;
};

const REFUSALS: Readonly<Record<string, string>> = {
  'fx.currency_unsupported': 'There is no reference rate for this currency today:',
  'fx.amount_too_small': 'The amount is less than one minor unit of this currency:',
  'fx.amount_too_large': 'The amount has more than 18 digits in this currency:',
};

/** A rejection in words, as checkout and the quotes route answer it. */
export const quoteRefusal = ({ code, currency }: QuoteRejection) =>
  ({ kind: 'refused', code, detail: `${REFUSALS[code]} ${currency}.` }) as const;

/** A price that may be looked at and not used: the rate is nobody's promise. */
export const indicativeRefusal = {
  kind: 'refused',
  code: 'fx.rate_indicative',
  detail: 'The only rate for this pair is indicative; no trade is priced at it.',
} as const;

/** Quotes for the escrow, from the latest stored day of reference rates. */
export function quoteDesk(options: QuoteDeskOptions): QuoteDesk {
  const price = (request: QuoteRequest, id: string) =>
    priceQuote(options, {
      id,
      tradeId: request.tradeId,
      fixedSide: 'buy',
      amount: request.amount,
      otherCurrency: request.payInCurrency,
      lockSeconds: options.lockSeconds,
      now: request.now,
    });

  return {
    quote: async (request): Promise<QuoteAnswer> => {
      const answer = await price(request, quoteIdFor(request.tradeId));
      if (isQuoteRejection(answer)) return quoteRefusal(answer);
      const isIndicative = answer.reference.source === 'INDICATIVE';
      if (isIndicative && options.allowsIndicative !== true) return indicativeRefusal;
      // On rates this old the buyer has no longer to pay than the price is held.
      const payBy = answer.stale === true ? { payBy: answer.expiresAt } : {};
      return { kind: 'quoted', quote: answer, ...payBy };
    },
    convert: async ({ quote: locked, payment, amount, now }) => {
      const honored = isExpired(locked, new Date(payment.capturedAt))
        ? priceAgain(
            await price(
              { tradeId: locked.tradeId, amount, payInCurrency: payment.received.currency, now },
              `${locked.id}_arrival`,
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
    const rate = crossRate({ day }, pair);
    if (!('code' in rate)) return { rate: rate.mid, rateDate: day.rateDate };
    throw new CodedError({
      code: rate.code,
      message: `There is no reference rate for ${rate.currency} today.`,
      retryable: true,
    });
  },
});

/** Money that is here already must be converted: if no rate exists now, one may exist later. */
function priceAgain(answer: FxQuote | QuoteRejection): FxQuote {
  if (!isQuoteRejection(answer)) return answer;
  throw new CodedError({
    code: answer.code,
    message: `The funds can't be priced on arrival: ${answer.currency}.`,
    retryable: true,
  });
}
