import type { TreasuryEvent } from '../../../events/index.ts';
import { money } from '../../../src/money/money.ts';
import { bankMovementsOf } from '../../../src/process/expected-at-bank.ts';
import { expectationOf } from '../../../src/reconciliation/expectations.ts';
import type { LaneItem } from '../../../src/reconciliation/lane.ts';
import { recordMovement } from '../../../src/treasury/record-movement.ts';
import { item } from '../reconciliation/items.ts';
import { type MatchingDesk, matchingDesk } from './matching-desk.ts';

const amount = money('EUR', 700n);
const at = '2026-06-29T10:00:00.000Z';
const credit = (id: string, keys: LaneItem['item']['keys']): LaneItem => ({
  ...{ lane: 'bank_in', side: 'right', rec: null, item: item(id, 700n, { keys }) },
});

/** What the lane expects by itself, and books once the line is there, by another key than finance knows. */
const announced = expectationOf({
  ...{ kind: 'provider_payout_announced', payoutId: 'po_1', amount, on: '2026-06-26' },
});
const awaited = expectationOf({
  ...{ kind: 'transfer_awaited', tradeId: 'trd_1', orderNumber: 'RF18539007547034' },
  ...{ amount, on: '2026-06-26' },
});
const reference = { endToEndId: 'E2E-1', traceId: 'E2E-1' };
const payout = { expected: announced, line: credit('lin_1', { ...reference, payoutId: 'po_1' }) };
const transfer = {
  expected: awaited,
  line: credit('lin_1', { ...reference, structuredReference: 'RF18539007547034' }),
};

const common = { version: 1, movementId: 'E2E-1', amount, occurredAt: at } as const;
const ownFunds: TreasuryEvent = { type: 'OwnFundsMoved', direction: 'top_up', ...common };
const receipt: TreasuryEvent = { type: 'ReceiptSuspended', ...common };
const pspPayout: TreasuryEvent = { type: 'PspPayoutReceived', ...common };

const record = (desk: MatchingDesk, movement: TreasuryEvent) =>
  recordMovement({ store: desk.treasury, now: () => new Date(desk.clock.at) }, movement, {
    ...{ marketplaceId: 'mkt_1', cause: `api#${movement.type}` },
  });
const expectAtBank = (desk: MatchingDesk, movement: TreasuryEvent) =>
  desk.lanes.addItems(
    bankMovementsOf(movement).map(({ about, ...moved }) => expectationOf(moved, about)),
  );
const onBank = (desk: MatchingDesk) =>
  desk
    .journal()
    .flatMap(({ legs }) => legs)
    .reduce((sum, leg) => (leg.account === '1200' ? sum + leg.amountMinor : sum), 0n);
const statusOf = async (desk: MatchingDesk, id: string) =>
  (await desk.lanes.getItems('bank_in', [id]))[0]?.status;

type Case = { readonly expected: LaneItem; readonly line: LaneItem };

/**
 * The matching finds the line by one key while finance records it under its end-to-end id, right before
 * the given write, and all that follows. A run dies at another.
 */
async function race({ expected, line }: Case, movement: TreasuryEvent, write: number, failAt = 0) {
  let act: () => Promise<unknown> = async () => undefined;
  const desk = matchingDesk({ failAt, between: { at: write, act: () => act() } });
  const run = () =>
    desk.run('bank_in').catch(() => {
      // The lease of the dead has run out by then.
      desk.clock.at = '2026-06-29T10:05:00.000Z';
      return desk.run('bank_in');
    });
  const told: { kind?: string } = {};
  act = async () => Object.assign(told, { kind: (await record(desk, movement)).kind });
  await desk.lanes.addItems([expected, line]);
  if (write < 0) await act();
  await run();
  const writes = desk.writes();
  if (told.kind === undefined) await act();
  const isRecorded = told.kind === 'appended';
  if (isRecorded) await expectAtBank(desk, movement);
  await run();
  return { desk, isRecorded, writes };
}

describe('A line that the matching knows by one key and finance by its end-to-end id', () => {
  it.each([
    { what: 'a provider’s payout', matched: payout, as: 'own funds', movement: ownFunds },
    { what: 'a provider’s payout', matched: payout, as: 'a receipt', movement: receipt },
    { what: 'a provider’s payout', matched: payout, as: 'that payout', movement: pspPayout },
    { what: 'an awaited transfer', matched: transfer, as: 'own funds', movement: ownFunds },
    { what: 'an awaited transfer', matched: transfer, as: 'a receipt', movement: receipt },
  ])('is booked once: $what, while finance records $as', async ({ matched, movement }) => {
    const { writes } = await race(matched, movement, 0);
    const winners = new Set<boolean>();
    for (let write = -1; write <= writes; write += 1) {
      const { desk, isRecorded } = await race(matched, movement, write);
      winners.add(isRecorded);
      expect([write, onBank(desk)]).toEqual([write, 700n]);
      expect(await statusOf(desk, 'lin_1')).toBe('matched');
      const booked = desk.movements().map(({ type }) => type);
      if (isRecorded) expect(booked).toContain(movement.type);
      expect(await statusOf(desk, matched.expected.item.id)).toBe(
        !isRecorded ? 'matched' : movement === pspPayout ? 'closed' : 'open',
      );
      expect(await desk.lanes.getPlan('bank_in')).toBeUndefined();
      expect(await desk.lanes.listWork('bank_in', { today: '2026-06-29', limit: 1 })).toEqual([]);
    }
    expect(winners).toEqual(new Set([true, false]));
  });

  it.each([
    { what: 'a provider’s payout', matched: payout },
    { what: 'an awaited transfer', matched: transfer },
  ])('is booked once wherever a run dies meanwhile: $what', async ({ matched }) => {
    const { writes } = await race(matched, ownFunds, 0);
    for (let write = 1; write <= writes; write += 1) {
      for (let failAt = 1; failAt <= 2 * writes; failAt += 1) {
        const { desk } = await race(matched, ownFunds, write, failAt);
        expect([write, failAt, onBank(desk)]).toEqual([write, failAt, 700n]);
        expect(await statusOf(desk, 'lin_1')).toBe('matched');
      }
    }
  });
});

/** What finance recorded of an exchange, by its deal, and the bank's two lines of it. */
const exchange: TreasuryEvent = {
  ...{ type: 'CoverTraded', version: 1, movementId: 'D-1', occurredAt: at },
  ...{ sold: money('EUR', 700n), bought: money('USD', 800n), carried: money('EUR', 700n) },
};
const legs: readonly LaneItem[] = [
  {
    ...{ lane: 'bank_out', side: 'right', rec: null },
    item: item('lin_sold', -700n, { keys: { dealId: 'D-1', endToEndId: 'E2E-1' } }),
  },
  {
    ...{ lane: 'bank_in', side: 'right', rec: null },
    item: item('lin_bought', 800n, {
      ...{ currency: 'USD', keys: { dealId: 'D-1', endToEndId: 'E2E-2' } },
    }),
  },
];

describe('A line that is matched with what finance recorded of an exchange', () => {
  it('is recorded by no other reference of it', async () => {
    const desk = matchingDesk();
    await record(desk, exchange);
    await expectAtBank(desk, exchange);
    await desk.lanes.addItems(legs);
    await desk.run('bank_in');
    await desk.run('bank_out');
    expect(desk.matches.map(({ rec, right }) => [rec, right])).toEqual([
      ['G', ['lin_bought']],
      ['G', ['lin_sold']],
    ]);
    const sweep = { ...ownFunds, direction: 'sweep' } as TreasuryEvent;
    for (const movement of [sweep, { ...receipt, movementId: 'E2E-2' }]) {
      expect(await record(desk, movement)).toMatchObject({
        ...{ kind: 'rejected', code: 'movement.reference_taken' },
      });
    }
  });
});

/** A debit that nobody expects is written off, while another person records what it is. */
async function writtenOff(write: number, movementId: string) {
  let act: () => Promise<unknown> = async () => undefined;
  const desk = matchingDesk({ between: { at: write, act: () => act() } });
  const sweep = { ...ownFunds, direction: 'sweep', movementId } as TreasuryEvent;
  const told: { kind?: string } = {};
  const [debit] = legs;
  await desk.lanes.addItems(debit === undefined ? [] : [debit]);
  await desk.run('bank_out');
  const setUp = desk.writes();
  act = async () => Object.assign(told, { kind: (await record(desk, sweep)).kind });
  if (write < 0) await act();
  const [found] = desk.breakEvents();
  await desk.decide(found?.breakId ?? '', {
    ...{ type: 'WriteOff', limitMinor: 1_000n, by: 'ann', reason: 'Nobody knows.', at },
  });
  await desk.lanes.addWork('bank_out', ['lin_sold']);
  await desk.run('bank_out');
  if (told.kind === undefined) await act();
  const isRecorded = told.kind === 'appended';
  if (isRecorded) await expectAtBank(desk, sweep);
  await desk.run('bank_out');
  return { desk, isRecorded, setUp, writes: desk.writes() };
}

describe('A debit that one person writes off and another records', () => {
  it.each([
    ['its end-to-end id', 'E2E-1'],
    ['the line’s id', 'lin_sold'],
  ])('is booked once, whoever is first: by %s', async (_, movementId) => {
    const { setUp, writes } = await writtenOff(0, movementId);
    const winners = new Set<boolean>();
    for (const write of [
      -1,
      0,
      ...Array.from({ length: writes - setUp }, (_, n) => setUp + n + 1),
    ]) {
      const { desk, isRecorded } = await writtenOff(write, movementId);
      winners.add(isRecorded);
      expect([write, onBank(desk)]).toEqual([write, -700n]);
      const [line] = await desk.lanes.getItems('bank_out', ['lin_sold']);
      expect(line?.status).toBe(isRecorded ? 'matched' : 'closed');
    }
    expect(winners).toEqual(new Set([true, false]));
  });
});
