import type { ShipmentEvent } from '../../events/index.ts';
import { type Decision, decided, nothing } from '../platform/decision.ts';
import type { Cancellation, CarrierRefusal } from './ports.ts';
import { firstHandled } from './scans.ts';
import type { ShipmentState } from './shipment.ts';

export type RequestVoid = {
  readonly type: 'RequestVoid';
  readonly shipmentId: string;
  readonly tradeId: string;
  readonly at: string;
};
export type RecordVoid = {
  readonly type: 'RecordVoid';
  readonly answer: Cancellation | CarrierRefusal;
};

/**
 * What was handed over is on its way, and is not given back. What was not ordered is called off, so
 * that a worker that is about to order it finds its stream taken.
 */
export function requestVoid(
  { shipmentId, tradeId, at }: RequestVoid,
  state: ShipmentState,
): Decision<ShipmentEvent> {
  if (state.status === 'not_requested') {
    return decided({ type: 'ShipmentCalledOff', version: 1, shipmentId, tradeId, calledOffAt: at });
  }
  if (state.status !== 'labeled' || state.voiding !== null) return nothing;
  if (firstHandled(state.scans) !== undefined) return nothing;
  return decided({ type: 'LabelVoidRequested', version: 1, shipmentId, tradeId, requestedAt: at });
}

export function recordVoid({ answer }: RecordVoid, state: ShipmentState): Decision<ShipmentEvent> {
  if (state.status !== 'labeled' || state.voiding !== 'requested') return nothing;
  const { shipmentId, tradeId } = state.order;
  return answer.kind === 'refused'
    ? decided({ type: 'LabelVoidRefused', version: 1, shipmentId, tradeId, code: answer.code })
    : decided({ type: 'LabelVoided', version: 1, shipmentId, tradeId, outcome: answer.kind });
}
