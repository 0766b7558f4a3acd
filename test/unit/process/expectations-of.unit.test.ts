import type { TradelaneEvent } from '../../../events/index.ts';
import { expectationsOf } from '../../../src/process/expectations-of.ts';
import { ROUTES } from '../../../src/process/routes.ts';
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
  ] as const)('after %s is one item of rec %s, with its sign', async (name, rec, prefix, sign) => {
    const items = await expectedAfter(name, name.endsWith('settled') ? { rail: undefined } : {});
    expect(items).toMatchObject([{ side: 'left', rec }]);
    const [{ item, about } = { item: undefined, about: undefined }] = items;
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
    const [expected] = await expectedAfter('escrow/escrow-funded');
    expect(expected?.item).toMatchObject({
      keys: { sourceId: event.chargeId },
      amountMinor: event.settled.amountMinor - event.fee.amountMinor,
    });
  });

  it('of a payment by bank carries what a statement may give back', async () => {
    const [expected] = await expectedAfter('batch/payout-instruction-added');
    const event = await eventOf('batch/payout-instruction-added');
    if (event.type !== 'PayoutInstructionAdded') throw new Error('Another sample.');
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

  it('is heard of where it arises: every event with an expectation is routed here', async () => {
    const names = [
      ...['escrow/escrow-funded', 'escrow/refund-settled', 'escrow/chargeback-opened'],
      ...['payout/payout-settled', 'batch/payout-instruction-added', 'payout/payout-returned'],
    ];
    for (const name of names) {
      expect(ROUTES[(await eventOf(name)).type]).toContain('reconciliation');
    }
  });
});
