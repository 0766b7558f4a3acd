import type { PartyProfile } from '../../../events/marketplace/party.v1.ts';
import type { PartyVault } from '../../../src/parties/ports.ts';
import { CodedError } from '../../../src/platform/errors.ts';
import type { Sim } from '../engine/sim.ts';
import type { Task } from '../engine/tasks.ts';
import { AWS_READ, AWS_WRITE } from './aws-errors.ts';

export type VaultTable = {
  readonly storeFor: (task: Task) => PartyVault;
  readonly profiles: ReadonlyMap<string, PartyProfile>;
};

/** The vault without its encryption: the first profile under an id stays. */
export function createVault(sim: Sim): VaultTable {
  const profiles = new Map<string, PartyProfile>();
  return {
    profiles,
    storeFor: (task) => ({
      put: (partyId, profile) =>
        sim.calls.call(task, {
          kind: 'vault.put',
          subject: partyId,
          faults: AWS_WRITE,
          effect: () => {
            if (!profiles.has(partyId)) profiles.set(partyId, structuredClone(profile));
          },
        }),
      get: (partyId) =>
        sim.calls.call(task, {
          kind: 'vault.get',
          subject: partyId,
          faults: AWS_READ,
          effect: () => {
            const profile = profiles.get(partyId);
            if (profile !== undefined) return structuredClone(profile);
            throw new CodedError({
              code: 'vault.party_missing',
              message: `${partyId} is not in the vault.`,
              retryable: false,
              fields: { partyId },
            });
          },
        }),
    }),
  };
}
