import type { EscrowEvent } from '../../events/index.ts';
import { compare, type Money, subtract, zero } from '../money/money.ts';
import { type Decision, rejected, tooEarly } from '../platform/decision.ts';
import type { CommandOf } from './commands.ts';
import { answerSeen } from './decide-answer.ts';
import { sinceOpen } from './disputed-part.ts';
import { evolveEscrow } from './evolve.ts';
import { lose, type Progress, type Told } from './lose-chargeback.ts';
import type { ProviderChargeback } from './ports.ts';
import { chargedOf } from './refund-ways.ts';
import { withSettlement } from './settlement.ts';
import {
  type Chargeback,
  type EscrowState,
  type FundedState,
  isFunded,
  type Payment,
} from './state.ts';

const TENTHS = 10n;
/** So much of a withdrawal may be missing of what was won, and the rest is what exchange and banks cost. */
const MOST_MISSING_TENTHS = 9n;

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
    const reopened = isReopened(known, reported);
    const isClosed = known.status !== 'open' && !reopened;
    const inquiry = isLearnedInquiry(known, reported);
    return adjusted(body, changes, { isClosed, reopened, inquiry, bookings, at });
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
      ...(reported.isInquiry === true ? { inquiry: true } : {}),
    },
    ...adjusted(
      body,
      { withdrawn: zero(withdrawn.currency), reinstated, fee: zero(fee.currency) },
      { isClosed: false, reopened: false, inquiry: false, bookings, at },
    ),
  ];
}

/** One that was opened before inquiries were told apart, and of which the bank has taken nothing. */
const isLearnedInquiry = (known: Chargeback, reported: ProviderChargeback): boolean =>
  reported.isInquiry === true &&
  known.status === 'open' &&
  !known.isInquiry &&
  reported.withdrawn.amountMinor === 0n;

/**
 * What was won is open again where money was taken anew, or where the bank asks for an answer by a later day.
 * Any other reading as open is from before it was won.
 */
function isReopened(known: Chargeback, reported: ProviderChargeback): boolean {
  if (known.status !== 'won' || reported.status === 'won') return false;
  const { withdrawn, status, needsResponse, evidenceDueBy } = reported;
  const isAskedLater =
    // Stryker disable next-line ConditionalExpression: null is after no instant
    evidenceDueBy !== null && evidenceDueBy > (known.evidenceDueBy ?? '');
  const isInquiredAnew = status === 'open' && needsResponse && isAskedLater;
  return compare(withdrawn, known.withdrawn) > 0 || isInquiredAnew;
}

/** The provider's bookings only ever grow in number: less than is known was read before that. */
function adjusted(
  body: { readonly version: 1; readonly tradeId: string; readonly chargebackId: string },
  changes: { readonly withdrawn: Money; readonly reinstated: Money; readonly fee: Money },
  {
    isClosed,
    reopened,
    inquiry,
    bookings,
    at,
  }: {
    readonly isClosed: boolean;
    readonly reopened: boolean;
    readonly inquiry: boolean;
    readonly bookings: ProviderChargeback['bookings'] | undefined;
    readonly at: string;
  },
): readonly EscrowEvent[] {
  const moved = [changes.withdrawn, changes.reinstated];
  const isStale = moved.some(({ amountMinor }) => amountMinor < 0n);
  const isSame = [...moved, changes.fee].every(({ amountMinor }) => amountMinor === 0n);
  if (isStale || (isSame && !reopened && !inquiry)) return [];
  return [
    {
      ...{ type: 'ChargebackAdjusted', ...body, ...changes, isClosed, adjustedAt: at },
      ...(reopened ? { reopened } : {}),
      ...(inquiry ? { inquiry } : {}),
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
    const refused = contradiction(chargeback, reported);
    // What the provider has moved is booked, whatever it says of the end.
    return refused === undefined || seen.length > 0 ? { kind: 'decided', events: seen } : refused;
  }
  if (reported.status === 'lost') return lose({ state, after, seen }, { ...told, chargeback });
  if (!isBack(after, chargeback)) return fundsOutstanding(seen);
  const { withdrawn, reinstated } = sinceOpen(chargeback);
  const won: EscrowEvent = {
    type: 'ChargebackWon',
    version: 1,
    tradeId: state.terms.tradeId,
    chargebackId: chargeback.chargebackId,
    residual: subtract(withdrawn, reinstated),
    closedAt: at,
  };
  return withSettlement(state, [...seen, won], at);
}

/**
 * Something has come back of what was withdrawn since it was opened last, and less is missing than nine tenths of
 * what one withdrawal takes: of a bank that turned twice we may be told at once, as the first turn's money is back
 * and the second's is not.
 */
function isBack({ payment }: FundedState, chargeback: Chargeback): boolean {
  const { withdrawn, reinstated } = sinceOpen(chargeback);
  if (withdrawn.amountMinor === 0n) return true;
  if (reinstated.amountMinor === 0n) return false;
  const once = settledFor(payment, chargeback.amount);
  if (once === undefined) return true;
  const missing = subtract(withdrawn, reinstated);
  return missing.amountMinor * TENTHS < once * MOST_MISSING_TENTHS;
}

/** What a part of the charge settled for, in minor units; undefined where its currency is neither's. */
function settledFor(payment: Payment, { currency, amountMinor }: Money): bigint | undefined {
  const { settled } = payment;
  const charged = chargedOf(payment);
  if (currency === settled.currency) return amountMinor;
  if (currency !== charged.currency) return undefined;
  return (settled.amountMinor * amountMinor) / charged.amountMinor;
}

/** An end that is another than the one we know: a person has to look. Undefined where it is none. */
export function contradiction(
  { status }: Pick<Chargeback, 'status'>,
  reported: Pick<ProviderChargeback, 'status'>,
): (Decision<EscrowEvent> & { readonly kind: 'rejected' }) | undefined {
  const isKnown = status === reported.status;
  if (status === 'open' || reported.status === 'open' || isKnown) return undefined;
  const detail = `A chargeback is reported as ${reported.status} that was ${status} before.`;
  return { kind: 'rejected', code: `chargeback.already_${status}`, detail };
}

/** A won chargeback unfreezes the trade only once its money is back. */
const fundsOutstanding = (seen: readonly EscrowEvent[]): Decision<EscrowEvent> =>
  seen.length > 0
    ? { kind: 'decided', events: seen }
    : tooEarly('chargeback.funds_outstanding', 'It is won, and its money has not come back yet.');
