import type { TreasuryEvent } from '../../../events/index.ts';
import { money } from '../../../src/money/money.ts';
import { bankMovementsOf } from '../../../src/process/expected-at-bank.ts';
import { expectationOf } from '../../../src/reconciliation/expectations.ts';
import type { LaneItem } from '../../../src/reconciliation/lane.ts';
import { recordMovement } from '../../../src/treasury/record-movement.ts';
import { item } from '../reconciliation/items.ts';
import { type MatchingDesk, matchingDesk } from './matching-desk.ts';

/** What buyers write whatever they pay: it is no name of one movement. */
const reference = { endToEndId: 'PAYMENT', traceId: 'PAYMENT' };
const credit = (id: string, minor: bigint, keys: LaneItem['item']['keys'] = {}): LaneItem => ({
  ...{ lane: 'bank_in', side: 'right', rec: null },
  item: item(id, minor, { keys: { ...reference, ...keys } }),
});

const announced = expectationOf({
  ...{ kind: 'provider_payout_announced', payoutId: 'po_1', amount: money('EUR', 700n) },
  on: '2026-06-26',
});
const awaited = expectationOf({
  ...{ kind: 'transfer_awaited', tradeId: 'trd_1', orderNumber: 'RF18539007547034' },
  ...{ amount: money('EUR', 700n), on: '2026-06-26' },
});
const payout = { expected: announced, line: credit('lin_1', 700n, { payoutId: 'po_1' }) };
const transfer = {
  expected: awaited,
  line: credit('lin_1', 700n, { structuredReference: 'RF18539007547034' }),
};
const receipt: TreasuryEvent = {
  ...{ type: 'ReceiptSuspended', version: 1, movementId: 'PAYMENT' },
  ...{ amount: money('EUR', 300n), occurredAt: '2026-06-29T10:00:00.000Z' },
};
const itsLine = credit('lin_2', 300n);
const ofReceipt = bankMovementsOf(receipt).map(({ about, ...moved }) =>
  expectationOf(moved, about),
);

const record = (desk: MatchingDesk, movement: TreasuryEvent) =>
  recordMovement({ store: desk.treasury, now: () => new Date(desk.clock.at) }, movement, {
    ...{ marketplaceId: 'mkt_1', cause: `api#${movement.type}` },
  });
const onBank = (desk: MatchingDesk) =>
  desk
    .journal()
    .flatMap(({ legs }) => legs)
    .reduce((sum, leg) => (leg.account === '1200' ? sum + leg.amountMinor : sum), 0n);

describe('A reference that two lines have, of which finance has recorded one', () => {
  it.each([
    { what: 'a provider’s payout', ...payout },
    { what: 'an awaited transfer', ...transfer },
  ])('leaves the other to what expects it: $what', async ({ expected, line }) => {
    // What comes to the lane, a run each.
    for (const order of [
      [[expected, ...ofReceipt, line, itsLine]],
      [[expected, ...ofReceipt, line], [itsLine]],
      [[expected, ...ofReceipt, itsLine], [line]],
      [[expected, line, itsLine], ofReceipt],
      [[expected, line], ofReceipt, [itsLine]],
    ]) {
      const desk = matchingDesk();
      await record(desk, receipt);
      for (const added of order) {
        await desk.lanes.addItems(added);
        await desk.run('bank_in');
      }
      const statuses = desk.lanes.all().map(({ item: { id }, status }) => [id, status]);
      const told = order.map((some) => some.map((one) => one.item.id));
      expect([told, Object.fromEntries(statuses)]).toEqual([
        told,
        Object.fromEntries(statuses.map(([id]) => [id, 'matched'])),
      ]);
      expect([told, onBank(desk)]).toEqual([told, 1_000n]);
    }
  });
});

describe('A reference that two lines have, of which a person has written one off', () => {
  it('leaves it so where what finance has recorded finds the other at the same time', async () => {
    const desk = matchingDesk();
    await desk.lanes.addItems([credit('lin_1', 700n)]);
    await desk.run('bank_in');
    const [found] = desk.breakEvents();
    await desk.decide(found?.breakId ?? '', {
      ...{ type: 'WriteOff', limitMinor: 1_000n, by: 'ann', reason: 'Nobody knows.' },
      at: desk.clock.at,
    });
    await record(desk, receipt);
    await desk.lanes.addWork('bank_in', ['lin_1']);
    await desk.lanes.addItems([...ofReceipt, itsLine]);
    await desk.run('bank_in');
    expect(desk.lanes.all().map(({ item: { id }, status }) => [id, status])).toEqual([
      ['lin_1', 'closed'],
      [ofReceipt[0]?.item.id, 'matched'],
      ['lin_2', 'matched'],
    ]);
    expect(onBank(desk)).toBe(1_000n);
  });
});

/** A buyer pays every month under one reference, and names the order but for the last time. */
describe('A reference that every payment of a buyer has', () => {
  it('is no hindrance: each is what awaits it, and is identified where nothing does', async () => {
    const desk = matchingDesk();
    for (const month of ['1', '2']) {
      const orderNumber = `PO-2026-00${month}`;
      const transferAwaited = { kind: 'transfer_awaited', tradeId: `trd_${month}` } as const;
      const ordered = { amount: money('EUR', 300n), on: '2026-06-26', orderNumber };
      await desk.lanes.addItems([
        expectationOf({ ...transferAwaited, ...ordered }),
        credit(`lin_${month}`, 300n, { orderNumber }),
      ]);
      await desk.run('bank_in');
    }
    await desk.lanes.addItems([credit('lin_3', 300n)]);
    await desk.run('bank_in');
    const identified = { ...receipt, movementId: 'lin_3' } as const;
    const told = await record(desk, {
      ...{ ...identified, type: 'ReceiptIdentified', tradeId: 'trd_3' },
    } as TreasuryEvent);
    expect(told.kind).toBe('appended');
    await desk.lanes.addItems(
      bankMovementsOf(identified).map(({ about, ...moved }) => expectationOf(moved, about)),
    );
    await desk.run('bank_in');
    expect(new Set(desk.lanes.all().map(({ status }) => status))).toEqual(new Set(['matched']));
    expect(onBank(desk)).toBe(900n);
  });
});
