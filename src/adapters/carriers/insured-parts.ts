import { allocate } from '../../money/allocate.ts';
import type { Money } from '../../money/money.ts';
import type { LabelRequest } from '../../shipment/ports.ts';

/**
 * The insured value of a consignment, shared out by what each parcel holds; evenly where nobody says.
 * For providers that insure parcel by parcel.
 */
export function insuredParts(
  parcels: LabelRequest['parcels'],
  insuredValue: Money,
): readonly Money[] {
  const worths = parcels.map(({ items = [] }) =>
    items.reduce((sum, { value }) => sum + value.amountMinor, 0n),
  );
  const isTold = worths.every((worth) => worth > 0n);
  return allocate(insuredValue, isTold ? worths : parcels.map(() => 1n));
}
