import { money } from '../../../src/money/money.ts';
import { expectationOf, receiptOf } from '../../../src/reconciliation/expectations.ts';
import type { LaneItem } from '../../../src/reconciliation/lane.ts';
import { recordMovement } from '../../../src/treasury/record-movement.ts';
import { item } from '../reconciliation/items.ts';
import { type MatchingDesk, matchingDesk } from './matching-desk.ts';

const ownFunds: LaneItem = {
  ...{ lane: 'bank_in', side: 'left', rec: 'E' },
  item: item('own_funds:TOP-1', 700n, { keys: { endToEndId: 'TOP-1' } }),
};
const credit = (id: string, minor: bigint): LaneItem => ({
  ...{ lane: 'bank_in', side: 'right', rec: null, item: item(id, minor) },
});
const lines = ['lin_1', 'lin_2'] as const;
const total = money('EUR', 700n);

const sums = (desk: MatchingDesk) =>
  ['1200', '2000', '2900'].map((code) =>
    desk
      .journal()
      .flatMap(({ legs }) => legs)
      .reduce((sum, leg) => (leg.account === code ? sum + leg.amountMinor : sum), 0n),
  );

const breakOf = (desk: MatchingDesk, lineId: string): string => {
  const events = desk.breakEvents();
  return events.findLast((one) => one.type === 'BreakRaised' && one.right.includes(lineId))
    ?.breakId as string;
};

/** A person matches two lines with what is awaited; another one identifies the second. */
async function matchedTogether(at: number, failAt = 0) {
  let act: () => Promise<unknown> = async () => undefined;
  const desk = matchingDesk({ failAt, between: { at, act: () => act() } });
  const match = () =>
    desk.decide(breakOf(desk, 'lin_1'), {
      ...{ type: 'MatchByHand', left: [ownFunds.item.id], right: lines },
      ...{ leftTotal: total, rightTotal: total },
      ...{ by: 'ann', reason: 'In two parts.', at: desk.clock.at },
    });
  const run = () =>
    desk.run('bank_in').catch(() => {
      // The lease of the dead has run out by then.
      desk.clock.at = '2026-06-29T10:05:00.000Z';
      return desk.run('bank_in');
    });
  await desk.lanes.addItems([ownFunds, credit('lin_1', 400n), credit('lin_2', 300n)]);
  await desk.run('bank_in');
  const setUp = desk.writes();
  let isReceipt = false;
  act = async () => {
    isReceipt = (await identify(desk, 'lin_2')).kind === 'appended';
  };
  await match();
  await desk.lanes.addWork('bank_in', [ownFunds.item.id, ...lines]);
  await run();
  if (isReceipt) await expectReceipt(desk, 'lin_2');
  await run();
  return { desk, isReceipt, setUp, writes: desk.writes() };
}

const identify = (desk: MatchingDesk, movementId: string) =>
  recordMovement(
    { store: desk.treasury, now: () => new Date(desk.clock.at) },
    {
      ...{ type: 'ReceiptIdentified', version: 1, movementId, tradeId: 'trd_1' },
      ...{ amount: money('EUR', 300n), occurredAt: desk.clock.at },
    },
    { marketplaceId: 'mkt_1', cause: 'api#identify' },
  );

const expectReceipt = (desk: MatchingDesk, reference: string) =>
  desk.lanes.addItems([
    expectationOf({
      ...{ kind: 'bank_movement', movement: 'receipt', reference, on: '2026-06-29' },
      amount: money('EUR', 300n),
    }),
  ]);

describe('Two lines that a person matched together, of which another identifies one', () => {
  it('leave the other one where it was: in suspense, until it is matched with something', async () => {
    const { setUp, writes } = await matchedTogether(0);
    const winners = new Set<boolean>();
    for (let at = setUp + 1; at <= writes; at += 1) {
      for (const failAt of [0, at + 1]) {
        const { desk, isReceipt } = await matchedTogether(at, failAt);
        winners.add(isReceipt);
        // What was expected is booked by itself, which this desk leaves out.
        const booked = isReceipt ? [700n, -300n, -400n] : [0n, 0n, 0n];
        expect([at, failAt, ...sums(desk)]).toEqual([at, failAt, ...booked]);
        expect(await desk.lanes.getItems('bank_in', lines)).toMatchObject(
          isReceipt
            ? [{ status: 'open' }, { status: 'matched' }]
            : [{ status: 'closed' }, { status: 'closed' }],
        );
      }
    }
    expect(winners).toEqual(new Set([true, false]));
  });

  it('leave the other to whatever becomes of it, which takes it out of suspense once', async () => {
    const { setUp, writes } = await matchedTogether(0);
    for (let at = setUp + 1; at <= writes; at += 1) {
      const { desk, isReceipt } = await matchedTogether(at);
      if (!isReceipt) continue;
      expect(desk.matches).toMatchObject([{ left: [receiptOf('lin_2')], right: ['lin_2'] }]);
      await desk.decide(breakOf(desk, 'lin_1'), {
        ...{ type: 'SendBack', by: 'bob', reason: 'It is nobody’s.', at: desk.clock.at },
      });
      await desk.lanes.addWork('bank_in', ['lin_1']);
      await desk.run('bank_in');
      expect([at, ...sums(desk)]).toEqual([at, 300n, -300n, 0n]);
    }
  });
});
