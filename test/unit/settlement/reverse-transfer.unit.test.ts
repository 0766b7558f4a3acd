import * as fc from 'fast-check';
import { balancesOf } from '../../../src/ledger/balances.ts';
import { type Money, money, zero } from '../../../src/money/money.ts';
import { payoutIdFor } from '../../../src/platform/ids.ts';
import type { Corridor } from '../../../src/settlement/corridors.ts';
import { recordRecoveries } from '../../../src/settlement/reverse-transfer.ts';
import { openDebts } from '../../../src/settlement/seller-state.ts';
import { recordProviderTransfer } from '../../../src/settlement/settle.ts';
import { story } from '../../support/builders.ts';
import { settlementDesk } from './desk.ts';

const recovering: readonly Corridor[] = [{ rails: ['stripe_transfer'], recoverByReversal: true }];
const { milestoneId } = story.milestoneReleased;
const first = payoutIdFor('trd_1', milestoneId);
const usd = (minor: bigint) => money('USD', minor);

/** A seller who was paid 1,000 for trade 1, and what a debt of that trade's leads to. */
async function paidSeller(corridors = recovering) {
  const desk = settlementDesk({ corridors });
  desk.release(1, 1_000n);
  await desk.takeAll();
  const transfer = () => desk.rail.port.get('tr_1');
  return {
    ...desk,
    transfer,
    taken: async () => (await transfer()).recoveries.map(({ amount }) => amount.amountMinor),
    open: async () => openDebts(await desk.seller()).map(({ remaining }) => remaining.amountMinor),
    /** The webhook of the transfer, as the payments worker takes it. */
    hear: async (cause: string) => {
      const context = { payoutId: first, cause };
      await recordProviderTransfer(desk.ports, context, await transfer());
      return recordRecoveries(desk.ports, context, await transfer());
    },
    /** What is left on an account, over all records. */
    left: (account: string) =>
      balancesOf(desk.records.flatMap(({ journal }) => journal))
        .filter((balance) => balance.account === account)
        .reduce((sum, { debitMinor, creditMinor }) => sum + debitMinor - creditMinor, 0n),
  };
}

describe('A debt of a seller who was paid by a transfer', () => {
  it('is taken back of it where the corridor says so, and the receivable is closed', async () => {
    const desk = await paidSeller();
    desk.owe('dp_1', 300n, 1);
    await desk.takeAll();
    expect(await desk.taken()).toEqual([300n]);
    expect(await desk.open()).toEqual([]);
    expect(desk.records.at(-1)?.journal).toMatchObject([
      {
        kind: 'transfer_reversed',
        legs: [
          { account: '1100', amountMinor: 300n },
          { account: '1310', amountMinor: -300n, scope: 'pty_1' },
        ],
      },
    ]);
  });

  it('is kept from later payouts only, where the corridor does not', async () => {
    const desk = await paidSeller([{ rails: ['stripe_transfer'] }]);
    desk.owe('dp_1', 300n, 1);
    await desk.takeAll();
    expect(await desk.taken()).toEqual([]);
    expect(await desk.open()).toEqual([300n]);
  });

  it('is taken back as far as the transfer goes, and the rest is kept from the next payout', async () => {
    const desk = await paidSeller();
    desk.owe('dp_1', 1_200n, 1);
    await desk.takeAll();
    expect(await desk.taken()).toEqual([1_000n]);
    desk.release(2, 5_000n);
    await desk.takeAll();
    expect(desk.rail.transfers.at(-1)).toMatchObject({ amount: usd(4_800n) });
    expect(await desk.open()).toEqual([]);
  });

  it('is kept from later payouts where the account does not have the money', async () => {
    const desk = await paidSeller();
    desk.rail.refuseReversals('stripe.balance_insufficient');
    desk.owe('dp_1', 300n, 1);
    await desk.takeAll();
    expect(desk.types().slice(-1)).toEqual(['TransferReversalRefused']);
    desk.rail.refuseReversals();
    desk.release(2, 5_000n);
    await desk.takeAll();
    expect(await desk.taken()).toEqual([]);
    expect(desk.rail.transfers.at(-1)).toMatchObject({ amount: usd(4_700n) });
  });

  it('is never taken back beyond what somebody else has left of the transfer', async () => {
    const desk = await paidSeller();
    desk.rail.reverse('tr_1', usd(800n));
    await desk.hear('webhook-1');
    desk.owe('dp_1', 300n, 1);
    await desk.takeAll();
    expect(await desk.taken()).toEqual([200n]);
  });

  it('is not taken back where less is left than we knew', async () => {
    const desk = await paidSeller();
    desk.rail.reverse('tr_1', usd(800n));
    desk.owe('dp_1', 300n, 1);
    await desk.takeAll();
    expect(await desk.taken()).toEqual([]);
    expect(desk.records.at(-1)?.events).toMatchObject([{ code: 'less_is_left' }]);
    expect(await desk.open()).toEqual([300n]);
  });

  it('of a trade that was not paid, or by a file for the bank, is kept from later payouts', async () => {
    const desk = await paidSeller();
    desk.owe('dp_1', 300n, 7);
    await desk.takeAll();
    expect(await desk.taken()).toEqual([]);
    expect(await desk.open()).toEqual([300n]);
  });
});

describe('A reversal whose answer is lost', () => {
  it('is asked for before it is made again, and there is one', async () => {
    const desk = await paidSeller();
    desk.rail.loseAnswer();
    desk.owe('dp_1', 300n, 1);
    await desk.takeAll();
    expect(await desk.taken()).toEqual([300n]);
    expect(desk.types().filter((type) => type === 'TransferReversed')).toHaveLength(1);
  });

  it('and whose next try is refused is recorded as it was done', async () => {
    const desk = await paidSeller();
    const { reverse } = desk.rail.port;
    const once = { ...desk.ports.rails.stripe_transfer };
    once.reverse = async (request) => {
      await reverse(request);
      desk.rail.refuseReversals('stripe.parameter_invalid_integer');
      return reverse(request);
    };
    Object.assign(desk.ports, { rails: { ...desk.ports.rails, stripe_transfer: once } });
    desk.owe('dp_1', 300n, 1);
    await desk.takeAll();
    expect(await desk.taken()).toEqual([300n]);
    expect(await desk.open()).toEqual([]);
  });

  it('is recorded by the webhook too, once, and is not owed to the seller', async () => {
    const desk = await paidSeller();
    desk.rail.loseAnswer();
    desk.owe('dp_1', 300n, 1);
    await desk.take(0);
    await desk.take(0);
    expect(await desk.taken()).toEqual([300n]);
    for (const cause of ['webhook-1', 'webhook-1', 'webhook-2']) await desk.hear(cause);
    await desk.takeAll();
    expect(desk.types().filter((type) => type === 'TransferReversed')).toHaveLength(1);
    expect(desk.types()).not.toContain('PayoutReversed');
    expect(desk.left('2200')).toBe(0n);
  });

  it('is not made by a worker that has stood still since it looked', async () => {
    const desk = await paidSeller();
    const slow = { ...desk.ports.rails.stripe_transfer };
    slow.get = async (transferId) => {
      desk.advance(61);
      return desk.rail.port.get(transferId);
    };
    Object.assign(desk.ports, { rails: { ...desk.ports.rails, stripe_transfer: slow } });
    desk.owe('dp_1', 300n, 1);
    await desk.takeAll();
    expect(await desk.taken()).toEqual([]);
    expect(desk.waiting).toHaveLength(1);
  });

  it('is of the transfer it names, or a person looks', async () => {
    const desk = await paidSeller();
    const stray = { reversalId: 'rvs_stray', providerReversalId: 'trr_9', amount: usd(1n) };
    const transfer = { ...(await desk.transfer()), recoveries: [stray] };
    const context = { payoutId: first, cause: 'webhook-1' };
    expect(await recordRecoveries(desk.ports, context, transfer)).toMatchObject({
      code: 'seller.reversal_unknown',
    });
    const nobody = { payoutId: 'payout_of_nobody', cause: 'webhook-1' };
    expect(await recordRecoveries(desk.ports, nobody, transfer)).toBeUndefined();
  });
});

type Seller = Awaited<ReturnType<typeof paidSeller>>;
type Step = { readonly minor: bigint; readonly index: number; readonly turn: number };

/** What may happen, in any order; each answers what it adds to the debts. */
const acts: Readonly<Record<string, (desk: Seller, step: Step) => Promise<bigint>>> = {
  owe: async (desk, { minor, turn }) => {
    desk.owe(`dp_${turn}`, minor, 1);
    return minor;
  },
  release: async (desk, { minor, turn }) => {
    desk.release(turn + 2, minor);
    return 0n;
  },
  take: async (desk, { index }) => {
    if (desk.waiting.length > 0) await desk.take(index);
    return 0n;
  },
  repeat: async (desk, { index }) => {
    desk.waiting.push(...desk.waiting.slice(index));
    return 0n;
  },
  lose: async ({ rail }) => {
    rail.loseAnswer();
    return 0n;
  },
  refuse: async ({ rail }) => {
    rail.refuseReversals('stripe.balance_insufficient');
    return 0n;
  },
  allow: async ({ rail }) => {
    rail.refuseReversals();
    return 0n;
  },
  hear: async (desk, { turn }) => {
    await desk.hear(`webhook-${turn}`);
    return 0n;
  },
};

const minorsOf = (amounts: readonly { readonly amount: Money }[]) =>
  amounts.map(({ amount }) => amount.amountMinor);
const total = (minors: readonly bigint[]) => minors.reduce((sum, minor) => sum + minor, 0n);

describe('Debts, payouts and reversals in any order, with lost answers and refusals', () => {
  it('recover each debt once: what was taken back, kept and is open is what was owed', async () => {
    const step = fc.record({
      what: fc.constantFrom(...Object.keys(acts)),
      minor: fc.bigInt({ min: 1n, max: 900n }),
      index: fc.nat(20),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
        const desk = await paidSeller();
        let owed = 0n;
        for (const [turn, { what, ...how }] of steps.entries()) {
          owed += (await acts[what]?.(desk, { ...how, turn })) ?? 0n;
        }
        await desk.takeAll();
        const events = desk.records.flatMap((record) => record.events);
        const taken = minorsOf(events.filter((event) => event.type === 'TransferReversed'));
        const kept = events.flatMap((event) =>
          'recovered' in event && event.type !== 'SellerPayoutAllocated'
            ? minorsOf(event.recovered ?? [])
            : [],
        );
        expect(total([...taken, ...kept, ...(await desk.open())])).toBe(owed);
        expect(desk.left('1310')).toBe(-total([...taken, ...kept]));
        const { reversed, recoveries } = await desk.transfer();
        expect(reversed).toEqual(zero('USD'));
        expect(minorsOf(recoveries).sort()).toEqual(taken.sort());
      }),
      { numRuns: 150 },
    );
  });
});
