import { SellerDebtIncurred } from '../../../events/escrow/seller-debt-incurred.v1.ts';
import type { SellerEvent } from '../../../events/index.ts';
import { money } from '../../../src/money/money.ts';
import { isCodedError } from '../../../src/platform/errors.ts';
import { decideSeller, type SellerCommand } from '../../../src/settlement/seller.ts';
import {
  evolveSeller,
  newSeller,
  openDebts,
  sellerEvolution,
  waitingCredits,
} from '../../../src/settlement/seller-state.ts';
import { sample } from '../../support/builders.ts';
import { specification, summaryOf } from '../../support/given.ts';
import { at, carriedPart, own } from './payout-states.ts';

const sellerAccountId = 'acct_1';
const { given } = specification({
  evolution: sellerEvolution,
  decide: (command: SellerCommand, state) => decideSeller(sellerAccountId, command, state),
});

const incurred = sample(SellerDebtIncurred, 'escrow/seller-debt-incurred');
const { debtId, amount: owed } = incurred;
const RecordDebt = { type: 'RecordDebt', debt: incurred } as const;
const WriteOffDebt: SellerCommand = {
  ...{ type: 'WriteOffDebt', debtId, reason: 'insolvent', by: 'key_1', at },
  limitMinor: owed.amountMinor,
  isBlocked: false,
};
const Allocate: SellerCommand = {
  ...{ type: 'AllocatePayout', payoutId: 'payout_1', attempt: 1 },
  own: [own],
};
const Release = { type: 'ReleaseAllocation', allocationId: 'payout_1' } as const;
const Carry: SellerCommand = {
  ...{ type: 'CarryCredit', creditId: 'payout_other_sample', reason: 'below_minimum' },
  parts: [carriedPart],
};
const LetWait = { type: 'LetWait', payoutId: 'payout_1', attempt: 1, code: 'inactive' } as const;
const Resume = { type: 'Resume', payoutId: 'payout_1', attempt: 2 } as const;
const Register: SellerCommand = {
  ...{ type: 'RegisterAccount', payoutAccountId: 'bank_1', accountReference: 'bka_1' },
  ...{ country: 'KR', at },
};
const Impair = { type: 'ImpairAccount', payoutAccountId: 'acct_1', code: 'closed', at } as const;
const Restore = { type: 'RestoreAccount', payoutAccountId: 'acct_1', at } as const;

/** The events that the commands lead to, one after the other. */
function decidedBy(...commands: readonly SellerCommand[]): readonly SellerEvent[] {
  const events: SellerEvent[] = [];
  for (const command of commands) {
    const state = events.reduce(evolveSeller, newSeller);
    const decision = decideSeller(sellerAccountId, command, state);
    if (decision.kind === 'decided') events.push(...decision.events);
  }
  return events;
}

const stateAfter = (...commands: readonly SellerCommand[]) =>
  decidedBy(...commands).reduce(evolveSeller, newSeller);

/** What is true of a seller, after which commands, which command, and what it leads to. */
const cases: readonly [string, readonly SellerCommand[], SellerCommand, string][] = [
  ['a debt is recorded', [], RecordDebt, 'SellerDebtRecorded'],
  ['once', [RecordDebt], RecordDebt, 'nothing'],
  [
    'and not with another amount',
    [RecordDebt],
    { ...RecordDebt, debt: { ...incurred, amount: money('USD', 1n) } },
    'rejected seller.debt_differs',
  ],
  [
    'nor in another currency',
    [RecordDebt],
    { ...RecordDebt, debt: { ...incurred, amount: money('EUR', owed.amountMinor) } },
    'rejected seller.debt_differs',
  ],
  ['a debt is given up', [RecordDebt], WriteOffDebt, 'SellerDebtWrittenOff'],
  ['only one there is', [], WriteOffDebt, 'rejected seller.debt_unknown'],
  ['once', [RecordDebt, WriteOffDebt], WriteOffDebt, 'nothing'],
  [
    'and only what is left of it',
    [RecordDebt, Allocate],
    WriteOffDebt,
    'rejected seller.debt_closed',
  ],
  ['a payout is netted against a debt', [RecordDebt], Allocate, 'SellerPayoutAllocated'],
  ['a payout takes waiting money along', [Carry], Allocate, 'SellerPayoutAllocated'],
  ['each attempt once', [RecordDebt, Allocate], Allocate, 'nothing'],
  ['and nothing is recorded where nothing is open', [], Allocate, 'nothing'],
  ['an allocation is released', [RecordDebt, Allocate], Release, 'SellerAllocationReleased'],
  ['once', [RecordDebt, Allocate, Release], Release, 'nothing'],
  ['if there is one', [], Release, 'nothing'],
  ['a credit waits', [], Carry, 'SellerCreditCarried'],
  ['once', [Carry], Carry, 'nothing'],
  ['even if a payout has taken it', [Carry, Allocate], Carry, 'nothing'],
  ['a payout waits', [], LetWait, 'SellerPayoutWaiting'],
  ['once', [LetWait], LetWait, 'nothing'],
  ['with its later attempt', [LetWait], { ...LetWait, attempt: 2 }, 'SellerPayoutWaiting'],
  ['it goes on', [LetWait], Resume, 'SellerPayoutResumed'],
  ['if it waits', [], Resume, 'nothing'],
  [
    'with a later attempt than the one that failed',
    [LetWait],
    { ...Resume, attempt: 1 },
    'nothing',
  ],
  ['what failed before does not let it wait again', [LetWait, Resume], LetWait, 'nothing'],
  ['an account is registered', [], Register, 'PayoutAccountRegistered'],
  ['once', [Register], Register, 'nothing'],
  [
    'until it changes',
    [Register],
    { ...Register, accountReference: 'bka_2' },
    'PayoutAccountRegistered',
  ],
  ['an account is impaired', [], Impair, 'PayoutAccountImpaired'],
  ['once', [Impair], Impair, 'nothing'],
  ['and restored', [Impair], Restore, 'PayoutAccountRestored'],
  ['if it was impaired', [], Restore, 'nothing'],
  ['and impaired again', [Impair, Restore], Impair, 'PayoutAccountImpaired'],
];

describe('A seller', () => {
  it.each([...cases])('of whom %s (after %j)', (_, before, command, outcome) => {
    expect(summaryOf(given(...decidedBy(...before)).when(command).decision)).toBe(outcome);
  });

  it('owes what is neither recovered nor given up', () => {
    expect(openDebts(stateAfter(RecordDebt))).toMatchObject([{ debtId, remaining: owed }]);
    const small = { ...own, amount: money('USD', 500n) };
    const netted = stateAfter(RecordDebt, { ...Allocate, own: [small] });
    expect(openDebts(netted)).toMatchObject([{ remaining: money('USD', owed.amountMinor - 500n) }]);
    expect(openDebts(stateAfter(RecordDebt, Allocate))).toEqual([]);
    expect(openDebts(stateAfter(RecordDebt, WriteOffDebt))).toEqual([]);
  });

  it('has waiting what no payout has taken, and again what was released', () => {
    expect(waitingCredits(stateAfter(Carry))).toEqual([carriedPart]);
    expect(waitingCredits(stateAfter(Carry, Allocate))).toEqual([]);
    expect(waitingCredits(stateAfter(Carry, Allocate, Release))).toEqual([carriedPart]);
    const again = stateAfter(RecordDebt, Carry, Allocate, Release, Allocate, Release);
    expect(waitingCredits(again)).toEqual([carriedPart]);
    expect(openDebts(again)).toMatchObject([{ remaining: owed }]);
  });

  it('keeps what waits in another currency', () => {
    const euros = { ...carriedPart, amount: money('EUR', 7n) };
    const state = stateAfter({ ...Carry, parts: [euros] }, RecordDebt, Allocate);
    expect(waitingCredits(state)).toEqual([euros]);
  });

  it.each<[string, readonly SellerEvent[]]>([
    ['a debt twice', [...decidedBy(RecordDebt), ...decidedBy(RecordDebt)]],
    ['a credit twice', [...decidedBy(Carry), ...decidedBy(Carry)]],
    [
      'an allocation twice',
      [...decidedBy(RecordDebt, Allocate), ...decidedBy(Carry, Allocate).slice(1)],
    ],
    ['more recovered than owed', decidedBy(RecordDebt, Allocate).slice(1)],
    ['a release of nothing', decidedBy(RecordDebt, Allocate, Release).slice(2)],
    ['a payout that goes on and never waited', decidedBy(LetWait, Resume).slice(1)],
  ])('has no history with %s', (_, events) => {
    let code: string | undefined;
    try {
      events.reduce(evolveSeller, newSeller);
    } catch (error) {
      code = isCodedError(error) ? error.code : undefined;
    }
    expect(code).toBe('seller.illegal_history');
  });
});
