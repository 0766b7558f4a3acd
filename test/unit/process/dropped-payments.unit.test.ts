import type { PayoutEvent } from '../../../events/index.ts';
import { droppedPayments } from '../../../src/process/dropped-payments.ts';
import { endToEndIdFor, uetrFor } from '../../../src/settlement/bank-references.ts';
import { story } from '../../support/builders.ts';
import { recordOf } from '../../support/records.ts';
import { histories, own, payoutFailed, payoutReissued } from '../settlement/payout-states.ts';

const { payoutId, tradeId, amount } = own;
const instructionOf = (id: string, attempt = 1) => ({
  ...{ payoutId: id, tradeId, attempt, amount, accountReference: 'bka_1' },
  ...{ endToEndId: endToEndIdFor(id, attempt), uetr: uetrFor(id, attempt) },
  addedAt: '2026-07-09T08:22:03.000Z',
});
const submitted = (attempt: number, of = attempt): PayoutEvent => ({
  ...story.payoutSubmitted,
  ...{ attempt, transferId: endToEndIdFor(payoutId, of) },
});
const settled: PayoutEvent = {
  ...story.payoutSettled,
  transferId: endToEndIdFor(payoutId, 1),
};
const refused: PayoutEvent = { ...payoutFailed, transferId: endToEndIdFor(payoutId, 1) };
const requested = histories.requested;

/** The attempts of the one payout that no file may hold, of its first two. */
async function droppedAfter(...events: readonly PayoutEvent[]): Promise<readonly number[]> {
  const payouts = { load: async () => [recordOf(`payout#${payoutId}`, 1, events)] as never };
  const attempts = [1, 2];
  const instructions = attempts.map((attempt) => instructionOf(payoutId, attempt));
  const dropped = await droppedPayments({ payouts }, instructions);
  return attempts.filter((attempt) => dropped.has(endToEndIdFor(payoutId, attempt)));
}

describe('The file of a batch', () => {
  it('holds what is on its way or was paid', async () => {
    expect(await droppedAfter(...requested)).toEqual([2]);
    expect(await droppedAfter(...requested, submitted(1))).toEqual([2]);
    expect(await droppedAfter(...requested, submitted(1), settled)).toEqual([2]);
  });

  it('never holds what the bank refused, nor once another attempt pays it', async () => {
    const failed = [...requested, submitted(1), refused];
    expect(await droppedAfter(...failed)).toEqual([1, 2]);
    expect(await droppedAfter(...failed, payoutReissued)).toEqual([1]);
    expect(await droppedAfter(...failed, payoutReissued, submitted(2))).toEqual([1]);
  });

  it('holds the payment that an attempt that was taken back goes on with', async () => {
    const back = [...requested, payoutFailed, payoutReissued, submitted(2, 1)];
    expect(await droppedAfter(...back)).toEqual([2]);
  });

  it('never holds what came back, nor what is kept for debts or goes with another payout', async () => {
    for (const name of ['returned', 'rolled_forward', 'set_off', 'paid_through'] as const) {
      expect(await droppedAfter(...histories[name])).toEqual([1, 2]);
    }
  });

  it('asks for few payouts at a time, and for each of them', async () => {
    let open = 0;
    let most = 0;
    const load = async () => {
      open += 1;
      most = Math.max(most, open);
      await Promise.resolve();
      open -= 1;
      return [];
    };
    const instructions = Array.from({ length: 60 }, (_, index) => instructionOf(`payout_${index}`));
    const dropped = await droppedPayments({ payouts: { load } }, instructions);
    expect([dropped.size, most]).toEqual([60, 25]);
  });
});
