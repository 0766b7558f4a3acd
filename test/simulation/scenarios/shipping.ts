import { openAndPay } from './open-and-pay.ts';
import type { Scenario } from './scenario.ts';
import { deliveredJourney, tradeRequest } from './trade-request.ts';

/**
 * Delivered, and then on its way back while the buyer inspects: the delivery is withdrawn, and what
 * is not released stays held until people agree.
 */
export const returnedAfterDelivery: Scenario = {
  name: 'returned-after-delivery',
  weight: 1,
  plan: (draw, ordinal) => ({
    request: tradeRequest(draw, ordinal),
    carrier: {
      journey: [
        ...deliveredJourney(draw),
        {
          afterSeconds: draw.between(600, 150_000),
          status: 'return_to_sender',
          detail: 'return',
        },
      ],
    },
    ends: ['in_fulfilment', 'settled', 'expired'],
    calmEnds: ['in_fulfilment'],
    play: async (stage) => {
      await openAndPay(stage);
    },
  }),
};

/** The carrier will not have the shipment, at once or when the label is bought: a person must help. */
export const labelRefused: Scenario = {
  name: 'label-refused',
  weight: 2,
  plan: (draw, ordinal) => ({
    request: tradeRequest(draw, ordinal),
    carrier: { refuses: draw.pick(['prepare', 'buy'] as const), journey: [] },
    ends: ['funded', 'expired'],
    calmEnds: ['funded'],
    play: async (stage) => {
      await openAndPay(stage);
    },
  }),
};
