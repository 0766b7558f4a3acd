import type { BankPayoutOutcome } from '../../../events/messages/bank-payout-outcome.v1.ts';
import { balancesOf } from '../../../src/ledger/balances.ts';
import { money } from '../../../src/money/money.ts';
import { sellerAccountIdFor } from '../../../src/platform/ids.ts';
import { endToEndIdFor } from '../../../src/settlement/bank-references.ts';
import { registerAccount } from '../../../src/settlement/register-account.ts';
import { marketplaceId } from '../../support/builders.ts';
import { settlementDesk } from './desk.ts';

const payoutAccountId = 'bank_hanbit_optics';
const bookedAt = '2026-07-10T06:00:00.000Z';

async function setUp() {
  const desk = settlementDesk({ payoutAccountId });
  const register = async (requestId: string) => {
    await registerAccount(desk.ports, { marketplaceId, payoutAccountId, country: 'KR', requestId });
    await desk.takeAll();
  };
  const pay = async () => {
    const payoutId = desk.release(1, 448_500n);
    await desk.takeAll();
    return payoutId;
  };
  const tell = (
    payoutId: string,
    outcome: BankPayoutOutcome['outcome'],
    endToEndId = endToEndIdFor(payoutId, 1),
  ) =>
    desk.consume({
      ...{ kind: 'bank_payout_outcome', version: 1, payoutId, endToEndId, outcome },
      messageId: `statement#${outcome.kind}#${endToEndId}`,
    });
  const batchId = () =>
    desk.records
      .flatMap(({ events }) => events)
      .flatMap((event) => (event.type === 'PayoutInstructionAdded' ? [event.batchId] : []))
      .at(-1) ?? '';
  return { desk, register, pay, tell, close: () => desk.deadline('batch_cutoff', batchId()) };
}

const confirmed = { kind: 'confirmed', bookedAt } as const;
const failed = { kind: 'failed', code: 'AC01', bookedAt } as const;
const returned = {
  kind: 'returned',
  returned: money('USD', 446_500n),
  code: 'AC04',
  bookedAt,
} as const;

/** Debits less credits of an account, in minor units. */
const balance = (desk: Awaited<ReturnType<typeof setUp>>['desk'], account: string): bigint =>
  balancesOf(desk.records.flatMap(({ journal }) => journal))
    .filter((one) => one.account === account)
    .reduce((sum, { debitMinor, creditMinor }) => sum + debitMinor - creditMinor, 0n);

describe('A payout by bank', () => {
  it('stands in a batch, with the account by reference and no person in any event', async () => {
    const { desk, register, pay } = await setUp();
    await register('req_1');
    const payoutId = await pay();
    expect(await desk.stateOf(payoutId)).toMatchObject({
      status: 'submitted',
      transferId: endToEndIdFor(payoutId, 1),
      accountReference: expect.stringMatching(/^bka_[0-9a-z]{26}$/),
    });
    expect(desk.rail.transfers).toEqual([]);
  });

  it('is settled by the statement, out of the bank’s account', async () => {
    const { desk, register, pay, tell, close } = await setUp();
    await register('req_1');
    const payoutId = await pay();
    expect(await close()).toEqual({ kind: 'done' });
    for (const _ of [1, 2]) expect(await tell(payoutId, confirmed)).toEqual({ kind: 'done' });
    expect(await desk.stateOf(payoutId)).toMatchObject({ status: 'settled' });
    expect([balance(desk, '2300'), balance(desk, '1200')]).toEqual([0n, -448_500n]);
  });

  it('is not confirmed by asking the provider', async () => {
    const { desk, register, pay } = await setUp();
    await register('req_1');
    const payoutId = await pay();
    const asked = await desk.consume({
      ...{ kind: 'deadline_passed', version: 1, deadline: 'payout_confirmation' },
      ...{ messageId: 'deadline#1', tradeId: 'trd_1', marketplaceId, subjectId: payoutId },
      dueAt: bookedAt,
    });
    expect(asked).toEqual({ kind: 'done' });
    expect(await desk.stateOf(payoutId)).toMatchObject({ status: 'submitted' });
  });

  it('without an account fails, and is made as soon as one is registered', async () => {
    const { desk, register, pay } = await setUp();
    const payoutId = await pay();
    expect(await desk.stateOf(payoutId)).toMatchObject({
      status: 'failed',
      code: 'account_unknown',
    });
    desk.advance(900);
    await register('req_1');
    expect(await desk.stateOf(payoutId)).toMatchObject({
      status: 'submitted',
      transferId: endToEndIdFor(payoutId, 2),
    });
  });
});

describe('A payout by bank that does not arrive', () => {
  it.each([
    ['refused before the debit', [failed]],
    ['given back after it, less what banks kept', [confirmed, returned]],
    ['given back before we heard of the debit', [returned]],
  ])('that is %s waits, and is paid to the next account once', async (_, outcomes) => {
    const { desk, register, pay, tell, close } = await setUp();
    await register('req_1');
    const payoutId = await pay();
    await close();
    for (const outcome of [...outcomes, ...outcomes]) {
      expect(await tell(payoutId, outcome)).toEqual({ kind: 'done' });
    }
    await desk.takeAll();
    expect([balance(desk, '2200'), balance(desk, '2300')]).toEqual([-448_500n, 0n]);

    desk.advance(86_400);
    await desk.deadline('payout_retry', payoutId);
    expect(desk.records.at(-1)?.events).toMatchObject([
      { type: 'PayoutRetryDeferred', code: 'account_unchanged' },
    ]);
    desk.advance(86_400);
    await register('req_2');
    await tell(payoutId, confirmed, endToEndIdFor(payoutId, 2));
    expect(await desk.stateOf(payoutId)).toMatchObject({
      ...{ status: 'settled', transferId: endToEndIdFor(payoutId, 2) },
    });
    const kept = outcomes.some(({ kind }) => kind === 'returned') ? 2_000n : 0n;
    expect([balance(desk, '1200'), balance(desk, '5500')]).toEqual([-448_500n - kept, kept]);
  });
});

describe('A payout by bank that was taken for failed, and was paid and came back', () => {
  it('is not paid to that account once more', async () => {
    const { desk, register, pay, tell, close } = await setUp();
    await register('req_1');
    const payoutId = await pay();
    await close();
    for (const outcome of [failed, confirmed, returned]) {
      expect(await tell(payoutId, outcome)).toEqual({ kind: 'done' });
      await desk.takeAll();
    }
    desk.advance(86_400);
    await desk.deadline('payout_retry', payoutId);
    expect(desk.records.at(-1)?.events).toMatchObject([
      { type: 'PayoutRetryDeferred', code: 'account_unchanged' },
    ]);
    await register('req_2');
    expect(await desk.stateOf(payoutId)).toMatchObject({ status: 'submitted' });
  });
});

describe('A payout by bank that stands in a batch, and whose worker died before it said so', () => {
  it.each([
    ['refused', [failed]],
    ['paid and given back', [confirmed, returned]],
    ['given back', [returned]],
  ])('and that is %s is not paid to that account once more', async (_, outcomes) => {
    const { desk, register, tell, close } = await setUp();
    await register('req_1');
    const payoutId = desk.release(1, 448_500n);
    desk.failNext('PayoutSubmitted');
    await desk.take(0);
    desk.waiting.splice(0);
    await close();
    expect(await desk.stateOf(payoutId)).toMatchObject({ status: 'requested' });
    for (const outcome of outcomes) {
      expect(await tell(payoutId, outcome)).toEqual({ kind: 'done' });
    }
    await desk.takeAll();
    desk.advance(86_400);
    await desk.deadline('payout_retry', payoutId);
    expect(desk.records.at(-1)?.events).toMatchObject([
      { type: 'PayoutRetryDeferred', code: 'account_unchanged' },
    ]);
  });
});

describe('A payout by bank of which a trifle is given back', () => {
  it('stays paid: nothing is owed again, and banks are said to have kept nothing', async () => {
    const { desk, register, pay, tell, close } = await setUp();
    await register('req_1');
    const payoutId = await pay();
    await close();
    await tell(payoutId, confirmed);
    const trifle = { ...returned, returned: money('USD', 1n) };
    expect(await tell(payoutId, trifle)).toMatchObject({
      ...{ kind: 'rejected', code: 'payout.returned_too_little' },
    });
    await desk.takeAll();
    desk.advance(86_400);
    await register('req_2');
    expect(await desk.stateOf(payoutId)).toMatchObject({ status: 'settled' });
    expect([balance(desk, '2200'), balance(desk, '5500')]).toEqual([0n, 0n]);
  });
});

describe('A payout by bank whose outcome is not plain', () => {
  it('is not tried again while its batch may still be sent', async () => {
    const { desk, register, pay, tell } = await setUp();
    await register('req_1');
    const payoutId = await pay();
    await tell(payoutId, failed);
    await desk.takeAll();
    desk.advance(900);
    await register('req_2');
    expect(await desk.deadline('payout_retry', payoutId)).toMatchObject({
      ...{ kind: 'too_early', code: 'payout.attempt_not_over' },
    });
  });

  it('is never touched by what the bank says of another attempt or another payment', async () => {
    const { desk, register, pay, tell, close } = await setUp();
    await register('req_1');
    const payoutId = await pay();
    await close();
    expect(await tell(payoutId, confirmed, 'TLSOMETHINGELSE')).toMatchObject({
      ...{ kind: 'rejected', code: 'payout.unknown_reference' },
    });
    await tell(payoutId, failed);
    desk.advance(900);
    await register('req_2');
    expect(await tell(payoutId, confirmed)).toMatchObject({ code: 'payout.second_transfer' });
    expect(await desk.stateOf(payoutId)).toMatchObject({ status: 'submitted' });
  });

  it('is kept under the seller’s account with this marketplace', () => {
    expect(sellerAccountIdFor('mkt_1', payoutAccountId)).not.toBe(
      sellerAccountIdFor('mkt_2', payoutAccountId),
    );
    expect(sellerAccountIdFor('mkt_1', 'acct_1')).toBe(sellerAccountIdFor('mkt_2', 'acct_1'));
  });
});
