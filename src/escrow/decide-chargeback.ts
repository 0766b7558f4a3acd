import type { EscrowEvent } from '../../events/index.ts';
import { type Money, subtract, zero } from '../money/money.ts';
import { type Decision, rejected, tooEarly } from '../platform/decision.ts';
import type { CommandOf } from './commands.ts';
import { answerSeen } from './decide-answer.ts';
import { evolveEscrow } from './evolve.ts';
import { lose, type Progress, type Told } from './lose-chargeback.ts';
import type { ProviderChargeback } from './ports.ts';
import { withSettlement } from './settlement.ts';
import { type Chargeback, type EscrowState, type FundedState, isFunded } from './state.ts';

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
  // Stryker disable next-line ConditionalExpression,ArrayDeclaration: it is known by now, if it was not before
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
  const { chargebackId, chargeId, amount, withdrawn, reinstated, fee, bookings } = reported;
  const known = find(state, chargebackId);
  const body = { version: 1, tradeId, chargebackId } as const;
  if (known !== undefined) {
    const changes = {
      withdrawn: subtract(withdrawn, known.withdrawn),
      reinstated: subtract(reinstated, known.reinstated),
      fee: subtract(fee, known.fee),
    };
    return adjusted(body, changes, { isClosed: known.status !== 'open', bookings, at });
  }
  const { reason, evidenceDueBy } = reported;
  return [
    {
      type: 'ChargebackOpened',
      ...body,
      ...{ chargeId, amount, withdrawn, fee, reason },
      ...(evidenceDueBy === null ? {} : { evidenceDueBy }),
      openedAt: at,
      ...(bookings === undefined ? {} : { bookings: [...bookings] }),
    },
    ...adjusted(
      body,
      { withdrawn: zero(withdrawn.currency), reinstated, fee: zero(fee.currency) },
      { isClosed: false, bookings, at },
    ),
  ];
}

/** The provider's bookings only ever grow in number: less than is known was read before that. */
function adjusted(
  body: { readonly version: 1; readonly tradeId: string; readonly chargebackId: string },
  changes: { readonly withdrawn: Money; readonly reinstated: Money; readonly fee: Money },
  {
    isClosed,
    bookings,
    at,
  }: {
    readonly isClosed: boolean;
    readonly bookings: ProviderChargeback['bookings'] | undefined;
    readonly at: string;
  },
): readonly EscrowEvent[] {
  const moved = [changes.withdrawn, changes.reinstated];
  const isStale = moved.some(({ amountMinor }) => amountMinor < 0n);
  const isSame = [...moved, changes.fee].every(({ amountMinor }) => amountMinor === 0n);
  if (isStale || isSame) return [];
  return [
    {
      ...{ type: 'ChargebackAdjusted', ...body, ...changes, isClosed, adjustedAt: at },
      ...(bookings === undefined ? {} : { bookings: [...bookings] }),
    },
  ];
}

function end({ state, after, seen }: Progress, told: Told): Decision<EscrowEvent> {
  const { reported, at } = told;
  const chargeback = find(after, reported.chargebackId);
  if (
    // Stryker disable next-line ConditionalExpression: it is known by now, if it was not before
    chargeback === undefined ||
    reported.status === 'open'
  ) {
    return { kind: 'decided', events: seen };
  }
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
