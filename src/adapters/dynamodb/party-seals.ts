import { partyMissing, partyUnreadable } from '../../parties/errors.ts';
import type { PartySeals } from '../../parties/ports.ts';
import { sealUnder } from '../sealing/seal-under.ts';
import type { VaultOptions } from './party-vault.ts';
import { readSealed } from './sealed-vault.ts';

/** Seals under the data keys that parties' profiles in the vault have, wrapped by the master key. */
export const dynamoPartySeals = (options: VaultOptions): PartySeals => {
  const errors = { missing: partyMissing, unreadable: partyUnreadable };
  return {
    of: async (partyIds) => {
      const inOrder = [...new Set(partyIds)].sort();
      const held = await Promise.all(
        inOrder.map((partyId) => readSealed({ ...options, ...errors }, partyId)),
      );
      return sealUnder(held.map(({ dataKey }) => dataKey));
    },
  };
};
