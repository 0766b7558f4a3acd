import type { EscrowEvent } from '../../events/index.ts';
import { loadEscrow } from '../escrow/collect.ts';
import type { EventStore } from '../platform/event-store.ts';
import type { SellerCountry } from '../settlement/ports.ts';

/** Reads where a trade's seller is from the trade's own stream. */
export const sellerCountry =
  (escrows: Pick<EventStore<EscrowEvent>, 'load'>): SellerCountry =>
  async (tradeId) => {
    const state = await loadEscrow({ store: escrows }, tradeId);
    return state.status === 'not_opened' ? undefined : state.terms.seller.country;
  };
