import { money } from '../../../src/money/money.ts';
import type { Sim } from '../engine/sim.ts';
import type { CarrierLabel, CarrierScan, CarrierShipment } from '../world.ts';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** One stop of a parcel's journey, so many seconds after the one before it. */
export type JourneyStop = {
  readonly afterSeconds: number;
  readonly status: string;
  readonly detail: string;
};

/** What the carrier will do with the shipment of a reference. */
export type CarrierPlan = {
  readonly refuses?: 'prepare' | 'buy';
  readonly journey: readonly JourneyStop[];
};

/** A history of a tracker's scans, as the carrier reports it whenever one is added. */
export type TrackerReport = {
  readonly label: CarrierLabel;
  readonly description: 'tracker.created' | 'tracker.updated';
  readonly scans: readonly CarrierScan[];
  readonly atMs: number;
  /** True for the last report of a journey, which is not lost: EasyPost tries for a day. */
  readonly isLast: boolean;
};

export type Shipment = Mutable<CarrierShipment>;

export type CarrierState = {
  readonly sim: Sim;
  readonly shipments: Map<string, Shipment>;
  readonly labels: CarrierLabel[];
  readonly scans: CarrierScan[];
  readonly plans: Map<string, CarrierPlan>;
  readonly report: (report: TrackerReport) => void;
  /** Scripts that wait until a label of a reference is sold. */
  readonly waiters: Map<string, (() => void)[]>;
  readonly counts: { calls: number };
};

const LABEL_PRICE_MINOR = 3_310n;
/** After the last scan the carrier tells the whole history once more. */
const CLOSING_SECONDS = 3_600;

export const createCarrierState = (
  sim: Sim,
  report: (report: TrackerReport) => void,
): CarrierState => ({
  sim,
  report,
  shipments: new Map(),
  labels: [],
  scans: [],
  plans: new Map(),
  waiters: new Map(),
  counts: { calls: 0 },
});

/** Makes a shipment under a reference. The carrier does not mind if there is one already. */
export function createShipment(state: CarrierState, reference: string): Shipment {
  const shipment: Shipment = {
    id: `shp_${state.shipments.size + 1}`,
    reference,
    createdAtMs: state.sim.scheduler.nowMs(),
    label: null,
  };
  state.shipments.set(shipment.id, shipment);
  return shipment;
}

/** Sells the one label of a shipment and sends the parcel on its journey. */
export function sellLabel(state: CarrierState, shipment: Shipment): CarrierLabel {
  const { sim, labels } = state;
  const number = labels.length + 1;
  const label: CarrierLabel = {
    trackerId: `trk_${number}`,
    trackingNumber: `1Z${number}`,
    carrierShipmentId: shipment.id,
    reference: shipment.reference,
    price: money('USD', LABEL_PRICE_MINOR),
    boughtAtMs: sim.scheduler.nowMs(),
  };
  shipment.label = label;
  labels.push(label);
  sim.changes().labels.push(label);
  startJourney(state, label);
  for (const wake of state.waiters.get(shipment.reference) ?? []) wake();
  state.waiters.delete(shipment.reference);
  return label;
}

function startJourney(state: CarrierState, label: CarrierLabel): void {
  const { sim } = state;
  const journey = state.plans.get(label.reference)?.journey ?? [];
  const scans: CarrierScan[] = [];
  const tell = (description: TrackerReport['description'], isLast: boolean): void =>
    state.report({ label, description, scans: [...scans], atMs: sim.scheduler.nowMs(), isLast });

  tell('tracker.created', false);
  let atMs = label.boughtAtMs;
  for (const { afterSeconds, status, detail } of journey) {
    atMs += afterSeconds * 1_000;
    sim.scheduler.at(atMs, () => {
      const occurredAtMs = sim.scheduler.nowMs();
      const scan: CarrierScan = { trackerId: label.trackerId, status, detail, occurredAtMs };
      scans.push(scan);
      state.scans.push(scan);
      tell('tracker.updated', false);
    });
  }
  if (journey.length === 0) return;
  sim.scheduler.at(atMs + CLOSING_SECONDS * 1_000, () => tell('tracker.updated', true));
}

/** The body of a tracker's webhook event. */
export const trackerObject = ({
  label,
  scans,
  atMs,
}: Omit<TrackerReport, 'description' | 'isLast'>) => {
  const last = scans.at(-1);
  return {
    id: label.trackerId,
    object: 'Tracker',
    tracking_code: label.trackingNumber,
    status: last?.status ?? 'unknown',
    status_detail: last?.detail ?? 'unknown',
    shipment_id: label.carrierShipmentId,
    carrier: 'UPS',
    signed_by: last?.status === 'delivered' ? 'RECEIVER' : null,
    created_at: isoOf(label.boughtAtMs),
    updated_at: isoOf(atMs),
    tracking_details: scans.map(({ status, detail, occurredAtMs }) => ({
      object: 'TrackingDetail',
      message: '',
      status,
      status_detail: detail,
      datetime: isoOf(occurredAtMs),
      tracking_location: { object: 'TrackingLocation', city: 'BERLIN', state: null, country: 'DE' },
    })),
  };
};

export const isoOf = (ms: number): string => new Date(ms).toISOString();
