import type { ShipmentEvent } from '../../events/index.ts';
import { type ExecutionPorts, execute, type Outcome, type Owner } from '../platform/execute.ts';
import { shipmentStream } from '../platform/ids.ts';
import { decideShipment, type ShipmentCommand } from './decide.ts';
import type { CarrierPort, LabelRequest } from './ports.ts';
import { type ShipmentOrder, type ShipmentState, shipmentEvolution } from './shipment.ts';

export type ShipmentPorts = ExecutionPorts<ShipmentEvent>;
export type ShipmentOutcome = Outcome<ShipmentState, ShipmentEvent>;

export type ShipmentContext = {
  readonly shipmentId: string;
  readonly cause: string;
  readonly owner?: Owner;
};

/** Decides one command on a shipment's stream and appends the result, once per cause and command. */
export const runShipment = (
  ports: ShipmentPorts,
  { shipmentId, cause, owner }: ShipmentContext,
  decide: ShipmentCommand | ((state: ShipmentState) => ShipmentCommand),
): Promise<ShipmentOutcome> =>
  execute(ports, {
    streamId: shipmentStream(shipmentId),
    ...(owner === undefined ? {} : { owner }),
    cause: typeof decide === 'function' ? cause : `${cause}/${decide.type}`,
    evolution: shipmentEvolution,
    decide: (state) => decideShipment(typeof decide === 'function' ? decide(state) : decide, state),
  });

export type OrderLabelPorts = ShipmentPorts & {
  readonly carrier: CarrierPort;
  /** The order with the parties' addresses, which are fetched only when the carrier needs them. */
  readonly labelRequest: (order: ShipmentOrder) => Promise<LabelRequest>;
};

/**
 * Buys the one label of a shipment: intent, the carrier's own shipment, the purchase, each recorded
 * before the next. Whatever is repeated or raced, the label is bought on the one carrier shipment
 * that was recorded, and the carrier sells that only once.
 */
export async function orderLabel(
  ports: OrderLabelPorts,
  order: ShipmentOrder,
  message: { readonly cause: string; readonly owner: Owner },
): Promise<ShipmentOutcome> {
  const context = { shipmentId: order.shipmentId, ...message };
  const requested = await runShipment(ports, context, { type: 'RequestShipment', order });
  const prepared =
    requested.state.status === 'requested'
      ? await prepare(ports, context, requested.state.order)
      : requested;
  return prepared.state.status === 'prepared'
    ? purchase(ports, context, prepared.state.carrierShipmentId)
    : prepared;
}

async function prepare(
  ports: OrderLabelPorts,
  context: ShipmentContext,
  order: ShipmentOrder,
): Promise<ShipmentOutcome> {
  const found = await ports.carrier.findPrepared(order.shipmentId);
  const answer = found ?? (await ports.carrier.prepare(await ports.labelRequest(order)));
  return answer.kind === 'refused'
    ? runShipment(ports, context, { type: 'RecordRefusal', code: answer.code })
    : runShipment(ports, context, {
        type: 'RecordCarrierShipment',
        carrierShipmentId: answer.carrierShipmentId,
      });
}

async function purchase(
  ports: OrderLabelPorts,
  context: ShipmentContext,
  carrierShipmentId: string,
): Promise<ShipmentOutcome> {
  const answer = await ports.carrier.buy({ carrierShipmentId });
  if (answer.kind === 'refused') {
    return runShipment(ports, context, { type: 'RecordRefusal', code: answer.code });
  }
  const { carrier, service, trackingNumber, trackerId, price, purchasedAt } = answer;
  return runShipment(ports, context, {
    type: 'RecordLabel',
    label: {
      provider: ports.carrier.carrier,
      carrierShipmentId,
      carrier,
      service,
      trackingNumber,
      trackerId,
      price,
      ...(purchasedAt === undefined ? {} : { purchasedAt }),
    },
  });
}
