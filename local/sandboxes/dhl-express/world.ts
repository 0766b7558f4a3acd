import { randomBytes } from 'node:crypto';
import { type Json, objectAt, textAt } from '../json.ts';

export const accountNumber = '123456789';

export type Sold = {
  number: string;
  reference: string;
  product: string;
  pieces: readonly string[];
  isDeclared: boolean;
  /** `11500.00 USD`; undefined where it is not insured. */
  insuredFor: string | undefined;
  /** When it was sold, as `2026-11`: papers are archived by month. */
  month: string;
  events: Json[];
};

/** The state behind the wire. Maps keep creation order. */
export type World = {
  now: () => Date;
  digits: (length: number) => string;
  sold: Map<string, Sold>;
  pickups: Map<string, Json>;
};

export const createWorld = (now: () => Date): World => ({
  now,
  digits: (length) => Array.from(randomBytes(length), (byte) => byte % 10).join(''),
  ...{ sold: new Map(), pickups: new Map() },
});

/** A parcel of the journey: an hour between scans, the last one now. */
export function deliver({ now, sold }: World, number: string): void {
  const steps = ['SA', 'PU', 'PL', 'DF', 'AF', 'WC', 'OK'];
  const shipment = sold.get(number);
  if (shipment === undefined) return;
  shipment.events = steps.map((typeCode, index) => {
    const at = new Date(now().getTime() - (steps.length - 1 - index) * 3_600_000).toISOString();
    return {
      ...{ date: at.slice(0, 10), time: at.slice(11, 19), GMTOffset: '+00:00', typeCode },
      ...{ description: '', serviceArea: [{ code: 'BER', description: 'Berlin-DE' }] },
    };
  });
}

/** An address whose street starts so is rated, and refused when a shipment is made. */
export const isUndeliverable = (receiver: Json): boolean =>
  textAt(objectAt(receiver, 'postalAddress'), 'addressLine1')?.startsWith('UNDELIVERABLE') === true;
