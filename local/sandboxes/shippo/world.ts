import { type Json, objectAt, textAt } from '../json.ts';

export type Transaction = Json & {
  object_id: string;
  rate: string;
  status: string;
  tracking_number: string;
};

/** The state behind the wire. Maps keep creation order. */
export type World = {
  now: () => string;
  nextId: () => string;
  shipments: Map<string, Json>;
  rates: Map<string, Json>;
  transactions: Map<string, Transaction>;
  pickups: Map<string, Json>;
  /** Scans by tracking number. */
  scans: Map<string, Json[]>;
};

/** An address whose street starts so is quoted, and refused when a label is bought. */
export const isUndeliverable = (shipment: Json): boolean =>
  textAt(objectAt(shipment, 'address_to'), 'street1')?.startsWith('UNDELIVERABLE') === true;
