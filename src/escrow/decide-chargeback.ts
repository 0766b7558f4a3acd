import type { EscrowEvent } from '../../events/index.ts';
import { exchange } from '../money/exchange.ts';
import { compare, type Money, money, subtract, zero } from '../money/money.ts';
import { type Decision, rejected, tooEarly } from '../platform/decision.ts';
import { canonicalJson, sha256Hex } from '../platform/ids.ts';
import type { CommandOf } from './commands.ts';
import { answerSeen } from './decide-answer.ts';
import { evolveEscrow } from './evolve.ts';
import { disputedAmount } from './evolve-disputes.ts';
import { openMilestones, refundable, spreadPart, tradedPart } from './holdings.ts';
import type { MidRate, ProviderChargeback } from './ports.ts';
import { partsUpTo, totalsOf } from './refund-parts.ts';
import { withSettlement } from './settlement.ts';
import { type Chargeback, type EscrowState, type FundedState, isFunded } from './state.ts';

type Told = {
  readonly reported: ProviderChargeback;
  readonly mid: MidRate;
  readonly at: string;
};

/**
 * Records what the provider says of a chargeback now: that it is open, what it has debited and given
 * back over all of its bookings, and how it ended. Reading it again changes nothing.
 */
export function recordChargeback(
  { chargeback: reported, mid, at }: CommandOf<'RecordChargeback'>,
  state: EscrowState,
): Decision<EscrowEvent> {
  if (!isFunded(state)) {
    const detail = `A chargeback names a trade that is ${state.status}.`;
    return tooEarly('escrow.not_funded', detail);
  }
  if (reported.chargeId !== state.payment.chargeId) {
    const detail = `Chargeback ${reported.chargebackId} is of another charge than the trade's.`;
    return rejected('chargeback.other_charge', detail);
  }
  const told = { reported, mid, at };
  const moved = movedBy(state, told);
  const known = find(moved.reduce(evolveEscrow, state) as FundedState, reported.chargebackId);
  const { tradeId } = state.terms;
  const answers = known === undefined ? [] : answerSeen(known, reported, { tradeId, at });
  const seen = [...moved, ...answers];
  const after = seen.reduce(evolveEscrow, state) as FundedState;
  return end({ state, after, seen }, told);
}

const find = (state: FundedState, id: string): Chargeback | undefined =>
  state.chargebacks.find(({ chargebackId }) => chargebackId === id);

/** The chargeback itself, and what its money did since we last looked. */
function movedBy(state: FundedState, { reported, at }: Told): readonly EscrowEvent[] {
  const { tradeId } = state.terms;
  const { chargebackId, chargeId, amount, withdrawn, reinstated, fee } = reported;
  const known = find(state, chargebackId);
  const body = { version: 1, tradeId, chargebackId } as const;
  if (known !== undefined) {
    const changes = {
      withdrawn: subtract(withdrawn, known.withdrawn),
      reinstated: subtract(reinstated, known.reinstated),
      fee: subtract(fee, known.fee),
    };
    return adjusted(body, changes, { isClosed: known.status !== 'open', at });
  }
  const { reason, evidenceDueBy } = reported;
  return [
    {
      type: 'ChargebackOpened',
      ...body,
      ...{ chargeId, amount, withdrawn, fee, reason },
      ...(evidenceDueBy === null ? {} : { evidenceDueBy }),
      openedAt: at,
    },
    ...adjusted(
      body,
      { withdrawn: zero(withdrawn.currency), reinstated, fee: zero(fee.currency) },
      { isClosed: false, at },
    ),
  ];
}

/** The provider's bookings only ever grow in number: less than is known was read before that. */
function adjusted(
  body: { readonly version: 1; readonly tradeId: string; readonly chargebackId: string },
  changes: { readonly withdrawn: Money; readonly reinstated: Money; readonly fee: Money },
  { isClosed, at }: { readonly isClosed: boolean; readonly at: string },
): readonly EscrowEvent[] {
  const moved = [changes.withdrawn, changes.reinstated];
  const isStale = moved.some(({ amountMinor }) => amountMinor < 0n);
  const isSame = [...moved, changes.fee].every(({ amountMinor }) => amountMinor === 0n);
  if (isStale || isSame) return [];
  return [{ type: 'ChargebackAdjusted', ...body, ...changes, isClosed, adjustedAt: at }];
}

type Progress = {
  readonly state: FundedState;
  readonly after: FundedState;
  readonly seen: readonly EscrowEvent[];
};

function end({ state, after, seen }: Progress, told: Told): Decision<EscrowEvent> {
  const { reported, at } = told;
  const chargeback = find(after, reported.chargebackId);
  if (chargeback === undefined || reported.status === 'open')
    return { kind: 'decided', events: seen };
  if (chargeback.status !== 'open') {
    return chargeback.status === reported.status
      ? { kind: 'decided', events: seen }
      : rejected(
          `chargeback.already_${chargeback.status}`,
          `A chargeback is reported as ${reported.status} that was ${chargeback.status} before.`,
        );
  }
  if (reported.status === 'lost') return lose({ state, after, seen }, { ...told, chargeback });
  const isBack = chargeback.reinstated.amountMinor > 0n || chargeback.withdrawn.amountMinor === 0n;
  if (!isBack) return fundsOutstanding(seen);
  const won: EscrowEvent = {
    type: 'ChargebackWon',
    version: 1,
    tradeId: state.terms.tradeId,
    chargebackId: chargeback.chargebackId,
    residual: subtract(chargeback.withdrawn, chargeback.reinstated),
    closedAt: at,
  };
  return withSettlement(state, [...seen, won], at);
}

/** A won chargeback unfreezes the trade only once its money is back. */
const fundsOutstanding = (seen: readonly EscrowEvent[]): Decision<EscrowEvent> =>
  seen.length > 0
    ? { kind: 'decided', events: seen }
    : tooEarly('chargeback.funds_outstanding', 'It is won, and its money has not come back yet.');

function lose(
  { state, after, seen }: Progress,
  told: Told & { readonly chargeback: Chargeback },
): Decision<EscrowEvent> {
  if (!state.converted) {
    return tooEarly('escrow.not_converted', 'The money of this trade is not converted yet.');
  }
  const { at } = told;
  const calledOff = calledOffRefunds(after, at);
  const freed = calledOff.reduce(evolveEscrow, after) as FundedState;
  const lost = lossOf(freed, told);
  const ended = lost.reduce(evolveEscrow, freed) as FundedState;
  return withSettlement(state, [...seen, ...calledOff, ...lost, ...voidDisputes(ended, at)], at);
}

/** Refunds that the provider never had: the buyer's bank has given the buyer that money. */
const calledOffRefunds = ({ refunds, terms }: FundedState, at: string): readonly EscrowEvent[] =>
  refunds
    .filter(
      ({ status, attempt, reason }) =>
        reason !== 'overpayment' &&
        (status === 'requested' || (status === 'valued' && attempt === 1)),
    )
    .map((refund): EscrowEvent => {
      const { refundId, amount, parts, valuation } = refund;
      const { held, net, fee } = totalsOf(parts, terms.amount.currency);
      const sums = { sellerId: terms.seller.partyId, amount, held, net, fee };
      return {
        type: 'RefundCanceled',
        version: 1,
        tradeId: terms.tradeId,
        refundId,
        reason: 'charged_back',
        ...(valuation === null ? {} : { valuation: { ...sums, ...valuation } }),
        canceledAt: at,
      };
    });

/** What the bank keeps comes out of what is held, then out of what was released: the seller's debt. */
function lossOf(
  state: FundedState,
  { chargeback, mid, at }: Told & { readonly chargeback: Chargeback },
): readonly EscrowEvent[] {
  const { terms } = state;
  const { chargebackId, amount, withdrawn, reinstated } = chargeback;
  const left = refundable(state);
  const covered = amount.currency === left.currency && compare(amount, left) <= 0 ? amount : left;
  const parts = partsUpTo(state, tradedPart(state, covered), openMilestones(state));
  const { currency } = terms.amount;
  const { held, net, fee } = totalsOf(parts, currency);
  const released = money(currency, net.amountMinor + fee.amountMinor);
  const all = money(currency, held.amountMinor + released.amountMinor);
  const standing = subtract(withdrawn, reinstated);
  const spread = spreadPart(state, held);
  const sellerId = terms.seller.partyId;
  const lost: EscrowEvent = {
    type: 'ChargebackLost',
    version: 1,
    tradeId: terms.tradeId,
    chargebackId,
    sellerId,
    ...{ amount, covered, parts: [...parts], held, released, withdrawn: standing },
    value: exchange(all, { to: standing.currency, rate: mid.rate, rounding: 'halfEven' }),
    spread: spread.currency === standing.currency ? spread : zero(spread.currency),
    ...(mid.rateDate === null ? {} : { rateDate: mid.rateDate }),
    closedAt: at,
  };
  if (released.amountMinor === 0n) return [lost];
  const debt = { tradeId: terms.tradeId, sellerId, debtId: chargebackId, amount: released };
  return [lost, { type: 'SellerDebtIncurred', version: 1, ...debt, reason: 'chargeback' }];
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
