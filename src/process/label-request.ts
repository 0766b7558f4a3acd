import type { PartyProfile } from '../../events/marketplace/party.v1.ts';
import { add, type Money } from '../money/money.ts';
import type { PartyVault } from '../parties/ports.ts';
import { pack } from '../shipment/pack.ts';
import type { Address, LabelRequest } from '../shipment/ports.ts';
import type { ShipmentOrder } from '../shipment/shipment.ts';

export type LabelRequestPorts = {
  readonly vault: Pick<PartyVault, 'get'>;
  /** Whether the goods are insured with the carrier, for what they are declared at. */
  readonly insureGoods?: boolean;
};

/** An order with its parties' addresses, which are fetched only when a carrier needs them. */
export async function labelRequest(
  { vault, insureGoods }: LabelRequestPorts,
  order: ShipmentOrder,
): Promise<LabelRequest> {
  const [consignor, consignee] = await Promise.all([
    vault.get(order.consignor.partyId),
    vault.get(order.consignee.partyId),
  ]);
  return {
    reference: order.shipmentId,
    from: toAddress(consignor),
    to: toAddress(consignee),
    parcels: pack(order.items),
    customs: {
      contentsType: 'merchandise',
      incoterm: order.incoterm,
      signerName: consignor.name,
      restrictionType: 'none',
      ...(order.exportReference === undefined
        ? {}
        : { exportFilingCitation: order.exportReference }),
      items: order.items,
    },
    ...(insureGoods === true ? { insuredValue: declaredValueOf(order) } : {}),
  };
}

/** What the goods are declared at, in the currency of the trade. */
const declaredValueOf = ({ items }: ShipmentOrder): Money =>
  items.map(({ value }) => value).reduce(add);

/** Absent fields stay absent: carriers tell an empty line from none. */
export function toAddress({ name, company, email, phone, address }: PartyProfile): Address {
  const { street2, state, ...required } = address;
  return {
    name,
    ...required,
    ...(company === undefined ? {} : { company }),
    ...(street2 === undefined ? {} : { street2 }),
    ...(state === undefined ? {} : { state }),
    ...(phone === undefined ? {} : { phone }),
    ...(email === undefined ? {} : { email }),
  };
}
