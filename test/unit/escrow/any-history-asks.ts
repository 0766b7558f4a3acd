import type { EscrowCommand } from '../../../src/escrow/commands.ts';
import { endsOf } from '../../../src/escrow/evolve-chargebacks.ts';
import type { ProviderChargeback } from '../../../src/escrow/ports.ts';
import type { FundedState, Refund } from '../../../src/escrow/state.ts';
import { type Money, money } from '../../../src/money/money.ts';
import { parseDecimal } from '../../../src/money/rational.ts';
import { shipmentId, story, tradeId } from '../../support/builders.ts';
import { reportedChargeback } from '../../support/fake-chargebacks.ts';
import { stepOf, type Turn } from './any-history.ts';
import { commands, reportedRefund } from './escrow-states.ts';

const mid = { rate: parseDecimal('1'), rateDate: null };
const SHA = 'a'.repeat(64);
const MAX_CHARGEBACKS = 3;

/** What is asked, of which trade, when, and what has been asked before. */
export type Asking = {
  readonly state: FundedState;
  readonly at: string;
  readonly turn: Turn;
  /** Of this turn among all: what ids are made of. */
  readonly count: number;
  /** The buyer's bank, which changes its mind by itself. */
  readonly chargebacks: ProviderChargeback[];
};

/** So many hundredths of an amount, in steps that can be paid, and never nothing. */
function shareOf({ currency, amountMinor }: Money, hundredths: number): Money {
  const step = stepOf(currency);
  const part = ((amountMinor * BigInt(hundredths)) / 100n / step) * step;
  return money(currency, part === 0n ? step : part);
}

const chosen = <T>(items: readonly T[], pick: number): T | undefined => items[pick % items.length];

/** What a turn asks of the escrow, one after the other; nothing where there is nothing to ask about. */
export function asksOf(asking: Asking): readonly EscrowCommand[] {
  const { state, at, turn, count } = asking;
  const { milestones } = state.terms;
  switch (turn.what) {
    case 'ship':
      return [commands.BookShipment];
    case 'deliver':
      return [{ ...commands.ConfirmDelivery, shipmentId, deliveredAt: at, at }];
    case 'accept':
      return [{ type: 'AcceptGoods', evidenceSha256: SHA, at }];
    case 'refund': {
      const amount = shareOf(state.payment.received, turn.share);
      return [
        { type: 'RequestRefund', refundId: `rfd_${count}`, amount, reason: 'marketplace', at },
      ];
    }
    case 'refund_goes_on':
      return refundGoesOn(asking);
    case 'bank_disputes':
    case 'bank_decides':
      return bankSays(asking);
    case 'clock':
      return ticks(asking);
    case 'earmark': {
      const amount = shareOf(state.terms.amount, Math.min(turn.share, 20));
      return [{ type: 'EarmarkDuties', dutyId: `dty_${count}`, amount, at }];
    }
    case 'pay_duties': {
      const duty = chosen(state.duties, turn.pick);
      if (duty === undefined) return [];
      const billed = money(
        duty.amount.currency,
        (duty.amount.amountMinor * BigInt(turn.pick)) / 30n,
      );
      return [{ type: 'RecordDutiesPaid', dutyId: duty.dutyId, billed, at }];
    }
    case 'pay_out': {
      const milestoneId = chosen(state.releases, turn.pick)?.milestoneId;
      if (milestoneId === undefined) return [];
      const payoutId = `payout_${milestoneId}`;
      return [{ type: 'RecordMilestonePaid', milestoneId, payoutId, attempt: 1, at }];
    }
    case 'present': {
      const { milestoneId = '' } = chosen(milestones, turn.pick) ?? {};
      const paper = { documentType: 'bill_of_lading', documentSha256: SHA } as const;
      return [{ type: 'PresentDocument', milestoneId, ...paper, at }];
    }
    default:
      return disputeGoesOn(asking);
  }
}

function disputeGoesOn({ state, at, turn, count }: Asking): readonly EscrowCommand[] {
  const { milestones, amount } = state.terms;
  if (turn.what === 'dispute') {
    const all = turn.pick % 2 === 0;
    const one = chosen(milestones, turn.pick)?.milestoneId ?? '';
    const milestoneIds = all ? null : [one];
    return [{ ...commands.OpenDispute, disputeId: `dsp_${count}`, milestoneIds, at }];
  }
  const open = state.disputes.filter(({ stage }) => stage !== 'closed');
  const { disputeId, milestoneIds } = chosen(open, turn.pick) ?? {};
  if (disputeId === undefined) return [];
  const disputed = milestones.filter((each) => milestoneIds?.includes(each.milestoneId));
  const whole = disputed.reduce((total, each) => total + each.amount.amountMinor, 0n);
  const toBuyer = money(amount.currency, (whole * BigInt(turn.share % 100)) / 100n);
  const proposalId = `prp_${count}`;
  if (turn.what === 'withdraw') return [{ type: 'WithdrawDispute', disputeId, at }];
  return turn.what === 'agree'
    ? [
        { type: 'ProposeAward', disputeId, proposalId, by: 'buyer', toBuyer, at },
        { type: 'AgreeAward', disputeId, proposalId, by: 'seller', at },
      ]
    : [
        { type: 'EscalateDispute', disputeId, by: 'buyer', at },
        { type: 'DecideDispute', disputeId, toBuyer, evidenceSha256: SHA, at },
      ];
}

/** All that a clock may say of the trade and its disputes at this time. */
function ticks({ state, at, turn }: Asking): readonly EscrowCommand[] {
  const ofTrade = ['inspection_end', 'shipping_due', 'hold_warning', 'hold_forced'] as const;
  const ofDispute = ['dispute_escalation', 'dispute_decision'] as const;
  const of = (deadline: (typeof ofTrade | typeof ofDispute)[number], subjectId: string) =>
    ({ type: 'PassDeadline', deadline, subjectId, dueAt: at, at }) as const;
  if (turn.pick % 3 !== 0) return ofTrade.map((deadline) => of(deadline, tradeId));
  return state.disputes.flatMap(({ disputeId }) =>
    ofDispute.map((deadline) => of(deadline, disputeId)),
  );
}

/** What the provider says of a refund next; it makes none while the bank has the charge in question. */
function refundGoesOn(asking: Asking): readonly EscrowCommand[] {
  const { state, at, turn, chargebacks } = asking;
  const refund = chosen(state.refunds, turn.pick);
  if (refund === undefined) return [];
  const { refundId, attempt, status } = refund;
  if (status === 'requested') return [{ type: 'ValueRefund', refundId, mid, at }];
  if (status === 'failed') return [{ type: 'RetryRefund', refundId, at }];
  const isRefused = status === 'valued' && chargebacks.some((each) => each.status !== 'won');
  if (status !== 'valued' && status !== 'submitted') return [];
  if (refund.byBank === true) return paidByBank(refund, asking);
  if (isRefused)
    return [
      { type: 'TurnRefundToBank', refundId, afterChargebacks: endsOf(state.chargebacks), at },
    ];
  const outcome = chosen(['pending', 'succeeded', 'succeeded', 'failed'] as const, turn.share);
  const reported = reportedRefund({
    ...{ refundId, attempt, providerRefundId: `re_${refundId}_${attempt}`, amount: refund.amount },
    ...moneyOf(state, refund, outcome ?? 'pending'),
  });
  return [{ type: 'RecordRefund', refund: reported, at }];
}

/** Finance pays it, or has; now and then the buyer's bank sends it back. */
function paidByBank(
  { refundId, attempt, amount, status }: Refund,
  { at, turn }: Asking,
): readonly EscrowCommand[] {
  const outcome =
    status === 'submitted' || turn.share > 10
      ? ({ status: 'succeeded', debited: amount, fee: money(amount.currency, 0n) } as const)
      : ({ status: 'failed', debited: null, fee: null } as const);
  const refund = reportedRefund({
    ...{ refundId, attempt, providerRefundId: `RF-${refundId}-${attempt}`, amount },
    ...{ ...outcome, takenFrom: 'bank' },
  });
  return [{ type: 'RecordRefund', refund, at }];
}

function moneyOf(
  { payment: { received, settled } }: FundedState,
  { amount }: Refund,
  status: 'pending' | 'succeeded' | 'failed',
) {
  if (status !== 'succeeded') return { status, debited: null, fee: null };
  const debited = (amount.amountMinor * settled.amountMinor) / received.amountMinor;
  return {
    ...{ status, debited: money(settled.currency, debited === 0n ? 1n : debited) },
    fee: money(settled.currency, 0n),
  };
}

/** The buyer's bank disputes a part of the charge, or asks about it, or decides; now and then anew. */
function bankSays({ state, at, turn, chargebacks }: Asking): readonly EscrowCommand[] {
  if (turn.what === 'bank_disputes' && chargebacks.length < MAX_CHARGEBACKS) {
    chargebacks.push(disputed(state, `dp_${chargebacks.length}`, turn));
  }
  const index = turn.pick % Math.max(1, chargebacks.length);
  const known = chargebacks[index];
  if (known === undefined) return [];
  const told = turn.what === 'bank_decides' ? decidedBy(known, turn) : known;
  chargebacks[index] = told;
  return [{ type: 'RecordChargeback', chargeback: told, mid, at }];
}

/** In another currency than was charged where the trade settles in one, and by an inquiry at times. */
function disputed(
  { payment: { received, settled, chargeId } }: FundedState,
  chargebackId: string,
  { share, pick }: Turn,
): ProviderChargeback {
  const part = shareOf(received, share);
  const minor = (part.amountMinor * settled.amountMinor) / received.amountMinor;
  const withdrawn = money(settled.currency, minor === 0n ? 1n : minor);
  const none = money(settled.currency, 0n);
  const isInquiry = pick % 5 === 0;
  return reportedChargeback({
    ...{ chargebackId, chargeId, amount: pick % 7 === 0 ? withdrawn : part },
    ...(isInquiry ? { withdrawn: none, fee: none, isInquiry } : { withdrawn, fee: oneOf(none) }),
    reinstated: none,
  });
}

const oneOf = ({ currency }: Money): Money => money(currency, 1n);

/** An inquiry is closed or becomes a dispute; a dispute ends; an end may not be the last word. */
function decidedBy(known: ProviderChargeback, { share, pick }: Turn): ProviderChargeback {
  const { status, withdrawn, reinstated, isInquiry, ...others } = known;
  const { currency } = withdrawn;
  const taken = { ...others, status: 'open', reinstated, fee: money(currency, 1n) } as const;
  if (status === 'open' && isInquiry === true) {
    return share > 40 ? { ...taken, withdrawn: money(currency, 7n) } : { ...known, status: 'won' };
  }
  if (status === 'open') {
    return share > 40
      ? { ...known, status: 'lost', ...partBack(known, pick) }
      : { ...known, status: 'won', reinstated: withdrawn };
  }
  if (pick % 3 !== 0) return known;
  return status === 'won'
    ? { ...taken, withdrawn: money(currency, withdrawn.amountMinor + 7n) }
    : { ...known, status: 'won', reinstated: withdrawn };
}

/** What is partly won is lost, with some of it given back, or all of it and more. */
function partBack(
  { withdrawn: { currency, amountMinor }, reinstated }: ProviderChargeback,
  pick: number,
): Pick<ProviderChargeback, 'reinstated'> {
  if (pick % 4 !== 0) return { reinstated };
  const minor = (amountMinor - reinstated.amountMinor) * BigInt(pick);
  return { reinstated: money(currency, reinstated.amountMinor + minor / 50n) };
}

/** When a trade begins to be played. */
export const startsAt = story.fundsConverted.convertedAt;
