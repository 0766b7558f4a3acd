import * as fc from 'fast-check';
import type { TradelaneEvent } from '../../../events/index.ts';
import { blockOf } from '../../../src/escrow/evolve-block.ts';
import { balancesOf, isBalanced } from '../../../src/ledger/balances.ts';
import type { EventRecord } from '../../../src/platform/event-store.ts';
import { anySteps, anyTerms, type Step, type TradeModel, tradeModel } from './model.ts';

type Records = readonly EventRecord<TradelaneEvent>[];

/** What an account owes: credit less debit, in one currency. */
const owed = (records: Records, account: string, currency: string): bigint =>
  balancesOf(records.flatMap(({ journal }) => journal))
    .filter((balance) => balance.account === account && balance.currency === currency)
    .reduce((total, { creditMinor, debitMinor }) => total + creditMinor - debitMinor, 0n);

/** What came by receipts is credited to the trade by the movement that identified it, not here. */
const receiptsOf = (records: Records): bigint =>
  records
    .flatMap(({ events }) => events)
    .filter((event) => event.type === 'PartialPaymentReceived' && event.way === 'receipt')
    .reduce((total, event) => total + ('added' in event ? event.added.amountMinor : 0n), 0n);

const hours = fc.integer({ min: 0, max: 30 });

/** Everything that may happen to a trade, with blocks and their ends at any moment. */
const stepsWithBlocks: fc.Arbitrary<Step[]> = fc
  .tuple(
    anySteps,
    fc.array(
      fc.record({
        position: fc.nat(28),
        step: fc.record({ kind: fc.constantFrom('block' as const, 'unblock' as const), hours }),
      }),
      { minLength: 1, maxLength: 6 },
    ),
  )
  .map(([steps, blocks]) =>
    blocks.reduce<Step[]>((all, { position, step }) => all.toSpliced(position, 0, step), steps),
  );

/** What no step may decide while the funds are blocked, but the step that lifts the block. */
const GOING: readonly TradelaneEvent['type'][] = [
  ...(['MilestoneReleased', 'RefundValued', 'RefundRetried', 'DutiesPaid'] as const),
  ...(['PayoutRequested', 'PayoutSubmitted', 'PayoutReissued', 'PayoutSettled'] as const),
];

async function takeBlocked(model: TradeModel, step: Step): Promise<void> {
  const before = model.records().flatMap(({ events }) => events);
  const sentBefore = model.transfers.length;
  await model.take(step);
  if (step.kind === 'unblock') return;
  const added = model
    .records()
    .flatMap(({ events }) => events)
    .filter((event) => !before.includes(event));
  expect(added.filter(({ type }) => GOING.includes(type))).toEqual([]);
  expect(model.transfers).toHaveLength(sentBefore);
}

async function expectSoundBlock(model: TradeModel): Promise<void> {
  const records = model.records();
  expect(isBalanced(balancesOf(records.flatMap(({ journal }) => journal)))).toBe(true);
  const block = blockOf(await model.state());
  const [usd, eur] = [owed(records, '2190', 'USD'), owed(records, '2190', 'EUR')];
  if (block === undefined) {
    expect([usd, eur]).toEqual([0n, 0n]);
    return;
  }
  // Nothing of it stands where a release, a refund or a payout would take it from.
  expect(owed(records, '2100', 'USD')).toBe(0n);
  expect(owed(records, '2000', 'EUR')).toBe(-receiptsOf(records));
  expect(owed(records, '2200', 'USD')).toBe(0n);
  expect(eur).toBe(block.clearing.amountMinor);
  expect(usd >= block.held.amountMinor).toBe(true);
}

/** What clients are owed in the trade's currency, wherever it stands, and what has gone. */
const conserved = (records: Records): bigint =>
  ['2100', '2190', '2200', '2300', '4000'].reduce(
    (total, account) => total + owed(records, account, 'USD'),
    0n,
  );

describe('Whatever happens to a trade whose funds are blocked, in whatever order', () => {
  it('nothing leaves until two persons lift the block, and every minor unit is where it was', async () => {
    const reached = { blocked: 0, lifted: 0 };
    await fc.assert(
      fc.asyncProperty(anyTerms, stepsWithBlocks, async (terms, steps) => {
        const model = tradeModel(terms);
        for (const step of steps) {
          const isBlocked = blockOf(await model.state()) !== undefined;
          const before = conserved(model.records());
          if (isBlocked) await takeBlocked(model, step);
          else await model.take(step);
          await expectSoundBlock(model);
          const ends = blockOf(await model.state()) === undefined;
          if (step.kind === 'block') expect(conserved(model.records())).toBe(before);
          reached.blocked += Number(!isBlocked && !ends);
          reached.lifted += Number(isBlocked && ends);
        }
      }),
      { numRuns: 300, seed: 20_260_704 },
    );
    expect(reached.blocked).toBeGreaterThan(200);
    expect(reached.lifted).toBeGreaterThan(50);
  });
});
