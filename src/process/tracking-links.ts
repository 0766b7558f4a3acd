import type { LinkEvent } from '../../events/index.ts';
import { type Decision, decided, type Evolution, nothing } from '../platform/decision.ts';
import type { EventStore } from '../platform/event-store.ts';
import { type ExecutionPorts, execute, fold, type Owner } from '../platform/execute.ts';
import { linkStream, sha256Hex } from '../platform/ids.ts';

/**
 * Which links of a trade open its tracking page: those of the current generation, unless they were
 * revoked. A trade begins with generation 0, of which nothing is stored.
 */
export type TrackingLinks = { readonly generation: number; readonly isRevoked: boolean };

type LinkCommand = {
  readonly type: 'Renew' | 'Revoke';
  readonly tradeId: string;
  readonly at: string;
};

const linkEvolution: Evolution<TrackingLinks, LinkEvent> = {
  initial: { generation: 0, isRevoked: false },
  evolve: (links, event) =>
    event.type === 'TrackingLinkRenewed'
      ? { generation: event.generation, isRevoked: false }
      : { ...links, isRevoked: true },
};

const decideLinks = (
  { type, tradeId, at }: LinkCommand,
  { generation, isRevoked }: TrackingLinks,
): Decision<LinkEvent> => {
  if (type === 'Revoke') {
    return isRevoked
      ? nothing
      : decided({ type: 'TrackingLinkRevoked', version: 1, tradeId, revokedAt: at });
  }
  return decided({
    ...({ type: 'TrackingLinkRenewed', version: 1, tradeId } as const),
    ...{ generation: generation + 1, renewedAt: at },
  });
};

/** Which links of a trade are good now. */
export const readTrackingLinks = async (
  store: Pick<EventStore<LinkEvent>, 'load'>,
  tradeId: string,
): Promise<TrackingLinks> => fold(linkEvolution, await store.load(linkStream(tradeId)));

/** A link that was given is no good any more, and the trade has another; once for each key. */
export const renewTrackingLink = (
  ports: ExecutionPorts<LinkEvent>,
  { owner, idempotencyKey }: { readonly owner: Owner; readonly idempotencyKey: string },
) => change(ports, owner, { type: 'Renew', cause: `renew#${sha256Hex(idempotencyKey)}` });

/** Every link that was given is no good any more, and there is no other. */
export const revokeTrackingLink = (
  ports: ExecutionPorts<LinkEvent>,
  { owner, cause }: { readonly owner: Owner; readonly cause: string },
) => change(ports, owner, { type: 'Revoke', cause: `${cause}/revoke` });

const change = (
  ports: ExecutionPorts<LinkEvent>,
  owner: Owner,
  { type, cause }: { readonly type: LinkCommand['type']; readonly cause: string },
) =>
  execute(ports, {
    ...{ streamId: linkStream(owner.tradeId), owner, cause, evolution: linkEvolution },
    decide: (links) =>
      decideLinks({ type, tradeId: owner.tradeId, at: ports.now().toISOString() }, links),
  });
