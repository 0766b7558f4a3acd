import type { CurrencyCode } from '../../../src/money/currency.ts';
import { SETTINGS } from '../system/plant.ts';
import type { Stage } from '../system/stage.ts';
import type { Scenario } from './scenario.ts';
import { deliveredJourney, tradeRequest } from './trade-request.ts';

/** What a buyer can send to the provider by bank transfer. */
const TRANSFERABLE: readonly CurrencyCode[] = ['EUR', 'EUR', 'GBP', 'JPY', 'USD'];

/** So many hundredths of the price, at least one minor unit. */
const shareOf = (stage: Stage, hundredths: number): bigint => {
  const share = ((stage.price()?.amountMinor ?? 0n) * BigInt(hundredths)) / 100n;
  return share > 0n ? share : 1n;
};

/** Opens the trade and sends a part of its price; undefined where it could not be opened. */
async function openWithPart(stage: Stage) {
  const opened = await stage.openForSure();
  if (opened.status !== 201) return undefined;
  await stage.wait(stage.draw.between(5, 300));
  const part = shareOf(stage, stage.draw.between(1, 90));
  await stage.transfer(opened, part);
  return { opened, part };
}

/** The buyer sends too little, then the rest, sometimes in two, sometimes more than that. */
export const partTopUp: Scenario = {
  name: 'part-top-up',
  weight: 3,
  plan: (draw, ordinal) => ({
    request: tradeRequest(draw, ordinal, { payInCurrency: draw.pick(TRANSFERABLE) }),
    carrier: { journey: deliveredJourney(draw) },
    ends: ['settled', 'expired'],
    calmEnds: ['settled'],
    play: async (stage) => {
      const begun = await openWithPart(stage);
      if (begun === undefined) return;
      const { opened, part } = begun;
      let rest = (stage.price()?.amountMinor ?? 0n) - part;
      if (rest > 1n && stage.draw.chance(0.5)) {
        await stage.wait(stage.draw.between(1, 300));
        await stage.transfer(opened, rest / 2n);
        rest -= rest / 2n;
      }
      await stage.wait(stage.draw.between(1, 300));
      await stage.transfer(opened, rest + BigInt(stage.draw.pick([0, 0, 1, 12_345])));
    },
  }),
};

/** Only a part has come when the window ends; sometimes more comes around that time. */
export const partExpires: Scenario = {
  name: 'part-expires',
  weight: 2,
  plan: (draw, ordinal) => ({
    request: tradeRequest(draw, ordinal, { payInCurrency: draw.pick(TRANSFERABLE) }),
    carrier: { journey: deliveredJourney(draw) },
    ends: ['expired', 'settled'],
    calmEnds: ['expired', 'settled'],
    play: async (stage) => {
      const begun = await openWithPart(stage);
      if (begun === undefined) return;
      if (stage.draw.chance(0.5)) return;
      const end = SETTINGS.paymentWindowSeconds;
      await stage.wait(stage.draw.between(end - 400, end + 600));
      const hundredths = stage.draw.pick([3, 100]);
      await stage.transfer(begun.opened, shareOf(stage, hundredths));
    },
  }),
};
