import {
  contestDispute,
  endDispute,
  giveBack,
  isOpen,
  openDispute,
} from '../ports/stripe-disputes.ts';
import { stepOf } from '../ports/stripe-money.ts';
import type { StripeDispute } from '../world.ts';
import type { Plant } from './plant.ts';

/** What the bank of one trade's buyer can do. Each is a step of its own. */
export type BuyersBank = {
  /** Disputes so many hundredths of the charge; undefined where nothing was charged. */
  readonly chargeBack: (hundredths: number) => Promise<StripeDispute | undefined>;
  readonly endChargeback: (dispute: StripeDispute, end: 'won' | 'lost') => Promise<void>;
  /** Gets evidence that finance handed in by hand. */
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
  const isGoingOn = (id: string): boolean =>
    stripe.disputes.some((dispute) => dispute.id === id && isOpen(dispute));
  return {
    chargeBack: async (hundredths) => {
      await wait(0);
      const charge = stripe.charges.find((each) => each.tradeId === tradeId);
      if (charge === undefined) return undefined;
      const { currency } = charge.amount;
      const share = (charge.amount.amountMinor * BigInt(hundredths)) / WHOLE;
      const amountMinor = share - (share % stepOf(currency));
      return openDispute(stripe, charge.id, amountMinor);
    },
    endChargeback: async ({ id }, end) => {
      await wait(0);
      if (isGoingOn(id)) endDispute(stripe, id, end);
    },
    reviewChargeback: async ({ id }) => {
      await wait(0);
      if (isGoingOn(id)) contestDispute(stripe, id, {});
    },
    giveBack: async ({ id }, thousandths) => {
      await wait(0);
      giveBack(stripe, id, BigInt(thousandths));
    },
  };
}
