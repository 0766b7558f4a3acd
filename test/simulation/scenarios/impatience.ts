import type { Scenario } from './scenario.ts';
import { deliveredJourney, tradeRequest } from './trade-request.ts';

/** The marketplace sends the same request several times at once and later: it is one trade. */
export const impatience: Scenario = {
  name: 'impatience',
  weight: 2,
  plan: (draw, ordinal) => ({
    request: tradeRequest(draw, ordinal),
    carrier: { journey: deliveredJourney(draw) },
    ends: ['settled', 'expired'],
    calmEnds: ['settled'],
    play: async (stage) => {
      const [opened] = await Promise.all([stage.openForSure(), stage.open(), stage.open()]);
      await stage.pay(opened);
      await stage.wait(stage.draw.between(0, 300_000));
      await stage.open();
      await stage.get();
    },
  }),
};

/** Another body under the same key, at once or later, never opens a second trade. */
export const keyReuse: Scenario = {
  name: 'key-reuse',
  weight: 2,
  plan: (draw, ordinal) => {
    const request = tradeRequest(draw, ordinal);
    const other = { ...request, reference: `${request.reference}-other` };
    return {
      request,
      carrier: { journey: deliveredJourney(draw) },
      ends: ['settled', 'expired'],
      calmEnds: ['settled', 'expired'],
      play: async (stage) => {
        const [opened] = await Promise.all([
          stage.openForSure(),
          stage.draw.chance(0.7) ? stage.open(other) : undefined,
        ]);
        if (opened.status === 201) await stage.pay(opened);
        await stage.open(other);
      },
    };
  },
};

/** Acceptance before there is anything to accept is refused, and nothing comes of it. */
export const hastyAcceptance: Scenario = {
  name: 'hasty-acceptance',
  weight: 1,
  plan: (draw, ordinal) => ({
    request: tradeRequest(draw, ordinal),
    carrier: { journey: deliveredJourney(draw) },
    ends: ['settled', 'expired'],
    calmEnds: ['settled'],
    play: async (stage) => {
      const opened = await stage.openForSure();
      await stage.accept();
      await stage.pay(opened);
      for (let tries = 0; tries < 4; tries += 1) {
        await stage.wait(stage.draw.unit() * 4);
        await stage.accept();
      }
    },
  }),
};
