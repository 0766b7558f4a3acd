import type { EscrowEvent } from '../../events/index.ts';
import { escrowEvolution } from '../escrow/evolve.ts';
import type { EventStore } from '../platform/event-store.ts';
import { fold } from '../platform/execute.ts';
import { escrowStream } from '../platform/ids.ts';
import type { SellerCountry } from '../settlement/ports.ts';

/** Reads where a trade's seller is from the trade's own stream. */
export const sellerCountry =
  (escrows: Pick<EventStore<EscrowEvent>, 'load'>): SellerCountry =>
  async (tradeId) => {
    const state = fold(escrowEvolution, await escrows.load(escrowStream(tradeId)));
    return state.status === 'not_opened' ? undefined : state.terms.seller.country;
  };
