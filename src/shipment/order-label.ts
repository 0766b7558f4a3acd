import type { ShipmentEvent } from '../../events/index.ts';
import { type ExecutionPorts, execute, type Outcome, type Owner } from '../platform/execute.ts';
import { shipmentStream } from '../platform/ids.ts';
import { CHEAPEST, chooseRate, type RateRule } from './choose-rate.ts';
import { decideShipment, type ShipmentCommand } from './decide.ts';
import { pack } from './pack.ts';
import type { CarrierPort, CarrierRefusal, LabelRequest } from './ports.ts';
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
  /** Which of the offered rates is bought: the cheapest, by default. */
  readonly rule?: RateRule;
};

/** Longer than any worker lives and any call of it waits: then its claim is nobody's any more. */
const CLAIM_SECONDS = 300;

/**
 * Buys the one label of a shipment: intent, the carrier's own shipment, the purchase, each recorded
 * before the next. Whatever is repeated or raced, the label is bought on the one carrier shipment
 * that was recorded, which most carriers sell only once; from the others one worker at a time buys.
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
  if (prepared.state.status !== 'prepared') return prepared;
  if (ports.carrier.sellsOnce) return purchase(ports, context, prepared.state);
  const claimed = await claim(ports, context, prepared.state);
  return claimed.kind === 'appended' && claimed.state.status === 'prepared'
    ? purchase(ports, context, claimed.state)
    : claimed;
}

type PreparedState = Extract<ShipmentState, { status: 'prepared' }>;

/**
 * Gives the label of goods back that are not sent any more: intent, the carrier's answer. A label that
 * is being bought meanwhile is waited for; what was handed over is seen through; what was not ordered
 * yet never is.
 */
export async function giveBackLabel(
  ports: ShipmentPorts & { readonly carrier: Pick<CarrierPort, 'cancel'> },
  context: ShipmentContext & { readonly owner: Owner },
): Promise<ShipmentOutcome> {
  const { shipmentId, owner } = context;
  const requested = await runShipment(ports, context, {
    ...{ type: 'RequestVoid', shipmentId, tradeId: owner.tradeId },
    at: ports.now().toISOString(),
  });
  const { state } = requested;
  if (state.status === 'requested' || state.status === 'prepared') {
    const detail = 'The label is being bought; it can be given back after that.';
    return { kind: 'too_early', state, code: 'shipment.label_under_way', detail };
  }
  if (state.status !== 'labeled' || state.voiding !== 'requested') return requested;
  const { carrierShipmentId, trackingNumber } = state.label;
  const answer = await ports.carrier.cancel({ carrierShipmentId, trackingNumber });
  return runShipment(ports, context, { type: 'RecordVoid', answer });
}

async function prepare(
  ports: OrderLabelPorts,
  context: ShipmentContext,
  order: ShipmentOrder,
): Promise<ShipmentOutcome> {
  const parcelCount = pack(order.items).length;
  const found = await ports.carrier.findPrepared(order.shipmentId, parcelCount);
  const answer = found ?? (await ports.carrier.prepare(await ports.labelRequest(order)));
  return answer.kind === 'refused'
    ? runShipment(ports, context, refusalOf(answer))
    : runShipment(ports, context, {
        type: 'RecordCarrierShipment',
        carrierShipmentId: answer.carrierShipmentId,
      });
}

const refusalOf = ({ code, fields }: CarrierRefusal): ShipmentCommand => ({
  ...{ type: 'RecordRefusal', code, fields },
});

/** Only who appended the claim may buy. The same message may claim again, as its next attempt. */
async function claim(
  ports: OrderLabelPorts,
  context: ShipmentContext,
  state: PreparedState,
): Promise<ShipmentOutcome> {
  const attempt = (state.claim?.attempt ?? 0) + 1;
  const claimed = await runShipment(
    ports,
    { ...context, cause: `${context.cause}/claim-${attempt}` },
    { type: 'ClaimPurchase', at: ports.now().toISOString(), claimSeconds: CLAIM_SECONDS },
  );
  if (claimed.kind !== 'unchanged' || claimed.state.status !== 'prepared') return claimed;
  const detail = 'This claim was made before, by a copy of the same message.';
  return { ...claimed, kind: 'too_early', code: 'shipment.purchase_under_way', detail };
}

async function purchase(
  ports: OrderLabelPorts,
  context: ShipmentContext,
  { carrierShipmentId, order, claim: claimed }: PreparedState,
): Promise<ShipmentOutcome> {
  const answer = await ports.carrier.buy({
    carrierShipmentId,
    request: () => ports.labelRequest(order),
    choose: chooseRate(ports.rule ?? CHEAPEST),
  });
  if (answer.kind === 'refused') {
    return runShipment(ports, context, refusalOf(answer));
  }
  const { carrier, service, trackingNumber, trackerId, price, parcels } = answer;
  // From then on scans are this parcel's: without a time, a number's earlier use could not be told.
  const purchasedAt = answer.purchasedAt ?? claimed?.claimedAt;
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
    parcels,
  });
}
