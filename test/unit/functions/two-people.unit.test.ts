import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type { BreakEvent } from '../../../events/reconciliation/index.ts';
import { authenticate } from '../../../functions/_shared/authenticate.ts';
import { cognitoPeople } from '../../../src/adapters/cognito/people.ts';
import { inMemoryApiKeys } from '../../../src/adapters/in-memory/api-keys.ts';
import { money } from '../../../src/money/money.ts';
import { decideBreak } from '../../../src/reconciliation/decide-break.ts';
import { breakEvolution } from '../../../src/reconciliation/evolve-break.ts';
import {
  accessClaims,
  CLIENT,
  createSigner,
  inSeconds,
  POOL,
  publishedKeys,
  SUBJECT,
} from '../../support/user-pool.ts';

const pool = createSigner('key-1');
const people = cognitoPeople({
  ...{ userPoolId: POOL, clientId: CLIENT, marketplaceId: 'mkt_acme' },
  jwksCache: publishedKeys(() => [pool.jwk]).jwksCache,
});
const COLLEAGUE = '9c1e3b5a-0f6b-4c58-7d1a-6d7e8f902c1e';

/** Who acts by the token of a person, each time a fresh one. */
const actorOf = async (sub: string, secondsAgo: number): Promise<string> => {
  const token = pool.sign(accessClaims({ sub, iat: inSeconds(-secondsAgo) }));
  const event = { headers: { authorization: `Bearer ${token}` } };
  const { actorId } = await authenticate(
    { apiKeys: inMemoryApiKeys(), people },
    event as unknown as APIGatewayProxyEventV2,
    'finance:post',
  );
  return actorId;
};

const step = (by: string) => ({
  ...{ by, reason: 'The bank took its charges.', at: '2026-06-30T09:00:00.000Z' },
});

/** What is decided where `approver` agrees to what `proposer` proposed. */
const approve = (proposer: string, approver: string) => {
  const difference = money('EUR', -5_000n);
  const events: readonly BreakEvent[] = [
    {
      ...{ type: 'BreakRaised', version: 1, breakId: 'brk_1', rec: 'E', breakType: 'under' },
      ...{ left: ['ord_1'], right: ['lin_1'], difference, since: '2026-06-29' },
      raisedAt: '2026-06-30T06:00:00.000Z',
    },
    {
      ...{ type: 'WriteOffProposed', version: 1, breakId: 'brk_1', amount: difference },
      ...step(proposer),
    },
  ];
  const state = events.reduce(breakEvolution.evolve, breakEvolution.initial);
  return decideBreak({ type: 'ApproveWriteOff', ...step(approver) }, state);
};

describe('What takes two', () => {
  it('is not done by one person of the pool with two tokens', async () => {
    const [morning, afternoon] = [await actorOf(SUBJECT, 600), await actorOf(SUBJECT, 0)];
    expect(approve(morning, afternoon)).toMatchObject({
      ...{ kind: 'rejected', code: 'break.same_person' },
    });
  });

  it('is done by two persons of the same pool', async () => {
    const [proposer, approver] = [await actorOf(SUBJECT, 0), await actorOf(COLLEAGUE, 0)];
    expect(approve(proposer, approver)).toMatchObject({
      events: [{ type: 'BreakWrittenOff', by: `usr_${SUBJECT}`, approvedBy: `usr_${COLLEAGUE}` }],
    });
  });
});
