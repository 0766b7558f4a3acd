import type { Stripe } from 'stripe';
import { requireAccount } from './accounts.ts';
import { changeBankAccount } from './bank-accounts.ts';
import { type CapabilityStatus, changeCapability, requireCapabilityName } from './capabilities.ts';
import { requireDispute } from './dispute-endpoints.ts';
import {
  type DisputeOpening,
  type DisputeOutcome,
  endDispute,
  escalateDispute,
  giveBack,
  openDispute,
} from './disputes.ts';
import { settleDue } from './due.ts';
import { warnOfFraud } from './early-fraud-warnings.ts';
import type { Actor } from './endpoint.ts';
import { resourceMissing } from './errors.ts';
import { failPayout, payPayout, sweepToBank } from './payouts.ts';
import { idOf, platformAccount } from './references.ts';
import { completeRefund, failRefund } from './refund-outcomes.ts';
import type { World } from './world.ts';

/** What banks, Stripe and time do of their own accord, on command. */
export type BankControl = {
  /** The buyer's bank disputes a charge, named by its id or by its payment intent's. */
  openDispute(charge: string, opening?: DisputeOpening): Stripe.Dispute;
  /** The bank decides: `won` gives the amount back, `lost` leaves it where it is. */
  endDispute(dispute: string, outcome: DisputeOutcome): Stripe.Dispute;
  /** An inquiry becomes a chargeback, and the money is taken. */
  escalateDispute(dispute: string): Stripe.Dispute;
  /** The bank gives a part back, even after the dispute was lost. */
  giveBackDispute(dispute: string, amount: number): Stripe.Dispute;
  /** The card network tells of a fraud that may become a chargeback. */
  warnOfFraud(charge: string): Stripe.Radar.EarlyFraudWarning;
  /** The payout arrives now, not on its day. */
  payPayout(payout: string): Stripe.Payout;
  /** The bank sends the payout back, also one that was `paid`. */
  failPayout(payout: string, failureCode?: string): Stripe.Payout;
  /** Stripe pays all out that is available to the account, as on its schedule. */
  sweepToBank(account: string, currency: string): Stripe.Payout;
  /** The account's owner mends the bank accounts that payouts came back from. */
  mendBankAccounts(account: string): Stripe.BankAccount[];
  completeRefund(refund: string): Stripe.Refund;
  failRefund(refund: string, reason?: string): Stripe.Refund;
  setCapability(account: string, name: string, status: CapabilityStatus): Stripe.Capability;
  /** Lets time pass: funds become available, payouts arrive, keys are forgotten. */
  advanceClock(seconds: number): void;
};

const cause = { requestId: null, idempotencyKey: null };

export function createBankControl(world: World): BankControl {
  const platform: Actor = { world, account: platformAccount, cause };
  const payoutOf = (id: string): { actor: Actor; payout: Stripe.Payout } => {
    const account = world.store.ownerOf('payout', id);
    const payout = world.store.findAnywhere('payout', id);
    if (!payout || account === undefined) throw missing('payout', id);
    return { actor: { world, account, cause }, payout };
  };
  const refundOf = (id: string): Stripe.Refund => {
    const refund = world.store.find('refund', platformAccount, id);
    if (!refund) throw missing('refund', id);
    return refund;
  };
  return {
    openDispute: (id, opening) => openDispute(platform, chargeOf(world, id), opening),
    endDispute: (id, outcome) => endDispute(platform, requireDispute(platform, id), outcome),
    escalateDispute: (id) => escalateDispute(platform, requireDispute(platform, id)),
    giveBackDispute: (id, amount) => giveBack(platform, requireDispute(platform, id), amount),
    warnOfFraud: (id) => warnOfFraud(platform, chargeOf(world, id)),
    payPayout(id) {
      const { actor, payout } = payoutOf(id);
      return payPayout(actor, payout);
    },
    failPayout(id, failureCode) {
      const { actor, payout } = payoutOf(id);
      return failPayout(actor, payout, failureCode);
    },
    sweepToBank(account, currency) {
      requireAccount(world, account);
      settleDue(world);
      return sweepToBank({ world, account, cause }, currency);
    },
    mendBankAccounts(account) {
      requireAccount(world, account);
      const actor = { world, account, cause };
      return world.store
        .list('bank_account', account)
        .map(({ id }) => changeBankAccount(actor, id, { status: 'new' }));
    },
    completeRefund: (id) => completeRefund(platform, refundOf(id)),
    failRefund: (id, reason) => failRefund(platform, refundOf(id), reason),
    setCapability(id, name, status) {
      const account = world.store.find('account', platformAccount, id);
      if (!account) throw missing('account', id);
      return changeCapability(platform, account, { name: requireCapabilityName(name), status });
    },
    advanceClock(seconds) {
      world.advanceClock(seconds);
      settleDue(world);
    },
  };
}

function chargeOf({ store }: World, id: string): Stripe.Charge {
  const intent = store.find('payment_intent', platformAccount, id);
  const chargeId = intent ? (idOf(intent.latest_charge) ?? '') : id;
  const charge = store.find('charge', platformAccount, chargeId);
  if (charge) return charge;
  throw missing('charge', id);
}

const missing = (what: string, id: string) => resourceMissing({ what, id, param: 'id' });
