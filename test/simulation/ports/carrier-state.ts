import { money } from '../../../src/money/money.ts';
import type { Sim } from '../engine/sim.ts';
import type { CarrierLabel, CarrierScan, CarrierShipment } from '../world.ts';
import type { Mutable } from './queue-state.ts';

/** One stop of a parcel's journey, so many seconds after the one before it. */
export type JourneyStop = {
  readonly afterSeconds: number;
  readonly status: string;
  readonly detail: string;
};

/** What goes wrong with a call, whatever else the world's faults do to it. */
export type CarrierTrouble = 'lost_before' | 'lost_after' | 'busy' | 'in_progress';

/** What can be asked of the carrier for a reference. */
export type CarrierCall = 'prepare' | 'buy' | 'cancel' | 'track';

/** What the carrier will do with the shipment of a reference. */
export type CarrierPlan = {
  readonly refuses?: 'prepare' | 'buy';
  readonly journey: readonly JourneyStop[];
  /** The journeys of the second parcel and those after it, where there are several. */
  readonly otherJourneys?: readonly (readonly JourneyStop[])[];
  /** No webhook of it ever comes: only who asks learns where the parcels are. */
  readonly isSilent?: boolean;
  /** What becomes of the first calls of each kind, one after the other. */
  readonly troubles?: Partial<Record<CarrierCall, readonly CarrierTrouble[]>>;
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

export type Parcel = Mutable<CarrierShipment['parcels'][number]>;
export type Shipment = Omit<CarrierShipment, 'parcels'> & { readonly parcels: readonly Parcel[] };

export type CarrierState = {
  readonly sim: Sim;
  /** Shipments of one parcel, and orders of several. */
  readonly shipments: Map<string, Shipment>;
  readonly labels: CarrierLabel[];
  readonly scans: CarrierScan[];
  readonly plans: Map<string, CarrierPlan>;
  readonly report: (report: TrackerReport) => void;
  /** Scripts that wait until the labels of a reference are sold. */
  readonly waiters: Map<string, (() => void)[]>;
  /** How many calls of a kind for a reference have met the trouble that was planned for them. */
  readonly troubled: Map<string, number>;
  readonly counts: { calls: number; parcels: number };
};

/** What a parcel costs by each service that is offered, in cents of a dollar. */
export const PARCEL_PRICES_MINOR = { Saver: 4_180n, Worldwide: 3_310n } as const;
export type Service = keyof typeof PARCEL_PRICES_MINOR;
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
  troubled: new Map(),
  counts: { calls: 0, parcels: 0 },
});

/** The trouble that is planned for this call; undefined where there is none, or none any more. */
export function nextTrouble(
  { plans, troubled }: CarrierState,
  reference: string,
  call: CarrierCall,
): CarrierTrouble | undefined {
  const key = `${call} ${reference}`;
  const met = troubled.get(key) ?? 0;
  const trouble = plans.get(reference)?.troubles?.[call]?.[met];
  if (trouble !== undefined) troubled.set(key, met + 1);
  return trouble;
}

/**
 * Makes a shipment under a reference, or an order of several. The carrier does not mind if there is
 * one already.
 */
export function createShipment(state: CarrierState, reference: string, parcelCount = 1): Shipment {
  const { counts, shipments, sim } = state;
  const parcels = Array.from({ length: parcelCount }, (): Parcel => {
    counts.parcels += 1;
    return { id: `shp_${counts.parcels}`, label: null, isGivenBack: false };
  });
  const id = parcelCount === 1 ? (parcels[0]?.id ?? '') : `order_${counts.parcels}`;
  const shipment: Shipment = { id, reference, createdAtMs: sim.scheduler.nowMs(), parcels };
  shipments.set(id, shipment);
  return shipment;
}

/** Sells the label of each parcel, once, and sends them on their journeys. */
export function sellLabels(state: CarrierState, shipment: Shipment, service: Service): void {
  const { sim, labels, waiters, plans } = state;
  const { reference } = shipment;
  const plan = plans.get(reference);
  const journeys = [plan?.journey ?? [], ...(plan?.otherJourneys ?? [])];
  shipment.parcels.forEach((parcel, index) => {
    const number = labels.length + 1;
    const label: CarrierLabel = {
      trackerId: `trk_${number}`,
      trackingNumber: `1Z${number}`,
      carrierShipmentId: shipment.id,
      parcelId: parcel.id,
      reference,
      ...{ service, price: money('USD', PARCEL_PRICES_MINOR[service]) },
      boughtAtMs: sim.scheduler.nowMs(),
    };
    parcel.label = label;
    labels.push(label);
    sim.changes().labels.push(label);
    startJourney(state, label, { journey: journeys[index] ?? [], isSilent: plan?.isSilent });
  });
  for (const wake of waiters.get(reference) ?? []) wake();
  waiters.delete(reference);
}

function startJourney(
  state: CarrierState,
  label: CarrierLabel,
  {
    journey,
    isSilent = false,
  }: { readonly journey: readonly JourneyStop[]; readonly isSilent: boolean | undefined },
): void {
  const { sim } = state;
  const scans: CarrierScan[] = [];
  const tell = (description: TrackerReport['description'], isLast: boolean): void => {
    if (isSilent) return;
    state.report({ label, description, scans: [...scans], atMs: sim.scheduler.nowMs(), isLast });
  };

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
    shipment_id: label.parcelId,
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
