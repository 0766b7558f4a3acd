import { WriteOffDebt } from '../../../events/marketplace/write-off-debt.v1.ts';
import { WriteOffLimits } from '../../../src/money/write-off-limits.ts';
import { openDebts } from '../../../src/settlement/seller-state.ts';
import { approveWriteOff, listDebts, writeOffDebt } from '../../../src/settlement/write-off.ts';
import { marketplaceId } from '../../support/builders.ts';
import { settlementDesk } from './desk.ts';

const payoutAccountId = 'acct_sandbox_harbor_motion';

/** A seller who owes 900.00 USD, where one person may give up 500.00. */
async function debtor(limits: WriteOffLimits = { USD: 50_000n }, owedMinor = 90_000n) {
  const desk = settlementDesk();
  desk.owe('dp_1', owedMinor);
  await desk.takeAll();
  let requests = 0;
  const requestOf = (by: string, debtId = 'dp_1') => {
    requests += 1;
    const requestId = `req_${requests}`;
    return { marketplaceId, payoutAccountId, debtId, by, requestId };
  };
  const ports = { ...desk.ports, limits };
  return {
    ...desk,
    propose: (by: string, reason = 'insolvent', debtId = 'dp_1') =>
      writeOffDebt(ports, requestOf(by, debtId), reason),
    approve: (by: string) => approveWriteOff(ports, requestOf(by)),
    shown: (of = marketplaceId) => listDebts(ports, { marketplaceId: of, payoutAccountId }),
    byAnother: () =>
      writeOffDebt(ports, { ...requestOf('key_9'), marketplaceId: 'mkt_2' }, 'insolvent'),
    open: async () => openDebts(await desk.seller()).map(({ remaining }) => remaining.amountMinor),
  };
}

describe('A debt that finance writes off', () => {
  it('is given up by one person within the limit, and booked in its own trade', async () => {
    const desk = await debtor({ USD: 90_000n });
    expect(await desk.propose('key_1')).toMatchObject({ kind: 'appended' });
    expect(await desk.open()).toEqual([]);
    expect(desk.records.at(-1)).toMatchObject({
      tradeId: 'trd_debt',
      events: [{ type: 'SellerDebtWrittenOff', proposedBy: 'key_1', reason: 'insolvent' }],
      journal: [{ kind: 'receivable_written_off' }],
    });
    expect(await desk.shown()).toMatchObject([{ id: 'dp_1', status: 'written_off' }]);
  });

  it('is a proposal above the limit, which changes no books, until another person agrees', async () => {
    const desk = await debtor();
    await desk.propose('key_1');
    expect(await desk.open()).toEqual([90_000n]);
    expect(desk.records.at(-1)).toMatchObject({ journal: [] });
    expect(await desk.shown()).toMatchObject([
      { status: 'write_off_proposed', proposal: { by: 'key_1', reason: 'insolvent' } },
    ]);
    await desk.approve('key_2');
    expect(desk.records.at(-1)?.events).toMatchObject([
      { type: 'SellerDebtWrittenOff', proposedBy: 'key_1', approvedBy: 'key_2' },
    ]);
    expect(await desk.open()).toEqual([]);
  });

  it('takes two persons where its currency has no limit', async () => {
    const desk = await debtor({ EUR: 90_000n }, 1n);
    await desk.propose('key_1');
    expect(await desk.shown()).toMatchObject([{ status: 'write_off_proposed' }]);
  });

  it('is not approved by who proposed it, nor where nobody did', async () => {
    const desk = await debtor();
    expect(await desk.approve('key_1')).toMatchObject({ code: 'seller.nothing_proposed' });
    await desk.propose('key_1');
    expect(await desk.approve('key_1')).toMatchObject({ code: 'seller.same_person' });
    expect(await desk.open()).toEqual([90_000n]);
  });

  it('is asked for and approved as often as one likes, once', async () => {
    const desk = await debtor();
    for (const _ of [1, 2]) await desk.propose('key_1');
    for (const _ of [1, 2]) await desk.approve('key_2');
    expect(await desk.propose('key_1')).toMatchObject({ kind: 'unchanged' });
    expect(desk.types().filter((type) => /Proposed|WrittenOff/.test(type))).toEqual([
      ...['SellerWriteOffProposed', 'SellerDebtWrittenOff'],
    ]);
  });

  it('gives up only what was not recovered meanwhile', async () => {
    const desk = await debtor();
    await desk.propose('key_1');
    desk.release(1, 30_000n);
    await desk.takeAll();
    await desk.approve('key_2');
    const [event] = desk.records.at(-1)?.events ?? [];
    expect(event).toMatchObject({ type: 'SellerDebtWrittenOff', amount: { amountMinor: 60_000n } });
  });

  it('is nobody’s where there is none, and closed where it was recovered', async () => {
    const desk = await debtor();
    const unknown = await desk.propose('key_1', 'insolvent', 'dp_2');
    expect(unknown).toMatchObject({ kind: 'rejected', code: 'seller.debt_unknown' });
    desk.release(1, 90_000n);
    await desk.takeAll();
    expect(await desk.propose('key_1')).toMatchObject({ code: 'seller.debt_closed' });
    expect(await desk.shown()).toMatchObject([{ status: 'recovered' }]);
  });

  it('is proposed anew, by another person or for another reason', async () => {
    const desk = await debtor();
    await desk.propose('key_1');
    await desk.propose('key_2', 'bought out');
    expect(await desk.approve('key_2')).toMatchObject({ code: 'seller.same_person' });
    expect(await desk.approve('key_1')).toMatchObject({ kind: 'appended' });
  });
});

describe('A debt to one marketplace of a seller who sells on two', () => {
  it('is neither shown to the other nor given up by it', async () => {
    const desk = await debtor({ USD: 90_000n });
    expect(await desk.shown('mkt_2')).toEqual([]);
    const refusal = { kind: 'rejected', code: 'seller.debt_unknown' };
    expect(await desk.byAnother()).toMatchObject(refusal);
    expect(await desk.shown()).toMatchObject([{ id: 'dp_1', status: 'open' }]);
  });
});

describe('A debt of a trade whose funds are blocked', () => {
  it('is not given up while the funds of its trade are blocked, nor approved', async () => {
    const desk = await debtor();
    await desk.propose('key_1');
    desk.blocks.set('trd_debt', { caseId: 'case_1' });
    const refusal = { kind: 'rejected', code: 'escrow.funds_blocked' };
    expect(await desk.propose('key_1', 'insolvent by now')).toMatchObject(refusal);
    expect(await desk.approve('key_2')).toMatchObject(refusal);
    desk.blocks.clear();
    expect(await desk.approve('key_2')).toMatchObject({ kind: 'appended' });
  });
});

describe('A proposal that was made of less', () => {
  it('is outdated: what has come to it since is another proposal’s', async () => {
    const desk = await debtor();
    const { sellers } = desk.ports;
    await sellers.append({
      ...{ streamId: `seller#${payoutAccountId}`, sequence: 2, recordedAt: desk.clock.at },
      ...{ tradeId: 'trd_debt', marketplaceId: 'mkt_1', cause: 'by hand' },
      events: [
        {
          ...{ type: 'SellerWriteOffProposed', version: 1, sellerAccountId: payoutAccountId },
          ...{ debtId: 'dp_1', amount: { currency: 'USD', amountMinor: 1n }, reason: 'a cent' },
          ...{ proposedBy: 'key_1', proposedAt: desk.clock.at },
        },
      ],
    });
    expect(await desk.approve('key_2')).toMatchObject({ code: 'seller.proposal_outdated' });
  });
});

describe('What finance configures and sends', () => {
  it('is limits by currency in minor units, and none by default', () => {
    expect(WriteOffLimits.parse(undefined)).toEqual({});
    expect(WriteOffLimits.parse({ USD: '50000' })).toEqual({ USD: 50_000n });
    for (const wrong of [{ USD: '-1' }, { USD: 5 }, { XXX: '1' }]) {
      expect(WriteOffLimits.safeParse(wrong).success).toBe(false);
    }
  });

  it('is a reason that says something', () => {
    expect(WriteOffDebt.parse({ reason: '  insolvent ' })).toEqual({ reason: 'insolvent' });
    for (const reason of ['', ' a ', 'x'.repeat(201)]) {
      expect(WriteOffDebt.safeParse({ reason }).success).toBe(false);
    }
  });
});
