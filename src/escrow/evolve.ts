import type { MilestoneReleased } from '../../events/escrow/milestone-released.v1.ts';
import type { TradeOpened } from '../../events/escrow/trade-opened.v1.ts';
import type { EscrowEvent } from '../../events/index.ts';
import type { Evolution } from '../platform/decision.ts';
import { assertInvariant } from '../platform/errors.ts';
import { type EscrowState, initialEscrow } from './state.ts';

/** An event that does not follow from the state was never decided by these rules. */
function expectStatus<S extends EscrowState['status']>(
  state: EscrowState,
  event: EscrowEvent,
  ...allowed: readonly S[]
): Extract<EscrowState, { status: S }> {
  assertInvariant(
    (allowed as readonly string[]).includes(state.status),
    'escrow.illegal_history',
    `${event.type} cannot follow ${state.status}.`,
  );
  return state as Extract<EscrowState, { status: S }>;
}

/** The state of a trade after one of its events. */
export function evolveEscrow(state: EscrowState, event: EscrowEvent): EscrowState {
  switch (event.type) {
    case 'TradeOpened':
      return opened(event);
    case 'PaymentRequested':
      return {
        ...expectStatus(state, event, 'awaiting_payment', 'canceling'),
        paymentIntentId: event.paymentIntentId,
      };
    case 'CancellationRequested': {
      const { terms, paymentIntentId } = expectStatus(state, event, 'awaiting_payment');
      return { status: 'canceling', terms, paymentIntentId, reason: event.reason };
    }
    case 'CancellationRefused': {
      const { terms, paymentIntentId } = expectStatus(state, event, 'canceling');
      return { status: 'awaiting_payment', terms, paymentIntentId };
    }
    case 'TradeCanceled':
      return {
        status: 'canceled',
        terms: expectStatus(state, event, 'awaiting_payment', 'canceling').terms,
      };
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
    case 'FundsConverted':
      return { ...expectStatus(state, event, 'funded'), converted: true };
    case 'ShipmentBooked': {
      const { converted: _, ...held } = expectStatus(state, event, 'funded');
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
    case 'MilestonePaid': {
      const held = expectStatus(state, event, 'in_fulfilment', 'delivered', 'released');
      return { ...held, paidMilestoneIds: [...held.paidMilestoneIds, event.milestoneId] };
    }
    case 'TradeSettled':
      return { ...expectStatus(state, event, 'released'), status: 'settled' };
    default: {
      const unknownEvent: never = event;
      return unknownEvent;
    }
  }
}

function opened(event: TradeOpened): EscrowState {
  const { type: _, version: __, ...terms } = event;
  return { status: 'awaiting_payment', terms, paymentIntentId: null };
}

function released(state: EscrowState, event: MilestoneReleased): EscrowState {
  const before = expectStatus(state, event, 'in_fulfilment', 'delivered');
  const { milestoneId, net, fee } = event;
  const releases = [...before.releases, { milestoneId, net, fee }];
  if (releases.length < before.terms.milestones.length) return { ...before, releases };
  const { terms, payment, booking, paidMilestoneIds } = before;
  return { status: 'released', terms, payment, booking, releases, paidMilestoneIds };
}

/** The rules of the escrow stream. */
export const escrowEvolution: Evolution<EscrowState, EscrowEvent> = {
  initial: initialEscrow,
  evolve: evolveEscrow,
};
