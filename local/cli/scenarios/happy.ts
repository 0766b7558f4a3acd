import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CreateTrade } from '../../../events/marketplace/create-trade.v1.ts';
import type { Scenario } from './scenario.ts';

const SAMPLE = join(import.meta.dirname, '../../../events/marketplace/create-trade.v1.json');

/** Paid, shipped, delivered, inspected, settled. */
export const happy: Scenario = {
  name: 'happy',
  title: 'A German buyer pays in EUR for goods worth 11,500.00 USD',
  body: CreateTrade.parse(JSON.parse(readFileSync(SAMPLE, 'utf8'))),
  endsAs: 'settled',
  play: async ({ trade, stripe, untilStatus }) => {
    stripe.pay(trade.payment.paymentIntentId);
    await untilStatus('settled');
  },
};
