import type { MilestonePaid } from '../../events/escrow/milestone-paid.v1.ts';
import type { MilestoneReleased } from '../../events/escrow/milestone-released.v1.ts';
import type { TradeOpened } from '../../events/escrow/trade-opened.v1.ts';
import type { EscrowEvent } from '../../events/index.ts';
import type { Evolution } from '../platform/decision.ts';
import { assertInvariant } from '../platform/errors.ts';
import { type EscrowState, type FundedState, initialEscrow } from './state.ts';

/** An event that does not follow from the state was never decided by these rules. */
function expectLegal(legal: boolean, event: EscrowEvent, state: EscrowState): void {
  assertInvariant(
    legal,
    'escrow.illegal_history',
    `${event.type} cannot follow what made this trade ${state.status}.`,
  );
}

function expectStatus<S extends EscrowState['status']>(
  state: EscrowState,
  event: EscrowEvent,
  ...allowed: readonly S[]
): Extract<EscrowState, { status: S }> {
  expectLegal((allowed as readonly string[]).includes(state.status), event, state);
  return state as Extract<EscrowState, { status: S }>;
}

/** The state of a trade after one of its events. */
export function evolveEscrow(state: EscrowState, event: EscrowEvent): EscrowState {
  switch (event.type) {
    case 'TradeOpened':
      return opened(state, event);
    case 'PaymentRequested': {
      const unpaid = expectStatus(state, event, 'awaiting_payment', 'canceling');
      expectLegal(unpaid.paymentIntentId === null, event, state);
      return { ...unpaid, paymentIntentId: event.paymentIntentId };
    }
    case 'CancellationRequested': {
      const { terms, paymentIntentId } = expectStatus(state, event, 'awaiting_payment');
      return { status: 'canceling', terms, paymentIntentId, reason: event.reason };
    }
    case 'CancellationRefused': {
      const { terms, paymentIntentId } = expectStatus(state, event, 'canceling');
      return { status: 'awaiting_payment', terms, paymentIntentId };
    }
    case 'TradeCanceled': {
      const { terms } = expectStatus(state, event, 'awaiting_payment', 'canceling');
      return { status: 'canceled', terms };
    }
    case 'SellerDebtIncurred':
      return state;
    case 'TradeExpired':
      return { status: 'expired', terms: expectStatus(state, event, 'canceling').terms };
    default:
      return evolvePaid(state, event);
  }
}

type UnpaidEvent = Extract<
  EscrowEvent,
  {
    type:
      | 'TradeOpened'
      | 'SellerDebtIncurred'
      | 'PaymentRequested'
      | 'CancellationRequested'
      | 'CancellationRefused'
      | 'TradeCanceled'
      | 'TradeExpired';
  }
>;

function evolvePaid(state: EscrowState, event: Exclude<EscrowEvent, UnpaidEvent>): EscrowState {
  switch (event.type) {
    case 'EscrowFunded': {
      const { terms } = expectStatus(state, event, 'awaiting_payment', 'canceling');
      const { type: _, version: __, tradeId: ___, ...payment } = event;
      return {
        status: 'funded',
        terms,
        payment,
        converted: false,
        releases: [],
        paidMilestoneIds: [],
      };
    }
    case 'FundsConverted': {
      const funded = expectStatus(state, event, 'funded');
      expectLegal(!funded.converted, event, state);
      return { ...funded, converted: true };
    }
    case 'ShipmentBooked': {
      const { converted, ...held } = expectStatus(state, event, 'funded');
      expectLegal(converted, event, state);
      const { type: __, version: ___, ...booking } = event;
      return { ...held, status: 'in_fulfilment', booking };
    }
    case 'DeliveryConfirmed': {
      const { type: _, version: __, ...delivery } = event;
      return { ...expectStatus(state, event, 'in_fulfilment'), status: 'delivered', delivery };
    }
    case 'DeliveryWithdrawn': {
      const { delivery: _, ...held } = expectStatus(state, event, 'delivered');
      return { ...held, status: 'in_fulfilment' };
    }
    case 'MilestoneReleased':
      return released(state, event);
    case 'MilestonePaid':
      return paid(state, event);
    case 'TradeSettled': {
      const before = expectStatus(state, event, 'released');
      const areAllPaid = before.paidMilestoneIds.length === before.terms.milestones.length;
      expectLegal(areAllPaid, event, state);
      return { ...before, status: 'settled' };
    }
    default: {
      const unknownEvent: never = event;
      return unknownEvent;
    }
  }
}

function opened(state: EscrowState, event: TradeOpened): EscrowState {
  expectStatus(state, event, 'not_opened');
  const { type: _, version: __, ...terms } = event;
  return { status: 'awaiting_payment', terms, paymentIntentId: null };
}

const isReleased = ({ releases }: FundedState, milestoneId: string): boolean =>
  releases.some((release) => release.milestoneId === milestoneId);

function released(state: EscrowState, event: MilestoneReleased): EscrowState {
  const before = expectStatus(state, event, 'in_fulfilment', 'delivered');
  const { milestoneId, net, fee } = event;
  const isOpen =
    before.terms.milestones.some((milestone) => milestone.milestoneId === milestoneId) &&
    !isReleased(before, milestoneId);
  expectLegal(isOpen, event, state);
  const releases = [...before.releases, { milestoneId, net, fee }];
  if (releases.length < before.terms.milestones.length) return { ...before, releases };
  const { terms, payment, booking, paidMilestoneIds } = before;
  return { status: 'released', terms, payment, booking, releases, paidMilestoneIds };
}

function paid(state: EscrowState, event: MilestonePaid): EscrowState {
  const held = expectStatus(state, event, 'in_fulfilment', 'delivered', 'released');
  const { milestoneId } = event;
  const isDue = isReleased(held, milestoneId) && !held.paidMilestoneIds.includes(milestoneId);
  expectLegal(isDue, event, state);
  return { ...held, paidMilestoneIds: [...held.paidMilestoneIds, milestoneId] };
}

/** The rules of the escrow stream. */
export const escrowEvolution: Evolution<EscrowState, EscrowEvent> = {
  initial: initialEscrow,
  evolve: evolveEscrow,
};
