import type { EscrowEvent, TreasuryEvent } from '../../../events/index.ts';
import { money } from '../../../src/money/money.ts';
import { refusalOfMovement } from '../../../src/process/check-movement.ts';
import { marketplaceId, story, tradeId } from '../../support/builders.ts';
import { recordOf } from '../../support/records.ts';
import { fullRefund, histories, receipt } from '../escrow/escrow-states.ts';

const { receiptSuspended, receiptIdentified, refundPaid } = story;
const eur = (minor: bigint) => money('EUR', minor);
const identified = { ...receiptIdentified, tradeId, amount: eur(1_024_674n) };

const refusal = (
  movement: TreasuryEvent,
  escrow: readonly EscrowEvent[],
  {
    before = [receiptSuspended],
    as = marketplaceId,
  }: {
    readonly before?: readonly TreasuryEvent[];
    readonly as?: string;
  } = {},
) =>
  refusalOfMovement(
    {
      escrows: { load: async (id) => [recordOf(id, 1, [...escrow]) as never] },
      movements: {
        load: async (id) => before.map((event, at) => recordOf(id, at + 1, [event]) as never),
      },
    },
    movement,
    { marketplaceId: as },
  );

describe('A receipt that is to be identified', () => {
  it('is booked for a trade that awaits its payment, whatever the amount', async () => {
    for (const amount of [identified.amount, eur(1n), eur(9_999_999n)]) {
      expect(await refusal({ ...identified, amount }, histories.payment_requested)).toBeUndefined();
    }
  });

  it('is refused in another currency, by its field', async () => {
    const dollars = { ...identified, amount: money('USD', 1n) };
    expect(await refusal(dollars, histories.payment_requested)).toMatchObject({
      ...{ status: 422, code: 'receipt.currency_mismatch', pointer: '/amount/currency' },
    });
  });

  it('is refused for a trade that is not there, or another marketplace’s', async () => {
    const notFound = { status: 422, code: 'trade.not_found', pointer: '/tradeId' };
    expect(await refusal(identified, [])).toMatchObject(notFound);
    const other = await refusal(identified, histories.opened, { as: 'mkt_other' });
    expect(other).toMatchObject(notFound);
  });

  it.each(['funded', 'settled', 'canceled', 'expired'] as const)(
    'is refused for a trade that is %s, naming that',
    async (state) => {
      expect(await refusal(identified, histories[state])).toMatchObject({
        ...{ status: 409, code: `trade.cannot_take_receipt_${state}` },
      });
    },
  );

  it('is not looked at again once it is booked', async () => {
    const before = [receiptSuspended, receiptIdentified];
    expect(await refusal(identified, histories.funded, { before })).toBeUndefined();
  });

  it('of any other kind names no trade', async () => {
    expect(await refusal(receiptSuspended, [], { before: [] })).toBeUndefined();
  });
});

describe('A refund by bank that finance has paid', () => {
  const refundId = `rfd_${tradeId.slice('trd_'.length)}_receipts`;
  const paid = { ...refundPaid, refundId, amount: receipt.added };
  const owed: EscrowEvent = {
    ...story.refundRequested,
    ...{ refundId, amount: receipt.added, parts: [], reason: 'underpayment', from: 'bank' },
  };
  const closed = [...histories.expiring, receipt, story.tradeExpired, owed];
  const valued: EscrowEvent = {
    ...{ ...story.refundValued, refundId, amount: receipt.added, unapplied: true },
  };
  const none = { before: [] };

  it('is booked where it was valued and is of that amount', async () => {
    expect(await refusal(paid, [...closed, valued], none)).toBeUndefined();
  });

  it('is refused while the funds of the trade are blocked', async () => {
    const blocked = { ...story.fundsBlocked, held: story.tradeOpened.amount };
    expect(await refusal(paid, [...closed, valued, blocked], none)).toMatchObject({
      ...{ status: 409, code: 'escrow.funds_blocked', pointer: '/refundId' },
    });
  });

  it('is booked of what the provider refused to give back, and of nothing else of a charge', async () => {
    const history = histories.refund_valued;
    const ofCharge = { ...paid, refundId: fullRefund.refundId, amount: fullRefund.amount };
    const turned = { ...story.refundTurnedToBank, refundId: fullRefund.refundId };
    expect(await refusal(ofCharge, [...history, turned], none)).toBeUndefined();
    expect(await refusal(ofCharge, history, none)).toMatchObject({ code: 'refund.not_found' });
  });

  it('is refused before it is valued, in another amount, or where there is none', async () => {
    expect(await refusal(paid, closed, none)).toMatchObject({
      ...{ status: 409, code: 'refund.cannot_pay_requested' },
    });
    expect(await refusal({ ...paid, amount: eur(1n) }, [...closed, valued], none)).toMatchObject({
      ...{ status: 422, code: 'refund.amount_mismatch', pointer: '/amount' },
    });
    expect(await refusal(paid, histories.refunding, none)).toMatchObject({
      ...{ status: 422, code: 'refund.not_found', pointer: '/refundId' },
    });
  });
});
