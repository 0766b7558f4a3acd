import type { PartyProfile } from '../../../events/marketplace/party.v1.ts';
import { partyMissing } from '../../parties/errors.ts';
import type { PartyVault } from '../../parties/ports.ts';

/** The vault without a database, and without encryption: nothing of it leaves the process. */
export function inMemoryPartyVault(): PartyVault {
  const profiles = new Map<string, PartyProfile>();
  return {
    put: async (partyId, profile) => {
      if (!profiles.has(partyId)) profiles.set(partyId, structuredClone(profile));
    },
    get: async (partyId) => {
      const profile = profiles.get(partyId);
      if (profile === undefined) throw partyMissing(partyId);
      return structuredClone(profile);
    },
  };
}
