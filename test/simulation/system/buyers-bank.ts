import { endDispute, giveBack, isOpen, openDispute, review } from '../ports/stripe-disputes.ts';
import type { StripeDispute } from '../world.ts';
import type { Plant } from './plant.ts';

/** What the bank of one trade's buyer can do. Each is a step of its own. */
export type BuyersBank = {
  /** Disputes so many hundredths of the charge; undefined where nothing was charged. */
  readonly chargeBack: (hundredths: number) => Promise<StripeDispute | undefined>;
  readonly endChargeback: (dispute: StripeDispute, end: 'won' | 'lost') => Promise<void>;
  /** Reads our evidence, which changes nothing. */
  readonly reviewChargeback: (dispute: StripeDispute) => Promise<void>;
  /** Gives so many thousandths of what it took back, also after it was lost. */
  readonly giveBack: (dispute: StripeDispute, thousandths: number) => Promise<void>;
};

const WHOLE = 100n;

export function buyersBank(options: {
  readonly plant: Plant;
  readonly tradeId: string;
  readonly wait: (seconds: number) => Promise<void>;
}): BuyersBank {
  const {
    plant: { stripe },
    tradeId,
    wait,
  } = options;
  const charge = () => stripe.charges.find((each) => each.tradeId === tradeId);
  const both = (id: string) => {
    const [known, own] = [stripe.disputes.find((each) => each.id === id), charge()];
    if (known === undefined || own === undefined) throw new Error(`There is no dispute ${id}.`);
    return { dispute: known, charge: own };
  };
  return {
    chargeBack: async (hundredths) => {
      await wait(0);
      const own = charge();
      if (own === undefined) return undefined;
      const amountMinor = (own.amount.amountMinor * BigInt(hundredths)) / WHOLE;
      return openDispute(stripe, { charge: own, amountMinor });
    },
    endChargeback: async ({ id }, end) => {
      await wait(0);
      const dispute = both(id);
      if (isOpen(dispute.dispute)) endDispute(stripe, dispute, end);
    },
    reviewChargeback: async ({ id }) => {
      await wait(0);
      review(stripe, both(id).dispute);
    },
    giveBack: async ({ id }, thousandths) => {
      await wait(0);
      giveBack(stripe, both(id), BigInt(thousandths));
    },
  };
}
