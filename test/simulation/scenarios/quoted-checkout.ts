import type { ApiAnswer } from '../system/api.ts';
import { isAnswered, type Stage } from '../system/stage.ts';
import type { Scenario } from './scenario.ts';
import { deliveredJourney, type TradeRequest, tradeRequest } from './trade-request.ts';

/** The price for a request, asked for until it is given. */
const quoteFor = (stage: Stage, { amount, payInCurrency }: TradeRequest): Promise<ApiAnswer> =>
  stage.insist(
    () => stage.quote({ fixedSide: 'buy', amount, otherCurrency: payInCurrency, lock: 'M30' }),
    isAnswered,
  );

const quoteIdOf = ({ status, body }: ApiAnswer): string | undefined =>
  status === 201 ? (JSON.parse(body) as { id: string }).id : undefined;

/**
 * The marketplace shows a price first and names it at checkout. Where the buyer thought about it for
 * too long, the trade is refused and opened at the price of the moment.
 */
export const quotedCheckout: Scenario = {
  name: 'quoted-checkout',
  weight: 1,
  plan: (draw, ordinal) => {
    const request = tradeRequest(draw, ordinal);
    return {
      request,
      carrier: { journey: deliveredJourney(draw) },
      ends: ['settled', 'expired', 'none'],
      calmEnds: ['settled'],
      play: async (stage) => {
        const quoteId = quoteIdOf(await quoteFor(stage, request));
        if (quoteId === undefined) return;
        await stage.wait(stage.draw.between(0, 2_000));
        const first = await stage.insist(() => stage.open({ ...request, quoteId }), isAnswered);
        const opened = first.code === 'quote.expired' ? await stage.openForSure() : first;
        if (opened.status === 201) await stage.pay(opened);
      },
    };
  },
};

/** One price is named by two checkouts at once: it is good for one of them. */
export const quoteNamedTwice: Scenario = {
  name: 'quote-named-twice',
  weight: 2,
  plan: (draw, ordinal) => {
    const request = tradeRequest(draw, ordinal);
    return {
      request,
      carrier: { journey: deliveredJourney(draw) },
      ends: ['settled', 'expired', 'none'],
      calmEnds: ['settled', 'none'],
      play: async (stage) => {
        const quoteId = quoteIdOf(await quoteFor(stage, request));
        if (quoteId === undefined) return;
        const body = { ...request, quoteId };
        const [opened] = await Promise.all([
          stage.insist(() => stage.open(body), isAnswered),
          stage.openOther(body),
        ]);
        if (opened.status === 201) await stage.pay(opened);
      },
    };
  },
};
