import type { Incoterm } from '../../events/common.ts';
import type { TradeItem } from '../../events/escrow/trade-opened.v1.ts';
import type { PartyProfile } from '../../events/marketplace/party.v1.ts';
import { type Money, money, subtract, sum } from '../money/money.ts';
import type { PartyVault } from '../parties/ports.ts';
import type { TradeHistory } from './trade-view.ts';

/** What the papers of a consignment say, whatever their language: one source for all of them. */
export type PaperFacts = {
  /** The marketplace's own number of the order, or ours. */
  readonly number: string;
  readonly issuedAt: string;
  readonly seller: PartyProfile;
  readonly buyer: PartyProfile;
  readonly incoterm: Incoterm;
  readonly items: readonly TradeItem[];
  readonly goods: Money;
  readonly freight: Money | null;
  readonly insurance: Money | null;
  readonly otherCharges: Money | null;
  readonly total: Money;
  readonly weightGrams: number;
  readonly pieces: number;
  readonly exportReference: string | null;
  readonly shipment: { readonly carrier: string; readonly trackingNumber: string } | null;
};

/**
 * The facts of a trade's papers, with the parties as the vault has them: a party that was erased has no
 * papers any more. Nothing is kept: each paper is written anew, and from the same facts the same.
 *
 * @throws CodedError as `PartyVault.get` does.
 */
export async function paperFacts(
  vault: Pick<PartyVault, 'get'>,
  { escrow: { terms }, shipments, records }: TradeHistory,
): Promise<PaperFacts> {
  const [seller, buyer] = await Promise.all([
    vault.get(terms.seller.partyId),
    vault.get(terms.buyer.partyId),
  ]);
  const goods = sum(
    terms.amount.currency,
    terms.items.map(({ value }) => value),
  );
  const label = shipments.map(({ state }) => ('label' in state ? state.label : null))[0] ?? null;
  return {
    number: terms.reference ?? terms.tradeId,
    issuedAt: records[0]?.recordedAt ?? terms.payBy,
    ...{ seller, buyer, incoterm: terms.incoterm, items: terms.items },
    goods,
    ...chargesOf(terms, goods),
    total: terms.amount,
    weightGrams: terms.items.reduce((total, { weightGrams }) => total + weightGrams, 0),
    pieces: terms.items.reduce((total, { quantity }) => total + quantity, 0),
    exportReference: terms.exportReference ?? null,
    shipment:
      label === null ? null : { carrier: label.carrier, trackingNumber: label.trackingNumber },
  };
}

/** Where the request did not say what the rest of the amount is, it stands as other charges. */
function chargesOf(
  { charges, amount }: Pick<TradeHistory['escrow']['terms'], 'charges' | 'amount'>,
  goods: Money,
): Pick<PaperFacts, 'freight' | 'insurance' | 'otherCharges'> {
  const rest = charges === undefined ? subtract(amount, goods) : charges.other;
  const shown = (charge: Money | undefined): Money | null =>
    charge === undefined || charge.amountMinor === 0n
      ? null
      : money(charge.currency, charge.amountMinor);
  return {
    freight: shown(charges?.freight),
    insurance: shown(charges?.insurance),
    otherCharges: shown(rest),
  };
}
