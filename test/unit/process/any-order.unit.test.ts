import * as fc from 'fast-check';
import { loadEscrow } from '../../../src/escrow/collect.ts';
import { balancesOf, isBalanced } from '../../../src/ledger/balances.ts';
import { presentTrade, readTrade } from '../../../src/process/trade-view.ts';
import { later, marketplaceId, story, tradeId } from '../../support/builders.ts';
import { scanAt } from '../../support/scans.ts';
import { type Manners, postOffice, stripeMessage, trackingMessage } from './post.ts';

const [pickedUp, inTransit, delivered] = [
  scanAt(2, 'picked_up'),
  scanAt(30, 'in_transit'),
  scanAt(80, 'delivered'),
];
const { capturedAt } = story.escrowFunded;
const THREE_DAYS = 259_200;

/** What a trade has come to, without the grouping into records that depends on the order. */
async function outcomeOf({ desk, deadLetters }: ReturnType<typeof postOffice>) {
  const history = await readTrade(desk.ports.stores, { tradeId, marketplaceId });
  if (history === undefined) throw new Error('The trade is not there.');
  const { timeline, shipments, ...view } = presentTrade(history);
  const [trade] = await desk.views.listTrades({ marketplaceId, status: 'settled', limit: 9 });
  const slices = await Promise.all(
    ['2026-07-01', '2026-07-04'].map((day) => desk.views.listSlices(day)),
  );
  return {
    escrow: await loadEscrow(desk.ports.escrow, tradeId),
    view,
    happened: timeline
      .map(({ type }) => type)
      .filter((type) => type !== 'TrackingUpdated')
      .toSorted(),
    parcels: shipments.map(({ status }) => status),
    listed: { status: trade?.status, payIn: trade?.payIn },
    turnover: slices.flat().reduce((sum, { debitMinor }) => sum + debitMinor, 0n),
    transfers: desk.rail.transfers,
    labels: [...desk.carrier.labels.keys()],
    intents: desk.payments.created(),
    deadLetters,
  };
}

/** The story, with every webhook handed in before anything else was done about the one before. */
async function live(manners: Manners, trouble: (post: ReturnType<typeof postOffice>) => void) {
  const post = postOffice(manners);
  const { desk } = post;
  await desk.open();
  trouble(post);
  desk.clock.at = capturedAt;
  desk.payments.pay('pi_1', { capturedAt });
  post.send('tracking', trackingMessage('hook_3', [pickedUp, inTransit, delivered]));
  post.send('tracking', trackingMessage('hook_1', [pickedUp]));
  post.send('tracking', trackingMessage('hook_2', [pickedUp, inTransit]));
  post.send('payments', stripeMessage('payment_intent.succeeded', 'pi_1'));
  post.send('payments', stripeMessage('payment_intent.succeeded', 'pi_1', 'evt_told_again'));
  await post.deliverAll();
  desk.clock.at = later(capturedAt, THREE_DAYS);
  await post.tick();
  await post.deliverAll();
  for (const { transferId } of desk.rail.transfers) {
    post.send('payments', stripeMessage('transfer.created', transferId));
  }
  await post.deliverAll();
  await post.tick();
  await post.deliverAll();
  return { post, outcome: await outcomeOf(post) };
}

const straight: Manners = { pick: () => 0, repeats: () => false };
const noTrouble = (): void => undefined;
const baseline = (async () => (await live(straight, noTrouble)).outcome)();

/** Choices that repeat after a while: enough to reach any order, and easy to shrink. */
const cycled = <T>(choices: readonly [T, ...T[]]): (() => T) => {
  let index = 0;
  return () => {
    index += 1;
    return choices[index % choices.length] ?? choices[0];
  };
};

const choices = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<[T, ...T[]]> =>
  fc.array(value, { minLength: 17, maxLength: 41 }).map((list) => list as [T, ...T[]]);

const anyManners = fc
  .record({ picks: choices(fc.nat({ max: 9_999 })), repeats: choices(fc.boolean()) })
  .map(({ picks, repeats }): Manners => {
    const pick = cycled(picks);
    return { pick: (waiting) => pick() % waiting, repeats: cycled(repeats) };
  });

describe('A trade whose messages come in order', () => {
  it('is settled: one payment, one label, one transfer, and books that balance', async () => {
    const { post, outcome } = await live(straight, noTrouble);
    expect(outcome).toMatchObject({
      escrow: { status: 'settled' },
      listed: { status: 'settled' },
      parcels: ['delivered'],
      labels: ['shp_1'],
      intents: 1,
      deadLetters: [],
    });
    expect(outcome.transfers).toMatchObject([{ amount: story.payoutSettled.amount }]);
    const balances = balancesOf(post.desk.records().flatMap(({ journal }) => journal));
    expect(isBalanced(balances)).toBe(true);
    expect(outcome.turnover).toBe(balances.reduce((sum, { debitMinor }) => sum + debitMinor, 0n));
  });
});

describe('A trade comes to the same whether its messages', () => {
  it('come last first, each of them twice', async () => {
    // Now and then the oldest has its turn: the newest may be one that waits for it.
    const turn = cycled(['newest', 'newest', 'oldest'] as const);
    const pick = (waiting: number): number => (turn() === 'oldest' ? 0 : waiting - 1);
    const fair: Manners = { pick, repeats: () => true };
    expect((await live(fair, noTrouble)).outcome).toEqual(await baseline);
  });

  it('come in any order, any of them twice', async () => {
    const expected = await baseline;
    await fc.assert(
      fc.asyncProperty(anyManners, async (manners) => {
        expect((await live(manners, noTrouble)).outcome).toEqual(expected);
      }),
      { numRuns: 40 },
    );
  });

  it('meet a store that loses its answers', async () => {
    const expected = await baseline;
    await fc.assert(
      fc.asyncProperty(anyManners, choices(fc.nat({ max: 5 })), async (manners, luck) => {
        let isOpen = false;
        const chance = cycled(luck);
        const failsAfterAppend = () => isOpen && chance() === 0;
        const { outcome } = await live({ ...manners, failsAfterAppend }, () => {
          isOpen = true;
        });
        expect(outcome).toEqual(expected);
      }),
      { numRuns: 40 },
    );
  });

  it.each<{ what: string; trouble: Parameters<typeof live>[1] }>([
    { what: 'a rail', trouble: ({ desk }) => desk.rail.loseAnswer() },
    {
      what: 'a carrier that prepares',
      trouble: ({ desk }) => desk.carrier.loseAnswerOf('prepare'),
    },
    { what: 'a carrier that sells', trouble: ({ desk }) => desk.carrier.loseAnswerOf('buy') },
  ])('meet $what and loses its answer', async ({ trouble }) => {
    expect((await live(straight, trouble)).outcome).toEqual(await baseline);
  });
});
