import { SellerDebtIncurred } from '../../../events/escrow/seller-debt-incurred.v1.ts';
import type { SellerEvent } from '../../../events/index.ts';
import { TransferReversalRefused } from '../../../events/seller/transfer-reversal-refused.v1.ts';
import { TransferReversalRequested } from '../../../events/seller/transfer-reversal-requested.v1.ts';
import { TransferReversed } from '../../../events/seller/transfer-reversed.v1.ts';
import { money } from '../../../src/money/money.ts';
import { isCodedError } from '../../../src/platform/errors.ts';
import { reversalIdFor } from '../../../src/platform/ids.ts';
import type { Recallable } from '../../../src/settlement/decide-reversal.ts';
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
import { at, own } from './payout-states.ts';

const sellerAccountId = 'acct_1';
const { given } = specification({
  evolution: sellerEvolution,
  decide: (command: SellerCommand, state) => decideSeller(sellerAccountId, command, state),
});

const debt: SellerDebtIncurred = {
  ...sample(SellerDebtIncurred, 'escrow/seller-debt-incurred'),
  ...{ debtId: 'rfd_1', amount: money('USD', 1_000n) },
};
const recallableOf = (payoutId: string, availableMinor: bigint): Recallable => ({
  ...{ payoutId, milestoneId: 'delivery', transferId: `tr_of_${payoutId}`, stepMinor: 1n },
  available: money('USD', availableMinor),
});
const recordDebt = (...recallable: readonly Recallable[]): SellerCommand => ({
  ...{ type: 'RecordDebt', debt, recallable },
});
const reversalId = reversalIdFor(debt.debtId, 'payout_1');
const Recall = recordDebt(recallableOf('payout_1', 600n));
const Reversed: SellerCommand = {
  ...{ type: 'RecordTransferReversed', reversalId, providerReversalId: 'trr_1', at },
  amount: money('USD', 600n),
};
const Refuse: SellerCommand = {
  ...{ type: 'RefuseTransferReversal', reversalId, code: 'stripe.balance_insufficient', at },
};
const allocate = (minor: bigint): SellerCommand => ({
  ...{ type: 'AllocatePayout', payoutId: `payout_of_${minor}`, attempt: 1 },
  own: [{ ...own, amount: money('USD', minor) }],
});

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
const openMinor = (...commands: readonly SellerCommand[]) =>
  openDebts(stateAfter(...commands)).map(({ remaining }) => remaining.amountMinor);
const asked = (...commands: readonly SellerCommand[]) =>
  decidedBy(...commands)
    .filter((event) => event.type === 'TransferReversalRequested')
    .map(({ transferId, amount }) => `${transferId} ${amount.amountMinor}`);

const cases: readonly [string, readonly SellerCommand[], SellerCommand, string][] = [
  ['its intent stands with the debt', [], Recall, 'SellerDebtRecorded TransferReversalRequested'],
  ['once', [Recall], Recall, 'nothing'],
  ['not where there is no transfer', [], recordDebt(), 'SellerDebtRecorded'],
  ['nor anything left of it', [], recordDebt(recallableOf('p', 0n)), 'SellerDebtRecorded'],
  ['the provider has done it', [Recall], Reversed, 'TransferReversed'],
  ['told once', [Recall, Reversed], Reversed, 'nothing'],
  [
    'and no other',
    [Recall, Reversed],
    { ...Reversed, providerReversalId: 'trr_2' },
    'rejected seller.second_reversal',
  ],
  [
    'of its amount',
    [Recall],
    { ...Reversed, amount: money('USD', 599n) },
    'rejected seller.reversal_differs',
  ],
  [
    'in its currency',
    [Recall],
    { ...Reversed, amount: money('EUR', 600n) },
    'rejected seller.reversal_differs',
  ],
  ['that somebody asked for', [], Reversed, 'rejected seller.reversal_unknown'],
  ['the provider has refused it', [Recall], Refuse, 'TransferReversalRefused'],
  ['told once too', [Recall, Refuse], Refuse, 'nothing'],
  ['not after it was done', [Recall, Reversed], Refuse, 'nothing'],
  ['nor where nobody asked', [], Refuse, 'rejected seller.reversal_unknown'],
  ['it was refused and done after all', [Recall, Refuse], Reversed, 'TransferReversed'],
];

describe('A transfer that is taken back for a debt', () => {
  it.each([...cases])('%s (after %j)', (_, before, command, outcome) => {
    expect(summaryOf(given(...decidedBy(...before)).when(command).decision)).toBe(outcome);
  });

  it('gives no more than the debt, of one transfer after the other', () => {
    const [first, second] = [recallableOf('payout_1', 600n), recallableOf('payout_2', 600n)];
    expect(asked(recordDebt(first, second))).toEqual(['tr_of_payout_1 600', 'tr_of_payout_2 400']);
    expect(asked(recordDebt(recallableOf('payout_1', 5_000n)))).toEqual(['tr_of_payout_1 1000']);
  });

  it('gives no more than other debts have left of it, unless they were refused', () => {
    const other: SellerCommand = {
      ...{ type: 'RecordDebt', debt: { ...debt, debtId: 'rfd_2' } },
      recallable: [recallableOf('payout_1', 1_500n)],
    };
    const whole = recordDebt(recallableOf('payout_1', 1_500n));
    expect(asked(whole, other)).toEqual(['tr_of_payout_1 1000', 'tr_of_payout_1 500']);
    expect(asked(whole, Refuse, other)).toEqual(['tr_of_payout_1 1000', 'tr_of_payout_1 1000']);
  });

  it('gives whole steps of its currency, and none of another', () => {
    const inTens = { ...recallableOf('payout_1', 605n), stepMinor: 10n };
    expect(asked(recordDebt(inTens))).toEqual(['tr_of_payout_1 600']);
    const euros = { ...recallableOf('payout_1', 1n), available: money('EUR', 600n) };
    expect(asked(recordDebt(euros))).toEqual([]);
  });

  it('takes that part of the debt from netting as soon as it is asked for, until it is refused', () => {
    expect(openMinor(Recall)).toEqual([400n]);
    expect(openMinor(Recall, Reversed)).toEqual([400n]);
    expect(openMinor(Recall, Refuse)).toEqual([1_000n]);
    expect(openMinor(Recall, allocate(5_000n))).toEqual([]);
    const [netted] = decidedBy(Recall, allocate(5_000n)).slice(-1);
    expect(netted).toMatchObject({ recovered: [{ amount: money('USD', 400n) }] });
  });

  it.each([
    ['not netted', [], undefined, []],
    ['netted in part', [allocate(700n)], 300n, [300n]],
    ['netted in whole', [allocate(5_000n)], 600n, [600n]],
  ] as const)(
    'refused and done after all, of a debt %s, is owed again as far as the debt is paid',
    (_, netted, owed, waiting) => {
      const late = decidedBy(Recall, Refuse, ...netted, Reversed).at(-1);
      expect(late).toMatchObject({ type: 'TransferReversed', amount: money('USD', 600n) });
      expect(late && 'owed' in late ? late.owed?.amountMinor : undefined).toBe(owed);
      const state = stateAfter(Recall, Refuse, ...netted, Reversed);
      expect(waitingCredits(state).map(({ amount }) => amount.amountMinor)).toEqual(waiting);
    },
  );

  const request = sample(TransferReversalRequested, 'seller/transfer-reversal-requested');
  const reversed = sample(TransferReversed, 'seller/transfer-reversed');
  const refused = sample(TransferReversalRefused, 'seller/transfer-reversal-refused');
  const recorded = decidedBy({ type: 'RecordDebt', debt: { ...debt, debtId: request.debtId } });
  const enough = recorded.map((event) => ({ ...event, amount: money('USD', 97_500n) }));

  it.each<[string, readonly SellerEvent[]]>([
    ['a reversal of no debt', [request]],
    ['one of more than is open', [...recorded, request]],
    ['one twice', [...(enough as SellerEvent[]), request, request]],
    ['one that nobody asked for', [...(enough as SellerEvent[]), reversed]],
    ['a refusal that nobody asked for', [...(enough as SellerEvent[]), refused]],
    ['one done twice', [...(enough as SellerEvent[]), request, reversed, reversed]],
    [
      'one that is owed again though it was not refused',
      [...(enough as SellerEvent[]), request, { ...reversed, owed: money('USD', 1n) }],
    ],
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
