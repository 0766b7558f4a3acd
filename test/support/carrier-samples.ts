import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TrackReport, trackReport } from '../../local/cli/track-report.ts';
import { decodePayload } from '../../src/adapters/carriers/decode.ts';
import {
  type CarrierName,
  carrierNames,
  carrierParsers,
} from '../../src/adapters/carriers/readers.ts';
import type { CarrierReading } from '../../src/adapters/carriers/reading.ts';
import { parseXml } from '../../src/adapters/carriers/xml.ts';
import type { TrackingStatus } from '../../src/tracking/status.ts';

const inbound = join(import.meta.dirname, '../../events/inbound');

/** A payload written for this project: whose it is, and what it must come to. */
export type CarrierSample = {
  readonly carrier: CarrierName;
  readonly file: string;
  /** What the provider says, in its words. */
  readonly reported: string;
  /** The canonical status, or that it is no tracking. */
  readonly status: TrackingStatus | 'no tracking';
  readonly flags: string;
};

const rows: readonly (readonly [
  file: string,
  reported: string,
  status: CarrierSample['status'],
  flags?: string,
])[] = [
  ['17track/gettrackinfo-two-carriers.json', 'Delivered', 'delivered'],
  ['17track/tracking-stopped.json', 'TRACKING_STOPPED', 'no tracking'],
  [
    '17track/tracking-updated-customs-held.json',
    'InTransit_CustomsRequiringInformation',
    'customs_held',
  ],
  ['17track/tracking-updated-first-version.json', '40', 'delivered'],
  ['aftership/tracking-delivered-and-returned.json', 'Exception_011', 'returned'],
  ['aftership/tracking-pending.json', 'Pending', 'unknown'],
  ['aftership/tracking-update-in-transit.json', 'InTransit_005', 'in_transit'],
  [
    'aftership/trackings-lost-against-scans.json',
    'Exception_013',
    'delivered',
    'provider_conflict',
  ],
  ['cainiao/detail-delivered.json', 'DELIVERED', 'delivered'],
  ['cainiao/sections-in-transit.json', 'DEPART_FROM_ORIGINAL_COUNTRY', 'in_transit'],
  ['cainiao/trace-push-customs-tax.json', 'CUS_TAX', 'customs_held'],
  ['dhl/ecommerce-out-for-delivery.json', '598', 'out_for_delivery'],
  ['dhl/mydhl-clearance-delay.json', 'CD', 'customs_held'],
  ['dhl/mydhl-two-pieces.json', 'OK and WC', 'out_for_delivery', 'parcels_differ'],
  ['dhl/soap-tracking-response.xml', 'NH', 'delivery_attempted'],
  ['dhl/tracking-response.xml', 'RT', 'returned'],
  [
    'dhl/unified-contradictory.json',
    'pre-transit, DELIVERED',
    'label_created',
    'provider_conflict',
  ],
  ['dhl/unified-push-delivered.json', 'delivered', 'delivered'],
  ['easypost/batch-updated.json', 'batch.updated', 'no tracking'],
  ['easypost/tracker-created.json', 'unknown', 'unknown'],
  [
    'easypost/tracker-delivered-then-out-for-delivery.json',
    'delivered',
    'delivered',
    'post_terminal_activity',
  ],
  ['easypost/tracker-updated-delivered.json', 'delivered', 'delivered'],
  ['easypost/tracker-updated-in-transit.json', 'in_transit', 'in_transit'],
  ['easypost/tracker-updated-return-to-sender.json', 'return_to_sender', 'returning'],
  ['easypost/trackers-held-in-customs.json', 'in_transit/awaiting_information', 'customs_held'],
  ['fedex/track-not-found.json', 'TRACKING.TRACKINGNUMBER.NOTFOUND', 'no tracking'],
  ['fedex/track-out-for-delivery.json', 'OD', 'out_for_delivery'],
  ['fedex/track-recycled-number.json', 'DE, then DL', 'delivered', 'recycled'],
  ['fedex/track-reply.xml', 'SE', 'exception'],
  ['fedex/track-two-pieces.json', 'DL and CD', 'customs_held', 'parcels_differ'],
  ['karrio/tracker-updated-on-hold.json', 'on_hold', 'exception'],
  ['karrio/tracking-details-delivered.json', 'delivered', 'delivered'],
  ['ship24/tracking-results-pending.json', 'pending', 'unknown'],
  ['ship24/trackings-delivered.json', 'delivered', 'delivered'],
  ['ship24/trackings-only-newest-event.json', 'out_for_delivery', 'out_for_delivery'],
  ['shipengine/track-delivered.json', 'DE', 'delivered'],
  [
    'shipengine/track-event-v2-label-created.json',
    'AC/ELEC_ADVICE_RECD_BY_CARRIER',
    'label_created',
  ],
  [
    'shipengine/tracking-unknown-but-delivered.json',
    'UN, Delivered',
    'unknown',
    'provider_conflict',
  ],
  ['shippo/track-out-for-delivery.json', 'TRANSIT/out_for_delivery', 'out_for_delivery'],
  ['shippo/track-updated-delivered.json', 'DELIVERED', 'delivered'],
  ['shippo/track-updated-empty.json', '–', 'unknown'],
  ['shippo/track-updated-returned.json', 'RETURNED', 'returning'],
  ['shippo/transaction-in-transit.json', 'TRANSIT', 'in_transit'],
  ['shippo/transaction-updated.json', 'transaction_updated', 'no tracking'],
  ['ups/track-alert-customs.json', 'X 058', 'customs_held'],
  ['ups/track-alert-delivered.json', 'D 011', 'delivered'],
  ['ups/track-response-contradictory.json', 'X 003', 'exception', 'provider_conflict'],
  ['ups/track-response.json', 'I 021', 'out_for_delivery'],
  ['ups/track-response-without-times.xml', 'X 48', 'delivery_attempted'],
  ['ups/track-response.xml', 'D', 'delivered'],
  ['usps/subscription-delivered.json', 'Delivered', 'delivered'],
  ['usps/track-response-sentences.xml', 'Your item was delivered', 'delivered'],
  ['usps/track-response-dated-sentences.xml', 'Your item is out for delivery', 'out_for_delivery'],
  ['usps/track-response.xml', 'Alert, Held in Customs', 'customs_held'],
  ['usps/tracking-out-for-delivery.json', 'Out for Delivery', 'out_for_delivery'],
  ['usps/tracking-to-original-sender.json', 'Delivered, To Original Sender', 'returned'],
];

export const carrierSamples: readonly CarrierSample[] = rows.map(
  ([path, reported, status, flags = '']) => {
    const [carrier, file] = path.split('/') as [CarrierName, string];
    return { carrier, file, reported, status, flags };
  },
);

/** Every payload that lies under events/inbound, as `carrier/file`. */
export const sampleFilesOnDisk = (): readonly string[] =>
  carrierNames.flatMap((carrier) =>
    readdirSync(join(inbound, carrier)).map((file) => `${carrier}/${file}`),
  );

/** A sample's bytes. */
export const sampleBytes = ({ carrier, file }: Pick<CarrierSample, 'carrier' | 'file'>): Buffer =>
  readFileSync(join(inbound, carrier, file));

/** A payload as values; undefined where it is neither JSON, XML nor a form. */
export const payloadOf = (bytes: Uint8Array): unknown => {
  const decoded = decodePayload(bytes, parseXml);
  return decoded.kind === 'decoded' ? decoded.value : undefined;
};

export const readBytes = (carrier: CarrierName, bytes: Uint8Array): CarrierReading =>
  carrierParsers[carrier](payloadOf(bytes));

/** What the track command would print; undefined where it would refuse. */
export const reportOf = (reading: CarrierReading): TrackReport | undefined =>
  reading.kind === 'tracking' ? trackReport([reading]) : undefined;
