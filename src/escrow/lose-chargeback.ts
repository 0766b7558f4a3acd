import type { ChargebackLost } from '../../events/escrow/chargeback-lost.v1.ts';
import type { RefundPart } from '../../events/escrow/refund-requested.v1.ts';
import type { EscrowEvent } from '../../events/index.ts';
import { exchange } from '../money/exchange.ts';
import { compare, type Money, money, subtract, zero } from '../money/money.ts';
import { roundQuotient } from '../money/rounding.ts';
import { type Decision, tooEarly } from '../platform/decision.ts';
import { canonicalJson, refundIdFor, sha256Hex } from '../platform/ids.ts';
import { disputedPart, sinceOpen } from './disputed-part.ts';
import { evolveEscrow } from './evolve.ts';
import { disputedAmount } from './evolve-disputes.ts';
import { returnable } from './evolve-refunds.ts';
import { spreadPart } from './holdings.ts';
import { decidedFor, divide, refundRest } from './lost-parts.ts';
import type { MidRate, ProviderChargeback } from './ports.ts';
import { totalsOf } from './refund-parts.ts';
import { isOfCharge, refundableBy } from './refund-ways.ts';
import { untoldDebt } from './seller-debt.ts';
import { withSettlement } from './settlement.ts';
import type { Chargeback, FundedState, Refund } from './state.ts';

/** What the provider says now, and what the trade's currency is worth in the provider's. */
export type Told = {
  readonly reported: ProviderChargeback;
  readonly mid: MidRate;
  readonly at: string;
};

/** A trade before what was told, after what is seen of it, and those events. */
export type Progress = {
  readonly state: FundedState;
  readonly after: FundedState;
  readonly seen: readonly EscrowEvent[];
};

/** The bank keeps the money: out of what is held, then out of what was released. */
export function lose(
  { state, after, seen }: Progress,
  told: Told & { readonly chargeback: Chargeback },
): Decision<EscrowEvent> {
  if (!state.converted) {
    return tooEarly('escrow.not_converted', 'The money of this trade is not converted yet.');
  }
  const { at } = told;
  const calledOff = calledOffRefunds(after, at);
  const freed = calledOff.reduce(evolveEscrow, after) as FundedState;
  const disputed = disputedPart(after.payment, told.chargeback);
  const unapplied = unappliedPart(after, disputed);
  const lost = lossOf(freed, told, {
    disputed,
    unapplied,
    calledOff: after.refunds.filter(isUnmade),
  });
  const ended = lost.reduce(evolveEscrow, freed) as FundedState;
  return withSettlement(state, [...seen, ...calledOff, ...lost, ...voidDisputes(ended, at)], at);
}

const UNMADE: readonly Refund['status'][] = ['requested', 'valued', 'failed'];

/**
 * What the provider does not have: only asked for, valued and not sent, or failed. What came by receipt, or lies
 * on the buyer's cash balance, is no part of the charge, so that the buyer's bank has given nothing of it.
 */
const isUnmade = (refund: Refund): boolean => isOfCharge(refund) && UNMADE.includes(refund.status);

/** Refunds that the provider does not have: the buyer's bank has given the buyer that money. */
const calledOffRefunds = ({ refunds, terms }: FundedState, at: string): readonly EscrowEvent[] =>
  refunds.filter(isUnmade).map((refund): EscrowEvent => {
    const { refundId, amount, parts, valuation, reason } = refund;
    const { held, net, fee } = totalsOf(parts, terms.amount.currency);
    const sums = { sellerId: terms.seller.partyId, amount, held, net, fee };
    return {
      type: 'RefundCanceled',
      version: 1,
      tradeId: terms.tradeId,
      refundId,
      reason: 'charged_back',
      ...(valuation === null
        ? {}
        : {
            valuation: {
              ...{ ...sums, ...valuation },
              ...(reason === 'overpayment' ? { unapplied: true as const } : {}),
            },
          }),
      canceledAt: at,
    };
  });

/**
 * What of a chargeback is of what was paid too much and has not gone back: it comes first, for it is the
 * buyer's own money. What was sent back already is the bank's to explain, and no part of it.
 */
function unappliedPart({ refunds }: FundedState, disputed: Money): Money | undefined {
  const open = refunds.find((refund) => refund.reason === 'overpayment' && isUnmade(refund));
  if (open === undefined) return undefined;
  return lesserOf(disputed, open.amount);
}

const lesserOf = (left: Money, right: Money): Money =>
  // Stryker disable next-line EqualityOperator: of two equal amounts either will do
  compare(left, right) < 0 ? left : right;

/** What the bank keeps comes out of what is held, then out of what was released: the seller's debt. */
function lossOf(
  state: FundedState,
  told: Told & { readonly chargeback: Chargeback },
  { disputed, unapplied, calledOff }: CalledOff,
): readonly EscrowEvent[] {
  const { at } = told;
  const { chargebackId } = told.chargeback;
  const rest = unapplied === undefined ? disputed : subtract(disputed, unapplied);
  const covered = lesserOf(rest, refundableBy(state, 'charge'));
  const decided = decidedFor(state, calledOff);
  const { parts, rest: forBuyer } = divide(state, { covered, decided });
  const lost = chargebackLost(state, told, { disputed, covered, parts, unapplied });
  const again = [
    ...refundAgain(state, { chargebackId, unapplied, at }),
    ...refundRest(state, { rest: forBuyer, chargebackId, at }),
  ];
  const after = evolveEscrow(state, lost) as FundedState;
  return [lost, ...untoldDebt(after, { debtId: chargebackId, reason: 'chargeback' }), ...again];
}

type CalledOff = {
  /** What of the charge is disputed, in the currency charged. */
  readonly disputed: Money;
  /** What of a chargeback is of what was paid too much. */
  readonly unapplied: Money | undefined;
  readonly calledOff: readonly Refund[];
};

type Loss = Pick<CalledOff, 'disputed' | 'unapplied'> & {
  readonly covered: Money;
  readonly parts: readonly RefundPart[];
};

function chargebackLost(
  state: FundedState,
  { chargeback, mid, at }: Told & { readonly chargeback: Chargeback },
  { disputed, covered, parts, unapplied }: Loss,
): ChargebackLost {
  const { terms } = state;
  const { chargebackId, amount } = chargeback;
  const { withdrawn, reinstated } = sinceOpen(chargeback);
  const { currency } = terms.amount;
  const { held, net, fee } = totalsOf(parts, currency);
  const released = money(currency, net.amountMinor + fee.amountMinor);
  const all = money(currency, held.amountMinor + released.amountMinor);
  const standing = subtract(withdrawn, reinstated);
  const spread = spreadPart(state, held);
  return {
    type: 'ChargebackLost',
    version: 1,
    tradeId: terms.tradeId,
    chargebackId,
    sellerId: terms.seller.partyId,
    ...{ amount, covered, parts: [...parts], held, released, withdrawn: standing },
    value: exchange(all, { to: standing.currency, rate: mid.rate, rounding: 'halfEven' }),
    spread: spread.currency === standing.currency ? spread : zero(spread.currency),
    ...(isSome(unapplied) ? { unapplied: worthOf(unapplied, { disputed, standing }) } : {}),
    ...(mid.rateDate === null ? {} : { rateDate: mid.rateDate }),
    closedAt: at,
  };
}

const isSome = (amount: Money | undefined): amount is Money => (amount?.amountMinor ?? 0n) > 0n;

/** What was paid too much, and the part of what the bank took that it is, by the bank's own rate. */
function worthOf(
  unapplied: Money,
  { disputed, standing }: { readonly disputed: Money; readonly standing: Money },
) {
  const part = standing.amountMinor * unapplied.amountMinor;
  const withdrawn = roundQuotient(part, disputed.amountMinor, 'halfEven');
  return { amount: unapplied, withdrawn: money(standing.currency, withdrawn) };
}

/** The bank took less than was paid too much: the rest goes back to the buyer after all. */
function refundAgain(
  state: FundedState,
  {
    chargebackId,
    unapplied,
    at,
  }: { readonly chargebackId: string; readonly unapplied: Money | undefined; readonly at: string },
): readonly EscrowEvent[] {
  if (unapplied === undefined) return [];
  const amount = subtract(returnable(state), unapplied);
  if (amount.amountMinor === 0n) return [];
  const { tradeId } = state.terms;
  return [
    {
      ...{ type: 'RefundRequested', version: 1, tradeId, amount, parts: [] },
      refundId: refundIdFor(tradeId, `overpayment#${chargebackId}`),
      ...{ reason: 'overpayment', requestedAt: at },
    },
  ];
}

/** A dispute about money that is gone has nothing left to decide. */
const voidDisputes = (state: FundedState, at: string): readonly EscrowEvent[] =>
  state.disputes
    .filter((dispute) => dispute.stage !== 'closed' && disputedAmount(state, dispute) === 0n)
    .map(
      ({ disputeId }): EscrowEvent => ({
        type: 'DisputeClosed',
        version: 1,
        tradeId: state.terms.tradeId,
        disputeId,
        outcome: 'charged_back',
        toBuyer: zero(state.terms.amount.currency),
        evidenceSha256: sha256Hex(canonicalJson({ disputeId, outcome: 'charged_back', at })),
        closedAt: at,
      }),
    );
