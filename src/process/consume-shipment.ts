import { RoutedRecord } from '../../events/messages/routed-record.v1.ts';
import { loadEscrow } from '../escrow/collect.ts';
import { openMilestones } from '../escrow/holdings.ts';
import type { EscrowPorts } from '../escrow/run.ts';
import { type EscrowState, type FundedState, isFunded, type Terms } from '../escrow/state.ts';
import { fold } from '../platform/execute.ts';
import { shipmentIdFor, shipmentStream } from '../platform/ids.ts';
import { giveBackLabel, type OrderLabelPorts, orderLabel } from '../shipment/order-label.ts';
import { type CarrierPort, type LabelRequest, noKeyFor } from '../shipment/ports.ts';
import { type Label, type ShipmentOrder, shipmentEvolution } from '../shipment/shipment.ts';
import { done, type Handled, handledBy, inOrder } from './handled.ts';
import { type LabelRequestPorts, labelRequest } from './label-request.ts';
import { cancelOrderedPickup, orderPickup } from './order-pickup.ts';

export const ShipmentMessage = RoutedRecord;

/** A trade's goods go as one consignment. */
const ONLY_SHIPMENT = 1;

export type ConsumeShipmentPorts = Omit<OrderLabelPorts, 'labelRequest'> &
  LabelRequestPorts & {
    readonly escrows: EscrowPorts;
    /** Who sells new labels. */
    readonly carrier: CarrierPort;
    /** Who sold older ones, where another carrier sold them; none by default. */
    readonly carrierOf?: (provider: string) => Promise<CarrierPort | undefined>;
  };

/** Orders the label of a trade whose money is held, and whatever else its carrier is to do. */
export const consumeShipment =
  (ports: ConsumeShipmentPorts) =>
  async ({ record, messageId }: RoutedRecord): Promise<Handled> => {
    const types = new Set(record.events.map(({ type }) => type));
    if (types.has('ReturnRequested')) return orderReturn(ports, { record, messageId });
    if (types.has('PickupRequested') || types.has('PickupCancelRequested')) {
      return askForPickups(ports, { record, messageId });
    }
    if (types.has('RefundRequested')) return giveBack(ports, { record, messageId });
    if (!types.has('FundsConverted')) return done;
    const state = await loadEscrow(ports.escrows, record.tradeId);
    if (!isFunded(state)) return tooEarly(state);
    if (await isToBeCalledOff(ports, state)) return giveBack(ports, { record, messageId });
    const { tradeId, marketplaceId } = record;
    const outcome = await orderLabel(
      { ...ports, labelRequest: (order) => labelRequest(ports, order) },
      orderOf(state.terms),
      { cause: messageId, owner: { tradeId, marketplaceId } },
    );
    return handledBy(outcome);
  };

/** Orders the label of goods that go back: their order stands in their own stream. */
async function orderReturn(
  ports: ConsumeShipmentPorts,
  { record, messageId }: Pick<RoutedRecord, 'record' | 'messageId'>,
): Promise<Handled> {
  const { tradeId, marketplaceId, events } = record;
  const requested = events.find((event) => event.type === 'ShipmentRequested');
  if (requested === undefined) return done;
  const { type: _, version: __, ...order } = requested;
  const outcome = await orderLabel(
    {
      ...ports,
      labelRequest: async (one) => asReturn(await labelRequest(ports, one)),
    },
    order,
    { cause: messageId, owner: { tradeId, marketplaceId } },
  );
  return handledBy(outcome);
}

const asReturn = (request: LabelRequest): LabelRequest => ({
  ...request,
  isReturn: true,
  customs: { ...request.customs, contentsType: 'returned_goods' },
});

/**
 * Where all of the money goes back, nothing is sent: a label that was not used is given back, and one
 * that was not ordered is not ordered any more. Goods of which a part was released are somebody's, and
 * stay on their way.
 */
async function giveBack(
  ports: ConsumeShipmentPorts,
  { record, messageId }: Pick<RoutedRecord, 'record' | 'messageId'>,
): Promise<Handled> {
  const state = await loadEscrow(ports.escrows, record.tradeId);
  if (!isFunded(state) || !isRefunded(state)) return done;
  const { tradeId, marketplaceId } = record;
  const shipmentId = shipmentIdFor(tradeId, ONLY_SHIPMENT);
  const sent = fold(shipmentEvolution, await ports.store.load(shipmentStream(shipmentId)));
  const carrier = sent.status === 'labeled' ? await sellerOf(ports, sent.label) : ports.carrier;
  const owner = { tradeId, marketplaceId };
  return handledBy(
    await giveBackLabel({ ...ports, carrier }, { shipmentId, cause: messageId, owner }),
  );
}

/** Who sold a label. One without a key is an operator's mistake: messages wait until it is there. */
async function sellerOf(
  { carrier, carrierOf }: Pick<ConsumeShipmentPorts, 'carrier' | 'carrierOf'>,
  { provider }: Pick<Label, 'provider'>,
): Promise<CarrierPort> {
  if (provider === carrier.carrier) return carrier;
  return (await carrierOf?.(provider)) ?? noKeyFor(provider);
}

/** Has the courier come, or not come, that a record asks for. */
async function askForPickups(
  ports: ConsumeShipmentPorts,
  { record, messageId }: Pick<RoutedRecord, 'record' | 'messageId'>,
): Promise<Handled> {
  const requested = record.events.filter(
    (event) => event.type === 'PickupRequested' || event.type === 'PickupCancelRequested',
  );
  return inOrder(
    requested.map((event) => async () => {
      const sent = fold(
        shipmentEvolution,
        await ports.store.load(shipmentStream(event.shipmentId)),
      );
      if (sent.status !== 'labeled') return done;
      const carrier = await sellerOf(ports, sent.label);
      const { type, pickupId } = event;
      const ask = type === 'PickupRequested' ? orderPickup : cancelOrderedPickup;
      return ask({ ...ports, carrier }, { state: sent, pickupId }, messageId);
    }),
  );
}

/** Before the money is converted there is nothing to send, and what goes back may be too much of it. */
const isRefunded = (state: FundedState): boolean =>
  state.converted && openMilestones(state).length === 0 && state.releases.length === 0;

/**
 * Goods whose money went back before anything was ordered are not sent, and that is written down: a slow
 * worker may be about to order them. What was ordered is seen through: its label may be bought already, and
 * the carrier's scans of it must find their parcel. What was released is the seller's pay for goods that are sent.
 */
async function isToBeCalledOff(
  { store }: Pick<ConsumeShipmentPorts, 'store'>,
  state: FundedState,
): Promise<boolean> {
  if (!isRefunded(state)) return false;
  const shipmentId = shipmentIdFor(state.terms.tradeId, ONLY_SHIPMENT);
  return (await store.load(shipmentStream(shipmentId))).length === 0;
}

const tooEarly = ({ status }: EscrowState): Handled => ({
  kind: 'too_early',
  code: 'shipment.not_funded',
  detail: `A trade that is ${status} has nothing to ship yet.`,
});

const orderOf = ({
  tradeId,
  seller,
  buyer,
  incoterm,
  items,
  exportReference,
}: Terms): ShipmentOrder => ({
  shipmentId: shipmentIdFor(tradeId, ONLY_SHIPMENT),
  tradeId,
  consignor: { partyId: seller.partyId, country: seller.country },
  consignee: { partyId: buyer.partyId, country: buyer.country },
  incoterm,
  items,
  ...(exportReference === undefined ? {} : { exportReference }),
});
