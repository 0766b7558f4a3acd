import { money } from '../../../src/money/money.ts';
import type { Corridor } from '../../../src/settlement/corridors.ts';
import { impairAccount, stripeAccountChanged } from '../../../src/settlement/seller-desk.ts';
import { recordProviderTransfer } from '../../../src/settlement/settle.ts';
import { providerTransfer } from '../../support/fake-rail.ts';
import { releaseOf, settlementDesk } from './desk.ts';

const accountId = 'acct_sandbox_harbor_motion';

/** A payout that failed because its account can't be paid. */
async function failed() {
  const desk = settlementDesk();
  desk.rail.block('transfers_inactive');
  const payoutId = desk.release(1, 1_000n);
  await desk.takeAll();
  const changed = (cause = 'evt_1') => stripeAccountChanged(desk.ports, { accountId, cause });
  return { desk, payoutId, changed };
}

describe('A payout to an account that can’t be paid', () => {
  it('fails before anything is sent, and waits with its reason', async () => {
    const { desk, payoutId } = await failed();
    expect(desk.rail.transfers).toEqual([]);
    expect(await desk.stateOf(payoutId)).toMatchObject({
      ...{ status: 'failed', code: 'transfers_inactive' },
    });
    expect((await desk.seller()).waiting.get(payoutId)).toEqual({
      ...{ attempt: 1, code: 'transfers_inactive' },
    });
  });

  it('is tried again once the account changed, as another attempt', async () => {
    const { desk, payoutId, changed } = await failed();
    desk.rail.block();
    desk.advance(900);
    await changed();
    await desk.takeAll();
    expect(desk.rail.transfers).toMatchObject([
      { payoutId, attempt: 2, amount: money('USD', 1_000n) },
    ]);
    expect(await desk.stateOf(payoutId)).toMatchObject({ status: 'submitted' });
    expect((await desk.seller()).waiting.size).toBe(0);
  });

  it('is not tried again while a worker may still be sending the old attempt', async () => {
    const { desk, payoutId, changed } = await failed();
    desk.rail.block();
    desk.advance(899);
    expect(await changed()).toMatchObject({ kind: 'too_early', code: 'payout.retry_pause' });
    expect(await desk.stateOf(payoutId)).toMatchObject({ status: 'failed' });
  });

  it('goes on with the transfer that a slow worker made after all', async () => {
    const { desk, payoutId, changed } = await failed();
    const transfer = providerTransfer({
      ...{ transferId: 'tr_late', payoutId, amount: money('USD', 1_000n) },
    });
    desk.rail.transfers.push(transfer);
    desk.rail.block();
    desk.advance(900);
    await changed();
    expect(await desk.stateOf(payoutId)).toMatchObject({
      ...{ status: 'settled', transferId: 'tr_late' },
    });
    expect(desk.rail.transfers).toEqual([transfer]);
  });
});

describe('A payout that waits', () => {
  it('stays as it is where the account changed and still can’t be paid', async () => {
    const { desk, payoutId, changed } = await failed();
    desk.advance(900);
    await changed();
    expect(desk.types().filter((type) => type === 'PayoutRetryDeferred')).toEqual([]);
    expect(await desk.stateOf(payoutId)).toMatchObject({ status: 'failed' });
  });

  it('is looked at each day, with the reason on record, and tried when it can be', async () => {
    const { desk, payoutId } = await failed();
    desk.advance(86_400);
    expect(await desk.deadline('payout_retry', payoutId)).toEqual({ kind: 'done' });
    expect(desk.records.at(-1)?.events).toMatchObject([
      { type: 'PayoutRetryDeferred', code: 'transfers_inactive', attempt: 1 },
    ]);
    desk.rail.block();
    desk.advance(86_400);
    await desk.deadline('payout_retry', payoutId);
    expect(await desk.stateOf(payoutId)).toMatchObject({ status: 'submitted' });
    expect(await desk.deadline('payout_retry', payoutId)).toEqual({ kind: 'done' });
    expect(desk.rail.transfers).toHaveLength(1);
  });

  it('is netted against what the seller has come to owe meanwhile', async () => {
    const { desk, payoutId, changed } = await failed();
    desk.owe('dp_1', 400n);
    await desk.takeAll();
    desk.rail.block();
    desk.advance(900);
    await changed();
    expect(desk.rail.transfers).toMatchObject([{ payoutId, amount: money('USD', 600n) }]);
  });

  it('that nobody has requested waits for its request', async () => {
    const { desk } = await failed();
    expect(await desk.deadline('payout_retry', 'payout_nobody')).toMatchObject({
      ...{ kind: 'too_early', code: 'payout.not_requested' },
    });
  });
});

describe('A payout that is tried again for less than the least of its seller’s country', () => {
  const { sellerCountry: country } = releaseOf(1, 0n);
  const minimum = money('USD', 500n);
  const least: Corridor = { country, currency: 'USD', rails: ['stripe_transfer'], minimum };
  const elsewhere: Corridor = { rails: ['stripe_transfer', 'bank_file'] };

  it.each([
    ['waits for the next one, as one that is paid at once would', [least, elsewhere], []],
    [
      'is paid where the least is another country’s',
      [{ ...least, country: 'AT' }, elsewhere],
      [400n],
    ],
  ])('%s', async (_, corridors, amounts) => {
    const desk = settlementDesk({ corridors });
    desk.rail.block('transfers_inactive');
    const payoutId = desk.release(1, 600n);
    await desk.takeAll();
    expect(await desk.stateOf(payoutId)).toMatchObject({ status: 'failed' });
    desk.owe('dp_1', 200n);
    await desk.takeAll();
    desk.rail.block();
    desk.advance(900);
    await stripeAccountChanged(desk.ports, { accountId, cause: 'evt_1' });
    await desk.takeAll();
    expect(desk.rail.transfers.map(({ amount }) => amount.amountMinor)).toEqual(amounts);
    const status = amounts.length === 0 ? 'rolled_forward' : 'submitted';
    expect(await desk.stateOf(payoutId)).toMatchObject({ status });
  });
});

describe('A payout that the provider refuses for good', () => {
  it('fails with the provider’s code once it is certain that there is none', async () => {
    const desk = settlementDesk();
    desk.rail.refuse('stripe.parameter_invalid_integer');
    const payoutId = desk.release(1, 1_000n);
    await desk.takeAll();
    expect(await desk.stateOf(payoutId)).toMatchObject({
      ...{ status: 'failed', code: 'stripe.parameter_invalid_integer' },
    });
  });

  it('does not fail while the provider may have it', async () => {
    const desk = settlementDesk();
    desk.rail.refuse('stripe.idempotency_error');
    const payoutId = desk.release(1, 1_000n);
    const isOver = async () => false;
    const rails = { ...desk.ports.rails, stripe_transfer: { ...desk.rail.port, isOver } };
    Object.assign(desk.ports, { rails });
    await desk.take(0);
    expect(await desk.stateOf(payoutId)).toMatchObject({ status: 'requested' });
  });
});

describe('An account whose bank refused a payout of Stripe’s', () => {
  it('gets no more until it changes', async () => {
    const desk = settlementDesk();
    await impairAccount(desk.ports, { accountId, cause: 'evt_1' }, 'account_closed');
    const payoutId = desk.release(1, 1_000n);
    await desk.takeAll();
    expect(await desk.stateOf(payoutId)).toMatchObject({
      ...{ status: 'failed', code: 'account_closed' },
    });
    desk.advance(900);
    await stripeAccountChanged(desk.ports, { accountId, cause: 'evt_2' });
    expect(await desk.stateOf(payoutId)).toMatchObject({ status: 'submitted' });
    expect((await desk.seller()).impairedBy).toBeUndefined();
  });
});

describe('A transfer that was taken back', () => {
  it('is owed again and goes with the seller’s next payout, after their debts', async () => {
    const desk = settlementDesk();
    const payoutId = desk.release(1, 1_000n);
    await desk.takeAll();
    desk.rail.reverse('tr_1', money('USD', 300n));
    const [transfer] = desk.rail.transfers;
    if (transfer === undefined) throw new Error('There is no transfer.');
    for (const cause of ['evt_1', 'evt_1', 'evt_2']) {
      await recordProviderTransfer(desk.ports, { payoutId, cause }, transfer);
    }
    await desk.takeAll();
    desk.owe('dp_1', 100n);
    await desk.takeAll();
    desk.release(2, 50n);
    await desk.takeAll();
    expect(desk.rail.transfers[1]).toMatchObject({ amount: money('USD', 250n) });
    expect(await desk.stateOf(payoutId)).toMatchObject({ reversed: money('USD', 300n) });
  });
});

describe('A worker that took too long from its look to its act', () => {
  it('looks again before it sends anything', async () => {
    const desk = settlementDesk();
    const find = async () => {
      desk.advance(61);
      return undefined;
    };
    const rails = { ...desk.ports.rails, stripe_transfer: { ...desk.rail.port, find } };
    Object.assign(desk.ports, { rails });
    const payoutId = desk.release(1, 1_000n);
    await desk.take(0);
    expect(desk.rail.transfers).toEqual([]);
    expect(await desk.stateOf(payoutId)).toMatchObject({ status: 'requested' });
  });
});
