import type { CurrencyCode } from '../../../src/money/currency.ts';
import { money } from '../../../src/money/money.ts';
import { isAnswered, type Stage } from '../system/stage.ts';
import { paid } from './refunds.ts';
import type { Scenario } from './scenario.ts';
import { deliveredJourney, tradeRequest } from './trade-request.ts';

/** What a buyer can send to the provider by bank transfer, too. */
const TRANSFERABLE: readonly CurrencyCode[] = ['EUR', 'EUR', 'GBP', 'JPY', 'USD'];
/** A refund of what came by bank waits for finance, which finds it among the dead letters. */
const BY_BANK = ['refund.by_bank'];
/** Thousandths of the price that go back, if any do. */
const BACK = [0, 0, 0, 200, 600, 1_000] as const;

type Opened = Awaited<ReturnType<Stage['openForSure']>>;

/** The part by receipts, in one or two. */
async function receive(stage: Stage, byReceipts: bigint): Promise<void> {
  await stage.wait(stage.draw.between(1, 300));
  const first = stage.draw.chance(0.6) ? byReceipts : byReceipts / 2n;
  if (first > 0n) await stage.receive('a', first);
  if (byReceipts > first) await stage.receive('b', byReceipts - first);
}

/** The rest by transfers, in one or two, sometimes more than that. */
async function send(stage: Stage, opened: Opened, rest: bigint): Promise<void> {
  await stage.wait(stage.draw.between(1, 300));
  const first = stage.draw.chance(0.6) ? rest : rest / 2n;
  if (first > 0n) await stage.transfer(opened, first);
  const more = rest - first + BigInt(stage.draw.pick([0, 0, 1, 77]));
  if (more === 0n) return;
  await stage.wait(stage.draw.between(1, 200));
  await stage.transfer(opened, more);
}

/**
 * The buyer pays a part to the bank and a part to the provider; together they fund the trade. Sometimes
 * some of it goes back, each part the way that it came.
 */
export const mixedPayment: Scenario = {
  name: 'mixed-payment',
  weight: 1,
  plan: (draw, ordinal) => ({
    request: tradeRequest(draw, ordinal, { payInCurrency: draw.pick(TRANSFERABLE) }),
    carrier: { journey: deliveredJourney(draw) },
    ends: ['settled', 'refunded', 'expired'],
    calmEnds: ['settled', 'refunded'],
    deadLetterCodes: BY_BANK,
    play: async (stage) => {
      const opened = await stage.openForSure();
      const due = stage.price()?.amountMinor;
      if (opened.status !== 201 || due === undefined) return;
      const byReceipts = (due * BigInt(stage.draw.between(5, 95))) / 100n || 1n;
      await Promise.all([receive(stage, byReceipts), send(stage, opened, due - byReceipts)]);
      const thousandths = stage.draw.pick(BACK);
      if (thousandths === 0) return;
      await stage.seen('FundsConverted', 'TradeExpired');
      const { currency, amountMinor } = await paid(stage);
      const back = (amountMinor * BigInt(thousandths)) / 1_000n || 1n;
      await stage.insist(() => stage.refund('back', money(currency, back)), isAnswered);
    },
  }),
};
