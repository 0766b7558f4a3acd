import { money } from '../../../src/money/money.ts';
import { story } from '../../support/builders.ts';
import { summaryOf } from '../../support/given.ts';
import { type CommandName, commands, given, matrix } from './payout-matrix.ts';
import {
  histories,
  own,
  payoutFailed,
  payoutReissued,
  stateNames,
  transferId,
} from './payout-states.ts';

const { payoutRequested, milestoneReleased } = story;

describe('A payout', () => {
  const cases = (Object.keys(matrix) as CommandName[]).flatMap((command) =>
    stateNames.map((status) => ({
      command,
      status,
      outcome: matrix[command][status] ?? 'nothing',
    })),
  );
  it.each(cases)(
    'that is $status answers $command with $outcome',
    ({ command, status, outcome }) => {
      const { decision } = given(...histories[status]).when(commands[command]);
      expect(summaryOf(decision)).toBe(outcome);
    },
  );

  it('is for exactly what was released, to the seller it was released to', () => {
    given().when(commands.RequestPayout).thenEvents(payoutRequested);
    expect(payoutRequested).toMatchObject({
      amount: milestoneReleased.net,
      destination: milestoneReleased.payoutAccountId,
      sourceChargeId: milestoneReleased.sourceChargeId,
    });
  });

  it('names no charge where the release named none', () => {
    const { sourceChargeId: _, ...release } = milestoneReleased;
    const { sourceChargeId: __, ...requested } = payoutRequested;
    given()
      .when({ ...commands.RequestPayout, release })
      .thenEvents(requested);
  });

  it('is tried again for the same amount, under the next number', () => {
    given(...histories.failed)
      .when(commands.ReissuePayout)
      .thenEvents(payoutReissued);
  });

  it('is tried again only under the number that follows', () => {
    given(...histories.failed)
      .when({ ...commands.ReissuePayout, attempt: 3 })
      .thenNothing();
    given(...histories.reissued, { ...payoutFailed, attempt: 2 })
      .when(commands.ReissuePayout)
      .thenNothing();
  });

  it('does not fail by what is told of an attempt that was followed by another', () => {
    given(...histories.reissued)
      .when(commands.RecordFailure)
      .thenNothing();
  });

  it('goes on with the transfer of the attempt that was taken for failed, for the same amount', () => {
    const { decision } = given(...histories.failed).when(commands.RecordSettlement);
    expect(decision).toMatchObject({
      events: [
        { type: 'PayoutReissued', attempt: 2, amount: own.amount },
        { type: 'PayoutSubmitted', attempt: 2, transferId },
        { type: 'PayoutSettled', attempt: 2, transferId, amount: own.amount },
      ],
    });
  });
});

describe('Money that comes back', () => {
  it.each([
    ['more than was paid', money('USD', 1_121_251n)],
    ['other money than was paid', money('EUR', 1n)],
  ])('is refused where it is %s', (_, amount) => {
    given(...histories.settled)
      .when({ ...commands.RecordReturn, returned: amount })
      .thenRejected('payout.returned_too_much');
    given(...histories.settled)
      .when({ ...commands.RecordReversal, totalReversed: amount })
      .thenRejected('payout.reversed_too_much');
  });

  it('is refused where it is less than banks leave of a payment, and both amounts are said', () => {
    const least = own.amount.amountMinor - own.amount.amountMinor / 100n;
    const back = (minor: bigint) => ({ ...commands.RecordReturn, returned: money('USD', minor) });
    for (const state of ['settled', 'submitted'] as const) {
      const refused = given(...histories[state]).when(back(least - 1n));
      refused.thenRejected('payout.returned_too_little');
      expect(refused.decision).toMatchObject({
        detail: expect.stringMatching(`^${least - 1n} of ${own.amount.amountMinor} USD `),
      });
      const { decision } = given(...histories[state]).when(back(least));
      expect(decision).toMatchObject({ kind: 'decided' });
    }
    given(...histories.settled)
      .when({ ...back(least), limits: { USD: 1n } })
      .thenRejected('payout.returned_too_little');
  });

  it('is recorded by each rise of the total, whatever order the reports come in', () => {
    const total = (minor: bigint) => ({
      ...commands.RecordReversal,
      totalReversed: money('USD', minor),
    });
    const [history, partly] = [histories.settled, money('USD', 100n)];
    const { decision } = given(...history).when(total(100n));
    expect(decision).toMatchObject({ events: [{ amount: partly, totalReversed: partly }] });
    given(...histories.reversed)
      .when(total(97_500n))
      .thenNothing();
    given(...histories.reversed)
      .when(total(90_000n))
      .thenNothing();
  });
});
