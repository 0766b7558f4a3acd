import { CreateTrade } from '../../../events/marketplace/create-trade.v1.ts';
import type { PartyProfile } from '../../../events/marketplace/party.v1.ts';
import { keepParties, toProposal } from '../../../src/process/trade-proposal.ts';
import { sample } from '../../support/builders.ts';

const order = sample(CreateTrade, 'marketplace/create-trade');
const context = {
  marketplaceId: 'mkt_1',
  idempotencyKey: 'key-1',
  feeBasisPoints: 250,
  inspectionPeriodSeconds: 259_200,
};
const propose = (body = order, changes: Partial<typeof context> = {}) =>
  toProposal(body, { ...context, ...changes });

describe('A proposal', () => {
  it('is the same for the same request', () => {
    expect(propose(structuredClone(order))).toEqual(propose());
  });

  it('is the same whatever the order of the fields', () => {
    const { amount, parties, ...rest } = order;
    expect(propose({ ...rest, parties, amount }).requestHash).toBe(propose().requestHash);
  });

  it('of another request under the key is the same trade with other people', () => {
    const other = propose({ ...order, reference: 'PO-2026-000118' });
    expect(other.tradeId).toBe(propose().tradeId);
    expect(other.requestHash).not.toBe(propose().requestHash);
    expect(other.buyer.partyId).not.toBe(propose().buyer.partyId);
    expect(other.seller.partyId).not.toBe(propose().seller.partyId);
  });

  it.each([{ idempotencyKey: 'key-2' }, { marketplaceId: 'mkt_2' }])(
    'under %j is another trade, of other people',
    (changes) => {
      const ids = ({ tradeId, buyer, seller }: ReturnType<typeof propose>) => [
        tradeId,
        buyer.partyId,
        seller.partyId,
      ];
      expect(new Set([...ids(propose()), ...ids(propose(order, changes))]).size).toBe(6);
    },
  );

  it('names people by ids and countries alone', () => {
    const text = JSON.stringify(propose(), (_, value) =>
      typeof value === 'bigint' ? value.toString() : value,
    );
    expect(text).not.toMatch(/Vogel|Reyes|Lindenstrasse|Alaskan|example|\+49/);
    expect(propose().buyer).toEqual({ partyId: expect.stringMatching(/^pty_/), country: 'DE' });
  });

  it('has the whole amount for one milestone where none is named', () => {
    const { milestones: _, ...plain } = order;
    expect(propose(plain).milestones).toEqual([
      { milestoneId: 'delivery', amount: order.amount, inspectionPeriodSeconds: 259_200 },
    ]);
  });

  it('keeps the inspection that a milestone asks for, even none', () => {
    const milestones = [{ milestoneId: 'all', amount: order.amount, inspectionPeriodSeconds: 0 }];
    expect(propose({ ...order, milestones }).milestones).toEqual(milestones);
  });
});

describe('The terms of a proposal', () => {
  it('has the parts that shares come to, together the amount to the last minor unit', () => {
    const shares = [3_333, 3_333, 3_334];
    const milestones = shares.map((shareBasisPoints, index) => ({
      ...{ milestoneId: `part-${index}`, shareBasisPoints },
    }));
    const amount = { ...order.amount, amountMinor: 100n };
    expect(
      propose({ ...order, amount, milestones }).milestones.map((part) => part.amount.amountMinor),
    ).toEqual([...[33n, 34n, 33n]]);
  });

  it('keeps the release rules and times that the request sets', () => {
    const release = { rule: 'document', documentType: 'bill_of_lading' } as const;
    const milestones = [{ milestoneId: 'all', amount: order.amount, release }];
    const changed = {
      ...order,
      milestones,
      shipWithinSeconds: 60,
      disputes: { decisionSeconds: 9 },
    };
    const proposal = toProposal(changed, { ...context, holdLimitSeconds: 864_000 });
    expect(proposal).toMatchObject({
      milestones: [{ release }],
      ...{ shipWithinSeconds: 60, holdLimitSeconds: 864_000 },
      disputes: { decisionSeconds: 9, negotiationSeconds: 259_200, silenceAwards: 'buyer' },
    });
    const rest = toProposal(
      {
        ...order,
        disputes: { negotiationSeconds: 1, escalationSeconds: 2, silenceAwards: 'seller' },
      },
      context,
    );
    expect(rest.disputes).toEqual({
      ...{ negotiationSeconds: 1, escalationSeconds: 2, decisionSeconds: 1_209_600 },
      silenceAwards: 'seller',
    });
  });

  it('has no reference where the request has none', () => {
    const { reference: _, ...plain } = order;
    expect(propose(plain)).not.toHaveProperty('reference');
  });
});

describe('The people of a request', () => {
  it('are kept under the ids of the proposal, without what only Stripe needs', async () => {
    const kept = new Map<string, PartyProfile>();
    const vault = {
      put: async (partyId: string, profile: PartyProfile) => {
        kept.set(partyId, profile);
      },
    };
    await keepParties(vault, propose(), order);
    const { payoutAccountId: _, ...seller } = order.parties.seller;
    expect(kept).toEqual(
      new Map<string, PartyProfile>([
        [propose().buyer.partyId, order.parties.buyer],
        [propose().seller.partyId, seller],
      ]),
    );
  });
});
