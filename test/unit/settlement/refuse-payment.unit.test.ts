import { RefusePayment } from '../../../events/finance/refuse-payment.v1.ts';
import type { PayoutEvent } from '../../../events/index.ts';
import { balancesOf } from '../../../src/ledger/balances.ts';
import { presentPayout } from '../../../src/process/payout-view.ts';
import { endToEndIdFor, uetrFor } from '../../../src/settlement/bank-references.ts';
import { approveRefusal, proposeRefusal } from '../../../src/settlement/refuse-payment.ts';
import { registerAccount } from '../../../src/settlement/register-account.ts';
import { marketplaceId, story } from '../../support/builders.ts';
import { settlementDesk } from './desk.ts';
import { given } from './payout-matrix.ts';
import { at, histories, payoutFailed, type StateName, transferId } from './payout-states.ts';

const payoutAccountId = 'bank_hanbit_optics';
const bookedAt = '2026-07-10T06:00:00.000Z';

/** A payment of 4,485.00 USD by bank, in a batch that is closed unless it is said otherwise. */
async function atBank({ isClosed = true } = {}) {
  const desk = settlementDesk({ payoutAccountId });
  let requests = 0;
  const register = async () => {
    requests += 1;
    const account = { marketplaceId, payoutAccountId, country: 'KR' };
    await registerAccount(desk.ports, { ...account, requestId: `req_${requests}` });
    await desk.takeAll();
  };
  await register();
  const payoutId = desk.release(1, 448_500n);
  await desk.takeAll();
  const events = () => desk.records.flatMap((record) => record.events);
  const [batchId = ''] = events().flatMap((event) =>
    event.type === 'PayoutInstructionAdded' ? [event.batchId] : [],
  );
  if (isClosed) await desk.deadline('batch_cutoff', batchId);
  const requestOf = (by: string, of = marketplaceId) => {
    requests += 1;
    return { marketplaceId: of, payoutId, by, requestId: `req_${requests}` };
  };
  const seen = new Set<string>();
  const ports = {
    ...desk.ports,
    isSeen: async ({ endToEndId, uetr }: { endToEndId: string; uetr: string }) =>
      seen.has(endToEndId) || seen.has(uetr),
  };
  return {
    ...{ desk, payoutId, register, events, seen },
    propose: (by: string, code = 'AC01', endToEndId = endToEndIdFor(payoutId, 1)) =>
      proposeRefusal(ports, requestOf(by), { endToEndId, code }),
    /** For a reason that the account is not at fault for, as our own balance. */
    proposeOurs: (by: string, code = 'AM04') =>
      proposeRefusal(ports, requestOf(by), {
        ...{ endToEndId: endToEndIdFor(payoutId, 1), code, accountAtFault: false },
      }),
    approve: (by: string) => approveRefusal(ports, requestOf(by)),
    byAnother: () => approveRefusal(ports, requestOf('key_9', 'mkt_2')),
    debit: () =>
      desk.consume({
        ...{ kind: 'bank_payout_outcome', version: 1, payoutId, messageId: 'statement#1' },
        ...{ endToEndId: endToEndIdFor(payoutId, 1), outcome: { kind: 'confirmed', bookedAt } },
      }),
    inTransit: () =>
      balancesOf(desk.records.flatMap(({ journal }) => journal))
        .filter(({ account }) => account === '2300')
        .reduce((sum, { debitMinor, creditMinor }) => sum + creditMinor - debitMinor, 0n),
  };
}

describe('That the bank refused a payment before its debit', () => {
  it('changes no books until another person agrees', async () => {
    const { desk, payoutId, propose, approve, inTransit, events } = await atBank();
    expect(await propose('ann')).toMatchObject({ kind: 'appended' });
    expect(desk.records.at(-1)).toMatchObject({ journal: [] });
    expect(presentPayout(payoutId, await desk.stateOf(payoutId))).toMatchObject({
      ...{ status: 'submitted', refusal: { code: 'AC01', by: 'ann' } },
    });
    expect(inTransit()).toBe(448_500n);
    expect(await approve('bob')).toMatchObject({ kind: 'appended' });
    expect(events().at(-1)).toMatchObject({
      ...{ type: 'PayoutFailed', attempt: 1, code: 'AC01', failedAt: desk.clock.at },
      ...{ transferId: endToEndIdFor(payoutId, 1), proposedBy: 'ann', approvedBy: 'bob' },
    });
    expect(inTransit()).toBe(0n);
  });

  it('is not agreed to by the person who said so, nor where nobody did', async () => {
    const { propose, approve, inTransit } = await atBank();
    expect(await approve('bob')).toMatchObject({ code: 'payout.nothing_proposed' });
    await propose('ann');
    expect(await approve('ann')).toMatchObject({ kind: 'rejected', code: 'payout.same_person' });
    expect(inTransit()).toBe(448_500n);
  });

  it('is said once, and replaced by another reason or person', async () => {
    const { propose, approve, events } = await atBank();
    await propose('ann');
    expect(await propose('ann')).toMatchObject({ kind: 'unchanged' });
    expect(await propose('ann', 'AC04')).toMatchObject({ kind: 'appended' });
    expect(await propose('bob', 'AC04')).toMatchObject({ kind: 'appended' });
    expect(await approve('bob')).toMatchObject({ code: 'payout.same_person' });
    await approve('ann');
    for (const again of [approve('ann'), approve('bob'), propose('ann')]) {
      expect(await again).toMatchObject({ kind: 'unchanged' });
    }
    expect(events().filter(({ type }) => type === 'PayoutFailed')).toMatchObject([
      { code: 'AC04' },
    ]);
  });
});

describe('Whether the account is at fault for a refusal', () => {
  it('is seen by whoever is to agree, and is part of what is said', async () => {
    const { desk, payoutId, propose, proposeOurs } = await atBank();
    const shown = async () => presentPayout(payoutId, await desk.stateOf(payoutId));
    await propose('ann', 'AM04');
    expect(await shown()).toMatchObject({ refusal: { code: 'AM04', accountAtFault: true } });
    expect(await proposeOurs('ann')).toMatchObject({ kind: 'appended' });
    expect(await proposeOurs('ann')).toMatchObject({ kind: 'unchanged' });
    expect(await shown()).toMatchObject({ refusal: { code: 'AM04', accountAtFault: false } });
    expect(await propose('ann', 'AM04')).toMatchObject({ kind: 'appended' });
    expect(await shown()).toMatchObject({ refusal: { code: 'AM04', accountAtFault: true } });
  });

  it('is said to be where nothing is said of it', async () => {
    const { propose, approve, events } = await atBank();
    await propose('ann');
    await approve('bob');
    for (const event of events().slice(-2)) expect(event).not.toHaveProperty('accountAtFault');
  });

  it('is true or false', () => {
    const isTaken = (accountAtFault: unknown) =>
      RefusePayment.safeParse({ endToEndId: 'TL1', code: 'AM04', accountAtFault }).success;
    expect([true, false, undefined, 'no'].map(isTaken)).toEqual([true, true, true, false]);
  });
});

describe('A payment that persons say the bank refused', () => {
  it('is not paid again by that: it takes another account, and the pause', async () => {
    const { desk, payoutId, register, propose, approve } = await atBank();
    await propose('ann');
    await approve('bob');
    await desk.takeAll();
    await desk.deadline('payout_retry', payoutId);
    expect(await desk.stateOf(payoutId)).toMatchObject({ status: 'failed' });
    desk.advance(86_400);
    await desk.deadline('payout_retry', payoutId);
    expect(await desk.stateOf(payoutId)).toMatchObject({ status: 'failed' });
    await register();
    expect(await desk.stateOf(payoutId)).toMatchObject({
      ...{ status: 'submitted', transferId: endToEndIdFor(payoutId, 2) },
    });
    const old = await propose('ann');
    expect(old).toMatchObject({ kind: 'rejected', code: 'payout.unknown_reference' });
  });

  it('is paid again to the same account after the pause, where that was not at fault', async () => {
    const { desk, payoutId, proposeOurs, approve, events } = await atBank();
    await proposeOurs('ann');
    await approve('bob');
    expect(events().slice(-2)).toMatchObject([
      { type: 'PayoutRefusalProposed', code: 'AM04', accountAtFault: false },
      { type: 'PayoutFailed', code: 'AM04', accountAtFault: false },
    ]);
    await desk.takeAll();
    await desk.deadline('payout_retry', payoutId);
    expect(await desk.stateOf(payoutId)).toMatchObject({ status: 'failed' });
    desk.advance(86_400);
    await desk.deadline('payout_retry', payoutId);
    await desk.takeAll();
    expect(await desk.stateOf(payoutId)).toMatchObject({
      ...{ status: 'submitted', transferId: endToEndIdFor(payoutId, 2) },
    });
    const [first, second] = events().filter((event) => event.type === 'PayoutSubmitted');
    expect(second?.accountReference).toBe(first?.accountReference);
  });

  it('is settled by its debit, whichever comes first', async () => {
    const first = await atBank();
    await first.propose('ann');
    await first.debit();
    for (const refused of [first.propose('ann'), first.approve('bob')]) {
      expect(await refused).toMatchObject({ kind: 'rejected', code: 'payout.already_debited' });
    }
    const later = await atBank();
    await later.propose('ann');
    await later.approve('bob');
    expect(await later.debit()).toEqual({ kind: 'done' });
    expect(await later.desk.stateOf(later.payoutId)).toMatchObject({ status: 'settled' });
    expect([first.inTransit(), later.inTransit()]).toEqual([0n, 0n]);
  });

  it('is one that the bank has, by the name that it has there', async () => {
    const { propose } = await atBank();
    expect(await propose('ann', 'AC01', 'TL0')).toMatchObject({ code: 'payout.unknown_reference' });
    const open = await atBank({ isClosed: false });
    expect(await open.propose('ann')).toMatchObject({ kind: 'rejected', code: 'payout.not_sent' });
  });

  it('is nothing that another marketplace sees', async () => {
    const { byAnother, propose } = await atBank();
    await propose('ann');
    expect(await byAnother()).toBeUndefined();
  });

  it('is refused for a code of at most 35 letters, digits, dots and dashes', () => {
    const isTaken = (code: string) => RefusePayment.safeParse({ endToEndId: 'TL1', code }).success;
    expect(['AC01', 'x'.repeat(35)].map(isTaken)).toEqual([true, true]);
    expect(['', 'x'.repeat(36), 'not known'].map(isTaken)).toEqual([false, false, false]);
  });
});

describe('A payment that is said to be refused', () => {
  it.each([
    ['end-to-end id', endToEndIdFor],
    ['UETR', uetrFor],
  ])('is none that a line of a statement names by its %s', async (_, nameOf) => {
    const { payoutId, propose, approve, seen, inTransit } = await atBank();
    seen.add(nameOf(payoutId, 1));
    const wrong = { kind: 'rejected', code: 'payout.line_seen' };
    expect(await propose('ann')).toMatchObject(wrong);
    seen.clear();
    await propose('ann');
    seen.add(nameOf(payoutId, 1));
    expect(await approve('bob')).toMatchObject(wrong);
    expect(inTransit()).toBe(448_500n);
    seen.clear();
    expect(await approve('bob')).toMatchObject({ kind: 'appended' });
  });
});

describe('A refusal', () => {
  const propose = {
    type: 'ProposeRefusal',
    isSeen: false,
    transferId,
    code: 'AC01',
    isSent: true,
  } as const;
  const approve = { type: 'ApproveRefusal', isSeen: false, by: 'bob', at } as const;
  const byBank = (status: StateName): readonly PayoutEvent[] =>
    histories[status].map((event) => ('rail' in event ? { ...event, rail: 'bank_file' } : event));
  const waiting = 'payout.not_submitted';

  it.each([
    ['not_requested', waiting],
    ['requested', waiting],
    ['failed', waiting],
    ['reissued', waiting],
    ['rolled_forward', waiting],
    ['set_off', waiting],
    ['paid_through', waiting],
    ['settled', 'payout.already_debited'],
    ['returned', 'payout.already_debited'],
  ] as const)('of a payout that is %s is none', (status, code) => {
    const decisions = [{ ...propose, by: 'ann', at }, approve].map(
      (command) => given(...byBank(status)).when(command).decision,
    );
    expect(decisions).toMatchObject([{ code }, { code }]);
  });

  it('of a transfer at a provider is none', () => {
    given(...histories.submitted)
      .when({ ...propose, by: 'ann', at })
      .thenRejected('payout.not_by_bank');
  });

  it('of another payment than the one that was refused is none', () => {
    given(...byBank('submitted'), { ...payoutFailed, rail: 'bank_file', transferId })
      .when({ ...propose, transferId: 'TL0', by: 'ann', at })
      .thenRejected(waiting);
  });

  it('that was proposed stands no longer once the payment is debited', () => {
    const { payoutSettled } = story;
    const proposed: PayoutEvent = {
      ...{ type: 'PayoutRefusalProposed', version: 1, payoutId: payoutFailed.payoutId, attempt: 1 },
      ...{ transferId, code: 'AC01', proposedBy: 'ann', proposedAt: at },
    };
    const settled = given(...byBank('submitted'), proposed, payoutSettled);
    settled.when(approve).thenRejected('payout.already_debited');
  });
});
