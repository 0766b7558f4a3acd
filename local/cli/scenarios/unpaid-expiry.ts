import { sample } from './sample.ts';
import type { Scenario } from './scenario.ts';

/** Long enough for every other scenario of the same stack. */
const paymentWindowSeconds = 8;

export const unpaidExpiry: Scenario = {
  name: 'unpaid-expiry',
  title: 'Nobody pays within the payment window, and the trade expires',
  body: sample,
  stack: { paymentWindowSeconds },
  ending: { status: 'expired', milestones: ['delivery: pending'], happened: ['TradeExpired'] },
  play: async () => undefined,
};
