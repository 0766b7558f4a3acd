import { money } from '../../../src/money/money.ts';
import { koreanAccount, koreanTrade } from './korean-trade.ts';
import type { Scenario } from './scenario.ts';

const ACCOUNT = 'bank_closed';
const KEPT_BY_BANKS_MINOR = 25_000n;
const bookedAt = (): string => new Date().toISOString();

export const payoutReturned: Scenario = {
  name: 'payout-returned',
  title: 'A payment comes back, less what banks kept, and is made again to another account',
  body: koreanTrade(ACCOUNT),
  stack: { payoutBatchWindowSeconds: 2, payoutRetryPauseSeconds: 1 },
  ending: {
    status: 'settled',
    milestones: ['delivery: paid'],
    payouts: ['settled: 15,190,500 KRW'],
    happened: ['PayoutReturned', 'MilestonePaymentReturned', 'PayoutReissued'],
  },
  play: async ({ trade, marketplace, stripe, bank, treasury, until, untilStatus }) => {
    await marketplace.putAccount(ACCOUNT, koreanAccount);
    stripe.pay(trade.payment.paymentIntentId);
    const first = await bank.takeFile(trade.id);
    await bank.say(first, { kind: 'confirmed', bookedAt: bookedAt() });
    await untilStatus('settled');
    const returned = money('KRW', BigInt(first.amount.amountMinor) - KEPT_BY_BANKS_MINOR);
    await bank.say(first, { kind: 'returned', returned, code: 'AC04', bookedAt: bookedAt() });
    await until('given back', ({ milestones }) => milestones[0]?.status === 'returned');
    await untilStatus('released');
    await marketplace.putAccount(ACCOUNT, { ...koreanAccount, accountNumber: '110987654321' });
    const second = await bank.takeFile(trade.id, first.attempt + 1);
    await bank.say(second, { kind: 'confirmed', bookedAt: bookedAt() });
    await treasury.cover(await until('settled', ({ status }) => status === 'settled'));
  },
};
