import { PayoutInstructionAdded } from '../../../events/batch/payout-instruction-added.v1.ts';
import type { TradelaneRecord } from '../../../events/event-record.v1.ts';
import type { PayoutEvent } from '../../../events/index.ts';
import { money } from '../../../src/money/money.ts';
import { expectationsOf } from '../../../src/process/expectations-of.ts';
import { expectationOf, paymentId } from '../../../src/reconciliation/expectations.ts';
import { endToEndIdFor, uetrFor } from '../../../src/settlement/bank-references.ts';
import { sample, story } from '../../support/builders.ts';
import { recordOf } from '../../support/records.ts';
import { payoutFailed, payoutReissued } from '../settlement/payout-states.ts';
import { type MatchingDesk, matchingDesk } from './matching-desk.ts';
import { breaksOf, debit, raised, statusOf } from './matching-items.ts';

const { payoutId, tradeId } = payoutFailed;
const transferId = endToEndIdFor(payoutId, 1);
const amount = money('EUR', 500n);
const requested: PayoutEvent = { ...story.payoutRequested, rail: 'bank_file', amount };
const submitted: PayoutEvent = { ...story.payoutSubmitted, transferId };
const failed: PayoutEvent = { ...payoutFailed, rail: 'bank_file', amount, transferId };
const reissued: PayoutEvent = { ...payoutReissued, rail: 'bank_file', amount };
const refusedAs = paymentId(transferId);

const uetr = uetrFor(payoutId, 1);
const instructed: PayoutInstructionAdded = {
  ...sample(PayoutInstructionAdded, 'batch/payout-instruction-added'),
  ...{ payoutId, tradeId, batchId: 'BATCH-1', endToEndId: transferId, uetr, amount },
  closesAt: '2026-06-26T09:00:00.000Z',
};
const expectedOf = (stream: string, event: PayoutInstructionAdded | PayoutEvent) =>
  expectationsOf(recordOf(stream, 3, [event]) as unknown as TradelaneRecord);
const expected = expectedOf('batch#BATCH-1', instructed);
const withdrawn = expectedOf(`payout#${payoutId}`, failed);
const soon = '2026-06-29T10:00:00.000Z';
const late = '2026-07-29T10:00:00.000Z';
const line = debit('lin_1', transferId, 500n);
const namedBy = (keys: typeof line.item.keys) => ({ ...line, item: { ...line.item, keys } });
const byUetr = namedBy({ uetr });

/** A lane, and the payout's stream with these events. */
async function desk(...events: readonly PayoutEvent[]): Promise<MatchingDesk> {
  const made = matchingDesk();
  for (const [index, event] of events.entries()) {
    await made.payouts.append({ ...recordOf(`payout#${payoutId}`, index + 1, [event]) } as never);
  }
  return made;
}
const run = async (
  on: MatchingDesk,
  ...added: Parameters<MatchingDesk['lanes']['addItems']>[0]
) => {
  await on.lanes.addItems(added);
  await on.run('bank_out');
};
const confirmed = [{ payoutId, endToEndId: transferId, outcome: { kind: 'confirmed' } }];

describe('A payment that the bank refused', () => {
  it('is awaited no longer, and the break of its missing debit is cleared', async () => {
    const on = await desk(requested, submitted, failed);
    on.clock.at = late;
    await run(on, ...expected);
    expect(raised(on)).toMatchObject([{ breakType: 'missing', left: [refusedAs] }]);
    await run(on, ...withdrawn);
    expect([breaksOf(on), statusOf(on, refusedAs)]).toEqual([
      ['BreakRaised', 'BreakCleared'],
      'closed',
    ]);
  });

  it('leaves the bank’s one debit for the rest of its batch to match', async () => {
    const on = await desk(requested, submitted, failed);
    const other = expectationOf(
      { kind: 'payout_sent', endToEndId: 'B', batchId: 'BATCH-1', amount, on: '2026-06-26' },
      { payoutId: 'payout_B', tradeId },
    );
    const whole = namedBy({ batchId: 'BATCH-1' });
    await run(on, ...expected, other, ...withdrawn, whole);
    expect(on.outcomes).toMatchObject([{ endToEndId: 'B', outcome: { kind: 'confirmed' } }]);
    expect(statusOf(on, refusedAs)).toBe('closed');
  });

  it('was not expected where it never got to the bank', () => {
    const of = (event: object) =>
      expectedOf(`payout#${payoutId}`, { ...failed, ...event } as PayoutEvent);
    expect([of({ transferId: undefined }), of({ rail: 'stripe_transfer' })]).toEqual([[], []]);
    expect(of({})[0]).toMatchObject({
      ...{ lane: 'bank_out', rec: 'D', withdrawn: true, item: { id: refusedAs } },
    });
  });
});

describe.each([
  ['end-to-end id', line],
  ['UETR alone', byUetr],
])('A payment that the bank refused and debited all the same, by its %s,', (_, line) => {
  it.each([
    ['before the refusal', [expected, [line], withdrawn], soon],
    ['in the same moment', [expected, [line, ...withdrawn]], soon],
    ['in the same moment, in a break', [[line], [...expected, ...withdrawn]], soon],
    ['after it', [expected, withdrawn, [line]], soon],
    ['after it, and the payment comes last', [withdrawn, [line], expected], soon],
    ['after it had been missed', [expected, withdrawn, [line]], late],
  ])('is matched and told once, where the debit is read %s', async (__, steps, at) => {
    const on = await desk(requested, submitted, failed);
    on.clock.at = at;
    for (const added of steps) await run(on, ...added);
    expect(on.outcomes).toMatchObject(confirmed);
    expect([statusOf(on, refusedAs), statusOf(on, 'lin_1')]).toEqual(['matched', 'matched']);
    expect(breaksOf(on).filter((type) => type === 'BreakRaised')).toHaveLength(
      breaksOf(on).filter((type) => type === 'BreakCleared').length,
    );
  });

  it('is matched, too, where the payout has gone on with it before', async () => {
    const again: PayoutEvent = { ...submitted, attempt: 2 };
    const on = await desk(requested, submitted, failed, reissued, again);
    await run(on, ...expected);
    await run(on, line, ...withdrawn);
    expect(on.outcomes).toMatchObject(confirmed);
    expect(breaksOf(on)).toEqual([]);
  });

  it('with another amount is a break for a person', async () => {
    const on = await desk(requested, submitted, failed);
    await run(on, ...expected);
    await run(on, ...withdrawn);
    await run(on, { ...line, item: { ...line.item, amountMinor: -300n } });
    expect(on.outcomes).toEqual([]);
    expect(raised(on)).toHaveLength(1);
  });

  it.each([
    ['read after it', [expected, withdrawn, [line]]],
    ['read in the same moment', [expected, [line, ...withdrawn]]],
  ])('while another was made is a break for a person, %s', async (__, steps) => {
    const on = await desk(requested, submitted, failed, reissued);
    for (const added of steps) await run(on, ...added);
    expect(on.outcomes).toEqual([]);
    expect(raised(on)).toMatchObject([{ left: [], right: ['lin_1'] }]);
  });

  it('stays as a person has resolved it', async () => {
    const on = await desk(requested, submitted, failed);
    await run(on, ...expected, debit('lin_0', transferId, 300n));
    const breakId = raised(on)[0]?.breakId ?? '';
    const step = { by: 'ann', reason: 'The bank took less.', at: soon };
    await on.decide(breakId, { type: 'WriteOff', limitMinor: 1_000n, ...step });
    await on.lanes.addWork('bank_out', [refusedAs]);
    await on.run('bank_out');
    const told = on.outcomes.length;
    await run(on, ...withdrawn);
    await run(on, line);
    expect([statusOf(on, refusedAs), on.outcomes.length]).toEqual(['closed', told]);
    expect(raised(on)[1]).toMatchObject({ right: ['lin_1'] });
  });
});
