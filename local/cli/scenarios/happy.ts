import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CreateTrade } from '../../../events/marketplace/create-trade.v1.ts';
import type { Scenario } from './scenario.ts';

const BODY = join(import.meta.dirname, '../../../events/marketplace/create-trade.v1.json');

/** Paid, shipped, delivered, inspected, settled. */
export const happy: Scenario = {
  name: 'happy',
  title: 'A German buyer pays in EUR for goods worth 11,500.00 USD',
  play: async ({ stack, marketplace, untilStatus }) => {
    const body = CreateTrade.parse(JSON.parse(readFileSync(BODY, 'utf8')));
    const opened = await marketplace.openTrade(body, `demo-${body.reference}`);
    const { sandbox } = stack.stripe;
    if (sandbox === undefined) {
      throw new Error('The demo pays at the sandbox: unset STRIPE_SECRET_KEY to run it.');
    }
    sandbox.control.pay(opened.payment.paymentIntentId);
    return untilStatus(opened.id, 'settled');
  },
};
