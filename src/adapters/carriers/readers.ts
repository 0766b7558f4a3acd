import { read17Track } from './17track/reading.ts';
import { readAfterShip } from './aftership/reading.ts';
import { readCainiao } from './cainiao/reading.ts';
import { readDhl } from './dhl/reading.ts';
import { readEasyPost } from './easypost/reading.ts';
import { readFedEx } from './fedex/reading.ts';
import { readKarrio } from './karrio/reading.ts';
import type { CarrierParser, CarrierReading } from './reading.ts';
import { readShip24 } from './ship24/reading.ts';
import { readShipEngine } from './shipengine/reading.ts';
import { readShippo } from './shippo/reading.ts';
import { readUps } from './ups/reading.ts';
import { readUsps } from './usps/reading.ts';

/**
 * How each carrier's and aggregator's payloads are read. Those with members that no other has come
 * first: this is also the order in which a payload of unknown origin is tried.
 */
export const carrierParsers = {
  easypost: readEasyPost,
  fedex: readFedEx,
  ups: readUps,
  dhl: readDhl,
  usps: readUsps,
  '17track': read17Track,
  ship24: readShip24,
  shippo: readShippo,
  karrio: readKarrio,
  shipengine: readShipEngine,
  aftership: readAfterShip,
  cainiao: readCainiao,
} as const satisfies Readonly<Record<string, CarrierParser>>;

export type CarrierName = keyof typeof carrierParsers;

export const carrierNames = Object.keys(carrierParsers) as readonly CarrierName[];

export const isCarrierName = (name: string): name is CarrierName =>
  Object.hasOwn(carrierParsers, name);

/** Whose payload this is, by what it holds; undefined where no carrier's parser finds tracking. */
export const recognize = (
  payload: unknown,
): { readonly carrier: CarrierName; readonly reading: CarrierReading } | undefined => {
  for (const carrier of carrierNames) {
    const reading = carrierParsers[carrier](payload);
    if (reading.kind === 'tracking') return { carrier, reading };
  }
  return undefined;
};
