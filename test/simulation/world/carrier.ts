import type { Money } from '../../../src/money/money.ts';

export type CarrierShipment = {
  readonly id: string;
  readonly reference: string;
  readonly createdAtMs: number;
  /** One, or those of an order. */
  readonly parcels: readonly {
    readonly id: string;
    readonly label: CarrierLabel | null;
    readonly isGivenBack: boolean;
  }[];
};

export type CarrierLabel = {
  readonly trackerId: string;
  readonly trackingNumber: string;
  readonly carrierShipmentId: string;
  readonly parcelId: string;
  readonly reference: string;
  readonly service: string;
  readonly price: Money;
  readonly boughtAtMs: number;
};

/** A scan as the carrier made it; `occurredAtMs` is the carrier's own time. */
export type CarrierScan = {
  readonly trackerId: string;
  readonly status: string;
  readonly detail: string;
  readonly occurredAtMs: number;
};

export type CarrierView = {
  readonly shipments: ReadonlyMap<string, CarrierShipment>;
  readonly labels: readonly CarrierLabel[];
  readonly scans: readonly CarrierScan[];
};
