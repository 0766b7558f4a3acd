import type { CarrierPort, ShippingDocument } from '../shipment/ports.ts';
import type { LabeledShipment } from '../shipment/shipment.ts';
import type { TradeHistory } from './trade-view.ts';

/** A paper, and of which shipment; of goods that go back, for which dispute. */
export type PaperOfShipment = ShippingDocument & {
  readonly shipmentId: string;
  readonly disputeId?: string;
};

/**
 * What the carriers have of a trade's shipments and of those that go back. It names people: it is asked
 * for each time and never stored. Undefined before there is a label.
 */
export async function shippingDocuments(
  carrierOf: (provider: string) => Promise<Pick<CarrierPort, 'documents'>>,
  { shipments, returns }: Pick<TradeHistory, 'shipments' | 'returns'>,
): Promise<readonly PaperOfShipment[] | undefined> {
  const labeled = [...shipments, ...returns].flatMap(({ state, ...names }) =>
    state.status === 'labeled' ? [{ names, state }] : [],
  );
  if (labeled.length === 0) return undefined;
  const papers = await Promise.all(
    labeled.map(async ({ names, state }) => {
      const documents = await documentsOf(carrierOf, state);
      return documents.map((document) => ({ ...names, ...document }));
    }),
  );
  return papers.flat();
}

async function documentsOf(
  carrierOf: (provider: string) => Promise<Pick<CarrierPort, 'documents'>>,
  { label: { provider, carrierShipmentId, trackingNumber, purchasedAt } }: LabeledShipment,
): Promise<readonly ShippingDocument[]> {
  const carrier = await carrierOf(provider);
  return carrier.documents({ carrierShipmentId, trackingNumber, purchasedAt });
}
