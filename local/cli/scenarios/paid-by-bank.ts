import type { BankAccount } from '../../../events/marketplace/bank-account.v1.ts';
import type { ScenarioPlay } from './scenario.ts';

/** The whole story of a seller who is paid by bank: account, payment, file, statement, cover. */
export const paidByBank =
  (payoutAccountId: string, account: BankAccount) =>
  async ({ trade, marketplace, stripe, bank, treasury, until }: ScenarioPlay): Promise<void> => {
    await marketplace.putAccount(payoutAccountId, account);
    stripe.pay(trade.payment.paymentIntentId);
    const payment = await bank.takeFile(trade.id);
    await bank.say(payment, { kind: 'confirmed', bookedAt: new Date().toISOString() });
    await treasury.cover(await until('settled', ({ status }) => status === 'settled'));
  };
