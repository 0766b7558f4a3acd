import { type Money, money } from '../../../src/money/money.ts';
import {
  closeInquiry,
  escalate,
  prevent,
  takeAnew,
  winOnAppeal,
} from '../ports/stripe-dispute-turns.ts';
import {
  contestDispute,
  endDispute,
  endOf,
  giveBack,
  isInquiry,
  isOpen,
  isTaken,
  openDispute,
} from '../ports/stripe-disputes.ts';
import { stepOf } from '../ports/stripe-money.ts';
import type { StripeCharge, StripeDispute } from '../world.ts';
import type { Plant } from './plant.ts';

/** How a bank begins: by a question, or in what the charge settled in. */
export type Opening = { readonly isInquiry?: boolean; readonly inSettled?: boolean };

/** What the bank of one trade's buyer can do. Each is a step of its own. */
export type BuyersBank = {
  /** Disputes so many hundredths of the charge; undefined where nothing was charged. */
  readonly chargeBack: (
    hundredths: number,
    opening?: Opening,
  ) => Promise<StripeDispute | undefined>;
  readonly endChargeback: (dispute: StripeDispute, end: 'won' | 'lost') => Promise<void>;
  /** Gets evidence that finance handed in by hand. */
  readonly reviewChargeback: (dispute: StripeDispute) => Promise<void>;
  /** Gives so many thousandths of what it took back, also after it was lost. */
  readonly giveBack: (dispute: StripeDispute, thousandths: number) => Promise<void>;
  /** Is content with what it was told, or takes the money; nothing where it does not ask any more. */
  readonly endInquiry: (dispute: StripeDispute, end: 'closed' | 'escalated') => Promise<void>;
  /** Goes no further, and the buyer keeps what was withdrawn by now. */
  readonly prevent: (dispute: StripeDispute) => Promise<void>;
  /** Takes what was won and is back anew; waits for that. */
  readonly takeAnew: (dispute: StripeDispute) => Promise<void>;
  /** Gives all back that was lost. */
  readonly winOnAppeal: (dispute: StripeDispute) => Promise<void>;
};

const WHOLE = 100n;
const HOUR = 3_600;

/** So many hundredths, in steps that the provider can move. */
function shareOf({ currency, amountMinor }: Money, hundredths: number): Money {
  const share = (amountMinor * BigInt(hundredths)) / WHOLE;
  return money(currency, share - (share % stepOf(currency)));
}

const sizeOf = ({ amount, settled }: StripeCharge, { inSettled = false }: Opening): Money =>
  inSettled ? settled : amount;

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
  const standing = (id: string, is: (dispute: StripeDispute) => boolean): boolean =>
    stripe.disputes.some((dispute) => dispute.id === id && is(dispute));
  return {
    chargeBack: async (hundredths, opening = {}) => {
      await wait(0);
      const charge = stripe.charges.find((each) => each.tradeId === tradeId);
      if (charge === undefined) return undefined;
      const amount = shareOf(sizeOf(charge, opening), hundredths);
      return openDispute(stripe, charge.id, { ...opening, amount });
    },
    endChargeback: async ({ id }, end) => {
      await wait(0);
      if (standing(id, isOpen)) endDispute(stripe, id, end);
    },
    reviewChargeback: async ({ id }) => {
      await wait(0);
      if (standing(id, isOpen)) contestDispute(stripe, id, {});
    },
    giveBack: async ({ id }, thousandths) => {
      await wait(0);
      const isLost = (dispute: StripeDispute) => endOf(dispute) === 'lost' && isTaken(dispute);
      if (standing(id, isLost)) giveBack(stripe, id, BigInt(thousandths));
    },
    endInquiry: async ({ id }, end) => {
      await wait(0);
      if (!standing(id, isInquiry)) return;
      if (end === 'closed') closeInquiry(stripe, id);
      else escalate(stripe, id);
    },
    prevent: async ({ id }) => {
      await wait(0);
      if (standing(id, isOpen)) prevent(stripe, id);
    },
    takeAnew: async ({ id }) => {
      await wait(0);
      while (standing(id, isTaken)) await wait(HOUR);
      takeAnew(stripe, id);
    },
    winOnAppeal: async ({ id }) => {
      await wait(0);
      winOnAppeal(stripe, id);
    },
  };
}
