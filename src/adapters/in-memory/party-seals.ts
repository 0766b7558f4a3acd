import { createHash } from 'node:crypto';
import type { PartySeals, PartyVault } from '../../parties/ports.ts';
import { sealUnder } from '../sealing/seal-under.ts';

/** Seals for those whom the vault knows. Their keys follow from their ids: nothing leaves the process. */
export const inMemoryPartySeals = (vault: Pick<PartyVault, 'get'>): PartySeals => ({
  of: async (partyIds) => {
    const inOrder = [...new Set(partyIds)].sort();
    await Promise.all(inOrder.map((partyId) => vault.get(partyId)));
    return sealUnder(inOrder.map((partyId) => createHash('sha256').update(partyId).digest()));
  },
});
