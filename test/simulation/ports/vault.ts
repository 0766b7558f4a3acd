import type { PartyProfile } from '../../../events/marketplace/party.v1.ts';
import type { ChargebackWords, EvidenceVault } from '../../../src/escrow/ports.ts';
import type { PartyVault } from '../../../src/parties/ports.ts';
import { CodedError } from '../../../src/platform/errors.ts';
import type { Sim } from '../engine/sim.ts';
import type { Task } from '../engine/tasks.ts';
import { AWS_READ, AWS_WRITE } from './aws-errors.ts';

export type VaultTable = {
  readonly evidenceFor: (task: Task) => EvidenceVault;
  readonly storeFor: (task: Task) => PartyVault;
  readonly profiles: ReadonlyMap<string, PartyProfile>;
};

/** The vault without its encryption: the first content under an id stays. */
export function createVault(sim: Sim): VaultTable {
  const profiles = new Map<string, PartyProfile>();
  const words = new Map<string, ChargebackWords>();
  return {
    profiles,
    storeFor: (task) => vaultOf(sim, task, profiles),
    evidenceFor: (task) => vaultOf(sim, task, words),
  };
}

const vaultOf = <T>(sim: Sim, task: Task, contents: Map<string, T>) => ({
  put: (subject: string, content: T) =>
    sim.calls.call(task, {
      kind: 'vault.put',
      subject,
      faults: AWS_WRITE,
      effect: () => {
        if (!contents.has(subject)) contents.set(subject, structuredClone(content));
      },
    }),
  get: (subject: string) =>
    sim.calls.call(task, {
      kind: 'vault.get',
      subject,
      faults: AWS_READ,
      effect: () => {
        const content = contents.get(subject);
        if (content !== undefined) return structuredClone(content);
        throw new CodedError({
          code: 'vault.party_missing',
          message: `${subject} is not in the vault.`,
          retryable: false,
          fields: { partyId: subject },
        });
      },
    }),
});
