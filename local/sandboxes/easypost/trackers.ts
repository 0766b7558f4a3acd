import { isJson, type Json, objectAt, textAt } from '../json.ts';
import { EasyPostApiError, notFound, required } from './errors.ts';
import { journeyBetween, nowhere, plainJourney, type Step, testHistory } from './journey.ts';
import type { Shipment, Tracker } from './objects.ts';
import { emit, type TrackerRecord, type World } from './world.ts';

const dayMs = 86_400_000;
const finalStatuses: ReadonlySet<string> = new Set(['delivered', 'failure', 'cancelled']);

/** What a command says of a scan that is not on the planned way. */
export type ScanCommand = {
  status?: string;
  statusDetail?: string;
  message?: string;
  /** ISO time of the scan; the clock's when left out. */
  datetime?: string;
};

type NewTracker = { code: string; carrier: string; shipment?: Shipment; ahead: readonly Step[] };

function addTracker(world: World, { code, carrier, shipment, ahead }: NewTracker): TrackerRecord {
  const id = world.ids.next('trk');
  const at = world.now();
  const tracker: Tracker = {
    ...{ id, object: 'Tracker', mode: 'test', tracking_code: code },
    ...{ status: 'unknown', status_detail: 'unknown', created_at: at, updated_at: at },
    ...{ signed_by: null, weight: shipment?.parcel.weight ?? null, est_delivery_date: null },
    ...{ shipment_id: shipment?.id ?? null, carrier, tracking_details: [], fees: [] },
    ...{ carrier_detail: null, finalized: false, is_return: false },
    public_url: `https://track.easypost.com/${Buffer.from(id).toString('base64url')}`,
  };
  const record = { tracker, ahead: [...ahead] };
  world.trackers.set(id, record);
  return record;
}

/** The tracker that comes with a label. It knows nothing yet, as at EasyPost. */
export function trackLabel(world: World, shipment: Shipment, code: string): Tracker {
  const carrier = shipment.selected_rate?.carrier ?? 'USPS';
  const ahead = journeyBetween(shipment.from_address, shipment.to_address);
  const { tracker } = addTracker(world, { code, carrier, shipment, ahead });
  emit(world, 'tracker.created', { result: tracker });
  return tracker;
}

/** `POST /v2/trackers`: a test code answers with its fixed history, any other code starts unknown. */
export function createTracker(world: World, body: Json): Tracker {
  const parameters = objectAt(body, 'tracker');
  const code = textAt(parameters, 'tracking_code');
  if (code === null) throw required('tracking_code');
  const history = testHistory(code);
  const carrier = textAt(parameters, 'carrier') ?? 'USPS';
  const record = addTracker(world, { code, carrier, ahead: history ? [] : plainJourney });
  if (history) backfill(world, record, history);
  emit(world, 'tracker.created', { result: record.tracker });
  return record.tracker;
}

/** Test histories lie in the past: the last scan a day ago, one a day before it. */
function backfill(world: World, { tracker }: TrackerRecord, history: readonly Step[]): void {
  const now = world.clock().getTime();
  for (const [index, step] of history.entries()) {
    addScan(tracker, step, new Date(now - (history.length - index) * dayMs).toISOString());
  }
  tracker.finalized = true;
}

function addScan(tracker: Tracker, step: Step, datetime: string): void {
  const { place, ...codes } = step;
  tracker.tracking_details.push({
    ...{ object: 'TrackingDetail', ...codes, description: '', datetime },
    ...{ source: tracker.carrier, carrier_code: '', tracking_location: place },
  });
  tracker.status = step.status;
  tracker.status_detail = step.status_detail;
  if (step.status === 'delivered') tracker.signed_by = 'SANDBOX RECEIVER';
  tracker.finalized = finalStatuses.has(step.status);
}

/** Scans of one tracker are at least a millisecond apart, whatever the clock says. */
function nextScanTime(world: World, tracker: Tracker): string {
  const latest = Math.max(0, ...tracker.tracking_details.map((scan) => Date.parse(scan.datetime)));
  return new Date(Math.max(world.clock().getTime(), latest + 1)).toISOString();
}

function scan(world: World, record: TrackerRecord, step: Step, datetime?: string): void {
  const { tracker } = record;
  const previous = tracker.status;
  addScan(tracker, step, datetime ?? nextScanTime(world, tracker));
  tracker.updated_at = world.now();
  const shipment = world.shipments.get(tracker.shipment_id ?? '');
  if (shipment) shipment.status = tracker.status;
  emit(world, 'tracker.updated', { result: tracker, previousAttributes: { status: previous } });
}

/**
 * Moves a parcel on: to its next scan; or, with a `status`, along its way until it has that status.
 * A status that is not on its way (`return_to_sender`, `failure`) is scanned where the parcel is.
 * False when there was nothing left to scan.
 */
export function advance(world: World, record: TrackerRecord, command: ScanCommand = {}): boolean {
  const { status, statusDetail, message, datetime } = command;
  const planned = record.ahead.findIndex((step) => status === undefined || step.status === status);
  const isPlain = statusDetail === undefined && message === undefined && datetime === undefined;
  if (planned >= 0 && isPlain) {
    for (const step of record.ahead.splice(0, planned + 1)) scan(world, record, step);
    return true;
  }
  if (status === undefined) return false;
  const place = record.tracker.tracking_details.at(-1)?.tracking_location ?? nowhere;
  const step = {
    ...{ status, status_detail: statusDetail ?? 'status_update', place },
    message: message ?? status.replaceAll('_', ' '),
  };
  scan(world, record, step, datetime);
  if (finalStatuses.has(status) || status === 'return_to_sender') record.ahead = [];
  return true;
}

/** Finds a tracker by its id or its tracking code. @throws EasyPostApiError 404 */
export function findTracker(world: World, idOrCode: string): TrackerRecord {
  const found =
    world.trackers.get(idOrCode) ??
    [...world.trackers.values()].findLast(({ tracker }) => tracker.tracking_code === idOrCode);
  if (found === undefined) throw notFound();
  return found;
}

/** Reads a command from the body of a control request. @throws EasyPostApiError 422 */
export function readScanCommand(body: unknown): ScanCommand {
  if (!isJson(body)) return {};
  const names = ['status', 'statusDetail', 'message', 'datetime'] as const;
  const given = names.flatMap((name) => {
    const value = textAt(body, name);
    return value === null ? [] : [[name, value] as const];
  });
  const command: ScanCommand = Object.fromEntries(given);
  if (command.datetime !== undefined && Number.isNaN(Date.parse(command.datetime))) {
    throw new EasyPostApiError(422, 'PARAMETER.INVALID', 'datetime is not an ISO time.');
  }
  return command;
}
