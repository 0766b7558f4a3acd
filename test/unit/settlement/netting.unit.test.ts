import { money } from '../../../src/money/money.ts';
import { openDebts, waitingCredits } from '../../../src/settlement/seller-state.ts';
import { writeOffDebt } from '../../../src/settlement/write-off.ts';
import { marketplaceId } from '../../support/builders.ts';
import { releaseOf, settlementDesk } from './desk.ts';

const sellerAccountId = 'acct_sandbox_harbor_motion';
const minimum = [{ rails: ['stripe_transfer' as const], minimum: money('USD', 500n) }];

describe('A seller’s debt', () => {
  it('is kept from the next payout, and the milestone counts as paid when nothing is left', async () => {
    const desk = settlementDesk();
    desk.owe('dp_1', 1_500n);
    await desk.takeAll();
    const first = desk.release(1, 1_000n);
    await desk.takeAll();
    expect(await desk.stateOf(first)).toMatchObject({ status: 'set_off' });
    const second = desk.release(2, 1_000n);
    await desk.takeAll();
    expect(desk.rail.transfers).toMatchObject([{ payoutId: second, amount: money('USD', 500n) }]);
    expect(openDebts(await desk.seller())).toEqual([]);
  });

  it('is kept once, however often the messages come', async () => {
    const desk = settlementDesk();
    desk.owe('dp_1', 300n);
    await desk.takeAll();
    desk.release(1, 1_000n);
    desk.waiting.push(...desk.waiting, ...desk.waiting);
    await desk.takeAll();
    expect(desk.rail.transfers).toMatchObject([{ amount: money('USD', 700n) }]);
    expect(desk.types().filter((type) => type === 'SellerPayoutAllocated')).toHaveLength(1);
  });

  it('that arises after a payout was requested is not kept from it', async () => {
    const desk = settlementDesk();
    desk.rail.loseAnswer();
    desk.release(1, 1_000n);
    await desk.take(0);
    desk.owe('dp_1', 300n);
    await desk.takeAll();
    expect(desk.rail.transfers).toMatchObject([{ amount: money('USD', 1_000n) }]);
    expect(openDebts(await desk.seller())).toMatchObject([{ remaining: money('USD', 300n) }]);
  });

  it('can be given up', async () => {
    const desk = settlementDesk();
    desk.owe('dp_1', 300n);
    await desk.takeAll();
    await writeOffDebt(
      { ...desk.ports, limits: { USD: 300n } },
      {
        ...{ marketplaceId, payoutAccountId: sellerAccountId, debtId: 'dp_1' },
        ...{ by: 'key_1', requestId: 'req_1' },
      },
      'insolvent',
    );
    expect(desk.records.at(-1)?.journal).toMatchObject([{ kind: 'receivable_written_off' }]);
    desk.release(1, 1_000n);
    await desk.takeAll();
    expect(desk.rail.transfers).toMatchObject([{ amount: money('USD', 1_000n) }]);
  });
});

describe('A payout below its corridor’s minimum', () => {
  it('goes with the next one, and both are paid by it', async () => {
    const desk = settlementDesk({ corridors: minimum });
    const small = desk.release(1, 300n);
    await desk.takeAll();
    expect(await desk.stateOf(small)).toMatchObject({ status: 'rolled_forward' });
    expect(waitingCredits(await desk.seller())).toMatchObject([{ payoutId: small }]);
    const next = desk.release(2, 250n);
    await desk.takeAll();
    expect(desk.rail.transfers).toMatchObject([{ payoutId: next, amount: money('USD', 550n) }]);
    const confirm = {
      kind: 'deadline_passed',
      version: 1,
      deadline: 'payout_confirmation',
      ...{ messageId: 'deadline#1', tradeId: 'trd_2', marketplaceId: 'mkt_sample' },
      ...{ subjectId: next, dueAt: desk.clock.at },
    } as const;
    await desk.consume(confirm);
    await desk.takeAll();
    expect(await desk.stateOf(small)).toMatchObject({
      ...{ status: 'paid_through', carrierPayoutId: next },
    });
  });

  it('has a reason that anybody can read', async () => {
    const desk = settlementDesk({ corridors: minimum });
    desk.release(1, 300n);
    await desk.takeAll();
    const rolled = desk.records
      .flatMap(({ events }) => events)
      .find(({ type }) => type === 'PayoutRolledForward');
    expect(rolled).toMatchObject({
      ...{ reason: 'below_minimum', minimum: money('USD', 500n), amount: money('USD', 300n) },
    });
  });

  it('P26: says why it waits, each time, fails no cycle, and is paid once it is enough', async () => {
    const desk = settlementDesk({ corridors: minimum });
    for (const ordinal of [1, 2, 3, 4]) {
      desk.release(ordinal, 120n);
      desk.waiting.push(...desk.waiting, ...desk.waiting);
      await desk.takeAll();
    }
    const rolled = desk.records
      .flatMap(({ events }) => events)
      .filter((event) => event.type === 'PayoutRolledForward');
    expect(rolled.map(({ reason, amount }) => [reason, amount.amountMinor])).toEqual([
      ['below_minimum', 120n],
      ['below_minimum', 240n],
      ['below_minimum', 360n],
      ['below_minimum', 480n],
    ]);
    expect(desk.types()).not.toContain('PayoutFailed');
    expect(desk.rail.transfers).toEqual([]);
    desk.release(5, 20n);
    await desk.takeAll();
    expect(desk.rail.transfers).toMatchObject([{ amount: money('USD', 500n) }]);
  });

  it('in a corridor that no rail serves is a person’s', async () => {
    const desk = settlementDesk({ corridors: [{ rails: ['bank_file'] }] });
    desk.release(1, releaseOf(1, 1n).net.amountMinor);
    const [message] = desk.waiting;
    if (message === undefined) throw new Error('There is no message.');
    await expect(desk.consume(message)).rejects.toMatchObject({
      ...{ code: 'payout.no_rail', retryable: false },
    });
  });
});

describe('What a rail can’t pay to the last minor unit', () => {
  it('waits for the next payout, and the books say so', async () => {
    const desk = settlementDesk();
    const stripe = { ...desk.rail.port, stepMinor: () => 10n };
    Object.assign(desk.ports, { rails: { ...desk.ports.rails, stripe_transfer: stripe } });
    desk.release(1, 1_007n);
    await desk.takeAll();
    expect(waitingCredits(await desk.seller())).toMatchObject([{ amount: money('USD', 7n) }]);
    desk.release(2, 3n);
    await desk.takeAll();
    expect(desk.rail.transfers.map(({ amount }) => amount.amountMinor)).toEqual([1_000n, 10n]);
    expect(waitingCredits(await desk.seller())).toEqual([]);
  });
});
