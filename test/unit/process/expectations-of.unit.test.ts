import type { TradelaneEvent } from '../../../events/index.ts';
import { expectationsOf } from '../../../src/process/expectations-of.ts';
import { readSample } from '../../support/builders.ts';
import { recordOf } from '../../support/records.ts';
import { schemaOf } from '../events/schema-files.ts';

const eventOf = async (name: string): Promise<TradelaneEvent> => {
  const schema = await schemaOf(name);
  return schema.parse(readSample(name)) as TradelaneEvent;
};

const expectedAfter = async (name: string, changes: object = {}) => {
  const event = { ...(await eventOf(name)), ...changes } as TradelaneEvent;
  return expectationsOf(recordOf('escrow#trd_1', 1, [event] as never) as never);
};

describe('What the books expect', () => {
  it.each([
    ['escrow/escrow-funded', 'A', 'charge:', 1n],
    ['escrow/refund-settled', 'A', 'refund:', -1n],
    ['escrow/refund-credited', 'A', 'refund:', -1n],
    ['escrow/chargeback-opened', 'A', 'chargeback:', -1n],
    ['payout/payout-settled', 'A', 'transfer:', -1n],
    ['batch/payout-instruction-added', 'D', 'payout_sent:', -1n],
    ['payout/payout-returned', 'D', 'payout_returned:', 1n],
    ['treasury/refund-returned', 'D', 'refund_returned:', 1n],
  ] as const)('after %s is one item of rec %s, with its sign', async (name, rec, prefix, sign) => {
    const items = await expectedAfter(name, name.endsWith('settled') ? { rail: undefined } : {});
    const kept = items.filter(({ withdrawn }) => withdrawn === undefined);
    expect(kept).toMatchObject([{ side: 'left', rec }]);
    const [{ item, about } = { item: undefined, about: undefined }] = kept;
    expect(item?.id.startsWith(prefix)).toBe(true);
    expect((item?.amountMinor ?? 0n) * sign).toBeGreaterThan(0n);
    expect(about?.tradeId).toBeDefined();
  });

  it.each(['cash_balance', 'bank'] as const)(
    'is nothing at the provider after a refund from %s: no balance of ours there had it',
    async (from) => {
      const event = await eventOf('escrow/refund-settled');
      const booking = 'booking' in event ? { ...event.booking, from } : {};
      expect(await expectedAfter('escrow/refund-settled', { booking })).toEqual([]);
    },
  );

  it('of a charge is what the provider credits: the amount less its fee', async () => {
    const event = await eventOf('escrow/escrow-funded');
    if (event.type !== 'EscrowFunded') throw new Error('Another sample.');
    const expected = (await expectedAfter('escrow/escrow-funded')).find(({ rec }) => rec === 'A');
    expect(expected?.item).toMatchObject({
      keys: { sourceId: event.chargeId },
      amountMinor: event.settled.amountMinor - event.fee.amountMinor,
    });
  });
});

describe('What the books expect before anything is booked', () => {
  it('of a payout that the provider announces is the bank’s line on the day of its arrival', async () => {
    const items = await expectedAfter('treasury/psp-payout-announced');
    expect(items).toMatchObject([
      {
        ...{ lane: 'bank_in', rec: 'C', about: { payoutId: 'po_1Pq2rS3tU4vW5xY6' } },
        item: { date: '2026-08-25', amountMinor: 973_086n, keys: { traceId: 'TRACE7781QX' } },
      },
      { lane: 'bank_in', rec: null, item: { amountMinor: 0n } },
    ]);
    expect(await expectedAfter('treasury/psp-payout-called-off')).toMatchObject([
      { withdrawn: true, item: { id: items[0]?.item.id } },
    ]);
  });

  it('of a refund is what it takes off the balance, as soon as the provider has it', async () => {
    const debit = { currency: 'USD', amountMinor: 500n };
    const [sent, ...rest] = await expectedAfter('escrow/refund-submitted', {
      ...{ debit, providerRefundId: 're_1' },
    });
    expect(rest).toEqual([]);
    expect(sent).toMatchObject({
      ...{ lane: 'provider', rec: 'A' },
      item: { id: 'refund:re_1', amountMinor: -500n, keys: { sourceId: 're_1' } },
    });
    const booked = await expectedAfter('escrow/refund-settled', { providerRefundId: 're_1' });
    expect(booked[0]?.item.id).toBe(sent?.item.id);
    const failed = { returned: undefined, providerRefundId: 're_1' };
    expect(await expectedAfter('escrow/refund-failed', failed)).toMatchObject([
      { withdrawn: true, item: { id: sent?.item.id } },
    ]);
  });

  it('of a refund whose debit nobody can know yet is nothing before it is booked', async () => {
    expect(await expectedAfter('escrow/refund-submitted', { debit: undefined })).toEqual([]);
  });
});

describe('The names of what is expected', () => {
  it('of a transfer carries the order’s number as a structured reference, where it is one', async () => {
    const open = { payBy: '2026-12-31T00:00:00.000Z' };
    const keysOf = async (reference: string) =>
      (await expectedAfter('escrow/trade-opened', { ...open, reference }))[0]?.item.keys;
    expect(await keysOf('RF18 5390 0754 7034')).toEqual({
      ...{ orderNumber: 'RF18 5390 0754 7034', structuredReference: 'RF18539007547034' },
    });
    expect(await keysOf('RF19539007547034')).toEqual({ orderNumber: 'RF19539007547034' });
  });

  it('of what finance recorded under a structured reference carries that', async () => {
    const [own] = await expectedAfter('treasury/own-funds-moved', {
      ...{ movementId: 'RF18539007547034', direction: 'top_up' },
    });
    expect(own?.item.keys).toMatchObject({ structuredReference: 'RF18539007547034' });
  });

  it('of a top-up is known to the provider by its own id where the bank names it otherwise', async () => {
    const items = await expectedAfter('treasury/psp-topped-up', {
      ...{ movementId: 'B2B-7781', providerReference: 'tu_1' },
    });
    expect(items.map(({ lane, item }) => [lane, item.id, item.keys])).toEqual([
      ['provider', 'topup:tu_1', { sourceId: 'tu_1' }],
      ['bank_out', 'psp_topped_up:B2B-7781', { endToEndId: 'B2B-7781', bankReference: 'B2B-7781' }],
    ]);
  });

  it('of a payment by bank carries what a statement may give back', async () => {
    const [expected, named] = await expectedAfter('batch/payout-instruction-added');
    const event = await eventOf('batch/payout-instruction-added');
    if (event.type !== 'PayoutInstructionAdded') throw new Error('Another sample.');
    expect(named).toMatchObject({
      ...{ lane: 'bank_out', rec: null, withdrawn: true },
      item: { amountMinor: 0n, keys: { endToEndId: event.endToEndId, uetr: event.uetr } },
    });
    expect(expected).toMatchObject({
      item: {
        keys: {
          ...{ endToEndId: event.endToEndId, uetr: event.uetr },
          batchId: event.batchId.replaceAll('_', '-').toUpperCase(),
        },
      },
      about: { payoutId: event.payoutId, tradeId: event.tradeId },
    });
  });

  it('of a payout by bank is nothing more once it is settled: the line was there', async () => {
    expect(await expectedAfter('payout/payout-settled', { rail: 'bank_file' })).toEqual([]);
  });

  it('of a chargeback is each of its bookings by its own id', async () => {
    const event = await eventOf('escrow/chargeback-opened');
    if (event.type !== 'ChargebackOpened') throw new Error('Another sample.');
    const back = { currency: 'USD', amountMinor: 1_160_000n } as const;
    const bookings = [...(event.bookings ?? []), { transactionId: 'txn_2', net: back }];
    const items = await expectedAfter('escrow/chargeback-adjusted', { bookings });
    expect(items.map(({ item }) => [item.id, item.amountMinor, item.keys])).toEqual([
      ['chargeback:txn_1Pq2rS3tU4vW5xZ7', -1_162_000n, { transactionId: 'txn_1Pq2rS3tU4vW5xZ7' }],
      ['chargeback:txn_2', 1_160_000n, { transactionId: 'txn_2' }],
    ]);
  });
});

describe('The transfer of a buyer', () => {
  it('is awaited by its order number while a trade waits long for its payment', async () => {
    const payBy = '2026-12-23T08:00:00.000Z';
    expect(await expectedAfter('escrow/trade-opened', { payBy })).toMatchObject([
      {
        ...{ lane: 'bank_in', rec: 'E' },
        item: { keys: { orderNumber: 'PO-2026-000117' }, date: '2026-12-23' },
      },
    ]);
    const soon = { payBy: '2026-11-23T08:30:00.000Z' };
    expect(await expectedAfter('escrow/trade-opened', soon)).toEqual([]);
    expect(await expectedAfter('escrow/trade-opened', { payBy, reference: undefined })).toEqual([]);
  });

  it.each(['escrow/escrow-funded', 'escrow/trade-expired', 'escrow/trade-canceled'])(
    'is awaited no longer after %s',
    async (name) => {
      const items = await expectedAfter(name);
      expect(items[0]).toMatchObject({ withdrawn: true, lane: 'bank_in', side: 'left' });
      expect(items[0]?.item.id).toMatch(/^transfer_awaited:trd_/);
    },
  );
});
