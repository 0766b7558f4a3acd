import type { EscrowEvent } from '../../../events/index.ts';
import { inMemoryRecordStore } from '../../../src/adapters/in-memory/record-store.ts';
import { acceptTrade } from '../../../src/escrow/accept-trade.ts';
import {
  agreeAwardFor,
  decideDisputeOf,
  disputeTrade,
  escalateDisputeOf,
  proposeAwardFor,
  withdrawDisputeOf,
} from '../../../src/escrow/dispute-trade.ts';
import { journaledStore } from '../../../src/ledger/journaled-store.ts';
import { money } from '../../../src/money/money.ts';
import {
  canonicalJson,
  disputeIdFor,
  escrowStream,
  proposalIdFor,
  sha256Hex,
} from '../../../src/platform/ids.ts';
import { story, tradeId } from '../../support/builders.ts';
import { recordOf } from '../../support/records.ts';
import { histories } from './escrow-states.ts';

/** The story's trade with its goods delivered, to which requests come one by one. */
async function delivered() {
  const records = inMemoryRecordStore<EscrowEvent>();
  for (const [index, event] of histories.delivered.entries()) {
    await records.append({
      ...{ ...recordOf(escrowStream(tradeId), index + 1), events: [event] },
      journal: [],
    });
  }
  const clock = { at: story.disputeOpened.openedAt };
  const ports = { store: journaledStore(records), now: () => new Date(clock.at) };
  let requests = 0;
  const context = () => {
    requests += 1;
    return { tradeId, cause: `api#${requests}` };
  };
  const last = () => records.all().at(-1)?.events ?? [];
  return { ports, clock, context, last };
}

const claim = {
  idempotencyKey: 'key-1',
  milestoneIds: null,
  reason: 'damaged' as const,
  evidenceSha256: null,
};
const disputeId = disputeIdFor(tradeId, 'key-1');
const toBuyer = money('USD', 100n);

describe('The request to accept', () => {
  it('is kept as evidence, under its hash', async () => {
    const { ports, context, last } = await delivered();
    await acceptTrade(ports, context(), { requestId: 'req-1' });
    const [event] = last();
    const evidence = event?.type === 'MilestoneReleased' ? event.evidence : undefined;
    expect(evidence).toMatchObject({ rule: 'buyer_accepted', requestId: 'req-1', tradeId });
    expect(event).toHaveProperty('evidenceSha256', sha256Hex(canonicalJson(evidence)));
  });
});

describe('The requests of a dispute', () => {
  it('open it, propose and agree, each under an id that follows from the request', async () => {
    const { ports, context, last } = await delivered();
    await disputeTrade(ports, context(), claim);
    expect(last()).toMatchObject([{ type: 'DisputeOpened', disputeId, reason: 'damaged' }]);
    expect((await disputeTrade(ports, context(), claim)).kind).toBe('unchanged');
    const proposal = { disputeId, requestId: 'req-1', by: 'seller', toBuyer } as const;
    await proposeAwardFor(ports, context(), proposal);
    const proposalId = proposalIdFor(disputeId, 'req-1');
    expect(last()).toMatchObject([{ type: 'DisputeProposed', proposalId, by: 'seller' }]);
    await agreeAwardFor(ports, context(), { disputeId, proposalId, by: 'buyer' });
    expect(last()).toMatchObject([
      ...[{ type: 'DisputeClosed', outcome: 'agreed', toBuyer }, { type: 'RefundRequested' }],
      { type: 'MilestoneReleased', rule: 'dispute_closed' },
    ]);
  });

  it('escalate and decide it by the clock of the request', async () => {
    const { ports, clock, context, last } = await delivered();
    await disputeTrade(ports, context(), claim);
    const early = await escalateDisputeOf(ports, context(), { disputeId, by: 'buyer' });
    expect(early).toMatchObject({ code: 'dispute.cannot_escalate_negotiating' });
    clock.at = story.disputeOpened.escalatableAt;
    await escalateDisputeOf(ports, context(), { disputeId, by: 'buyer' });
    expect(last()).toMatchObject([{ type: 'DisputeEscalated', by: 'buyer' }]);
    const { evidenceSha256 } = story.disputeClosed;
    await decideDisputeOf(ports, context(), { disputeId, toBuyer, evidenceSha256 });
    expect(last()[0]).toMatchObject({ type: 'DisputeClosed', outcome: 'decided' });
  });

  it('withdraw it', async () => {
    const { ports, context, last } = await delivered();
    await disputeTrade(ports, context(), claim);
    await withdrawDisputeOf(ports, context(), { disputeId });
    expect(last()).toMatchObject([{ type: 'DisputeClosed', outcome: 'withdrawn' }]);
  });
});
