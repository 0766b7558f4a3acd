import type { PayoutEvent } from '../../../events/index.ts';
import { PayoutReversed } from '../../../events/payout/payout-reversed.v1.ts';
import { money } from '../../../src/money/money.ts';
import { compareTransfers } from '../../../src/settlement/compare-transfers.ts';
import { payoutEvolution } from '../../../src/settlement/payout-state.ts';
import type { ProviderTransfer } from '../../../src/settlement/ports.ts';
import { payoutId, sample, story } from '../../support/builders.ts';
import { providerTransfer } from '../../support/fake-rail.ts';

const { payoutRequested: requested, payoutSubmitted, payoutSettled: settled } = story;
const { transferId } = payoutSubmitted;
const { amount } = requested;

const booked = (...events: readonly PayoutEvent[]) => [
  { payoutId, state: events.reduce(payoutEvolution.evolve, payoutEvolution.initial) },
];
const paid = [requested, payoutSubmitted, settled];

const transfer = (changes: Partial<ProviderTransfer> = {}): ProviderTransfer =>
  providerTransfer({ transferId, payoutId, amount, ...changes });

const codesOf = (
  transfers: readonly ProviderTransfer[],
  events: readonly PayoutEvent[] = paid,
): readonly string[] =>
  compareTransfers(transfers, booked(...events)).differences.map(
    (difference) => `${difference.code} ${difference.transferId}`,
  );

describe('Transfers of a trade, compared with the books', () => {
  it.each([
    ['before its submission is recorded', [requested]],
    ['before its confirmation', [requested, payoutSubmitted]],
    ['when it is settled', paid],
  ] as const)('agree where a payout has its own, %s', (_when, events) => {
    const { agreed, differences } = compareTransfers([transfer()], booked(...events));
    expect(agreed.map((one) => one.transferId)).toEqual([transferId]);
    expect(differences).toEqual([]);
  });

  it('agree where more was taken back than the books know', () => {
    expect(codesOf([transfer({ reversed: money('USD', 100n) })])).toEqual([]);
  });

  it.each<[string, readonly ProviderTransfer[], readonly string[]]>([
    [
      'nobody asked for it',
      [transfer(), transfer({ transferId: 'tr_9', payoutId: null })],
      ['transfer.unknown tr_9'],
    ],
    [
      'its payout is of no milestone',
      [transfer(), transfer({ transferId: 'tr_9', payoutId: 'po_9' })],
      ['transfer.unknown tr_9'],
    ],
    [
      'its attempt was never made',
      [transfer(), transfer({ transferId: 'tr_9', attempt: 2 })],
      ['transfer.unknown tr_9'],
    ],
    ['a payout has two', [transfer(), transfer({ transferId: 'tr_9' })], ['transfer.twice tr_9']],
    ['the provider has it not', [], [`transfer.missing ${transferId}`]],
    [
      'it is of another amount',
      [transfer({ amount: money('USD', 1n) })],
      [`transfer.amount_differs ${transferId}`],
    ],
  ])('differ where %s', (_what, transfers, codes) => {
    expect(codesOf(transfers)).toEqual(codes);
  });

  it('differ where less was taken back than is booked', () => {
    const reversed = sample(PayoutReversed, 'payout/payout-reversed');
    const { totalReversed } = reversed;
    const events = [...paid, { ...reversed, payoutId, transferId, amount: totalReversed }];
    expect(codesOf([transfer()], events)).toEqual([`transfer.less_reversed ${transferId}`]);
    expect(codesOf([transfer({ reversed: totalReversed })], events)).toEqual([]);
  });

  it('differ where both are there and the books have neither', () => {
    const both = [transfer(), transfer({ transferId: 'tr_9' })];
    expect(codesOf(both, [requested])).toEqual([
      ...[`transfer.twice ${transferId}`, 'transfer.twice tr_9'],
    ]);
  });
});
