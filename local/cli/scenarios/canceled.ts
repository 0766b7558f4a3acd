import { sample } from './sample.ts';
import type { Scenario } from './scenario.ts';

export const canceled: Scenario = {
  name: 'canceled',
  title: 'The marketplace cancels before the buyer pays',
  body: sample,
  ending: { status: 'canceled', milestones: ['delivery: pending'], happened: ['TradeCanceled'] },
  play: async ({ trade, marketplace }) => {
    await marketplace.cancelTrade(trade.id);
  },
};
