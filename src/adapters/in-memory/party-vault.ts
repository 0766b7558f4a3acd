import type { BankAccount } from '../../../events/marketplace/bank-account.v1.ts';
import type { PartyProfile } from '../../../events/marketplace/party.v1.ts';
import type { ChargebackWords, EvidenceVault } from '../../escrow/ports.ts';
import { partyMissing } from '../../parties/errors.ts';
import type { BankAccountVault, PartyVault } from '../../parties/ports.ts';

/** The vault without a database, and without encryption: nothing of it leaves the process. */
function inMemoryVault<T>() {
  const contents = new Map<string, T>();
  return {
    put: async (subject: string, content: T): Promise<void> => {
      if (!contents.has(subject)) contents.set(subject, structuredClone(content));
    },
    get: async (subject: string): Promise<T> => {
      const content = contents.get(subject);
      if (content === undefined) throw partyMissing(subject);
      return structuredClone(content);
    },
  };
}

export const inMemoryPartyVault = (): PartyVault => inMemoryVault<PartyProfile>();

export const inMemoryBankAccountVault = (): BankAccountVault => inMemoryVault<BankAccount>();

export const inMemoryEvidenceVault = (): EvidenceVault => inMemoryVault<ChargebackWords>();
