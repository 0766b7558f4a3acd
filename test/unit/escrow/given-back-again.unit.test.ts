import { money } from '../../../src/money/money.ts';
import { later, story, tradeId } from '../../support/builders.ts';
import { reportedChargeback } from '../../support/fake-chargebacks.ts';
import { commands } from './escrow-states.ts';
import { fundedOf, grown } from './grown.ts';
import { DAY_SECONDS, sampleAndBulk } from './milestones.ts';

const usd = (minor: bigint) => money('USD', minor);
const { capturedAt, received } = story.escrowFunded;
const opened = {
  ...story.tradeOpened,
  milestones: [...sampleAndBulk],
  shipWithinSeconds: 7 * DAY_SECONDS,
  holdLimitSeconds: 100 * DAY_SECONDS,
};
const converted = [opened, story.paymentRequested, story.escrowFunded, story.fundsConverted];

const onDay = (days: number): string => later(capturedAt, days * DAY_SECONDS);
const pass = (deadline: 'shipping_due' | 'hold_forced', days: number) =>
  ({
    type: 'PassDeadline',
    ...{ deadline, subjectId: tradeId, dueAt: onDay(days), at: onDay(days) },
  }) as const;
const dispute = (milestoneId: string, days: number) =>
  ({
    ...commands.OpenDispute,
    ...{ disputeId: `dsp_${milestoneId}_${days}`, milestoneIds: [milestoneId], at: onDay(days) },
  }) as const;
const withdraw = (disputeId: string, days: number) =>
  ({ ...commands.WithdrawDispute, disputeId, at: onDay(days) }) as const;
const chargeback = (status: 'open' | 'lost', minor: bigint, days: number) =>
  ({
    ...commands.RecordChargebackLost,
    chargeback: reportedChargeback({
      ...{ status, amount: money('EUR', minor), withdrawn: usd(minor) },
    }),
    at: onDay(days),
  }) as const;

const idsOf = (history: ReturnType<typeof grown>): readonly string[] =>
  fundedOf(history).refunds.map(({ refundId }) => refundId);

describe('What is given back for the same reason a second time', () => {
  it('is a refund of its own: of a milestone that was disputed when the goods were missed', () => {
    const history = grown(
      converted,
      dispute('sample', 6),
      pass('shipping_due', 7),
      withdraw('dsp_sample_6', 8),
      pass('shipping_due', 8),
    );
    const stem = `rfd_${tradeId.slice('trd_'.length)}_not_shipped`;
    expect(idsOf(history)).toEqual([stem, `${stem}_2`]);
    const { refunds } = fundedOf(history);
    const total = refunds.reduce((sum, { amount }) => sum + amount.amountMinor, 0n);
    expect(total).toBe(received.amountMinor);
  });

  it('counts no refund of another reason', () => {
    const asked = { ...commands.RequestRefund, amount: money('EUR', 100_000n), at: onDay(1) };
    const history = grown(converted, asked, pass('shipping_due', 7));
    expect(idsOf(history).at(-1)).toBe(`rfd_${tradeId.slice('trd_'.length)}_not_shipped`);
  });

  it('is one at the hold limit too, of what a chargeback left of the first', () => {
    const history = grown(
      converted,
      pass('hold_forced', 95),
      chargeback('open', 400_000n, 96),
      chargeback('lost', 400_000n, 97),
      pass('hold_forced', 97),
    );
    const ids = idsOf(history);
    expect(new Set(ids).size).toBe(ids.length);
    const back = fundedOf(history).refunds.filter(({ status }) => status !== 'canceled');
    expect(back).toMatchObject([{ amount: money('EUR', received.amountMinor - 400_000n) }]);
  });
});
