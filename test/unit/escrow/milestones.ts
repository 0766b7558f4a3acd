import type { Milestone } from '../../../events/escrow/trade-opened.v1.ts';
import type { EscrowEvent } from '../../../events/index.ts';
import { money } from '../../../src/money/money.ts';
import { bodyOf, later, story } from '../../support/builders.ts';

export const DAY_SECONDS = 86_400;

/** Forty percent after a day of inspection, the rest after three. */
export const sampleAndBulk: readonly Milestone[] = [
  { milestoneId: 'sample', amount: money('USD', 460_000n), inspectionPeriodSeconds: DAY_SECONDS },
  { milestoneId: 'bulk', amount: money('USD', 690_000n), inspectionPeriodSeconds: 3 * DAY_SECONDS },
];

/** One milestone for the whole of the story's amount, or one that differs in the given fields. */
export const wholeMilestone = (changes: Partial<Milestone> = {}): Milestone => ({
  milestoneId: 'delivery',
  amount: story.tradeOpened.amount,
  inspectionPeriodSeconds: 3 * DAY_SECONDS,
  ...changes,
});

export const { confirmedAt } = story.deliveryConfirmed;
export const sampleEndsAt = later(confirmedAt, DAY_SECONDS);
export const bulkEndsAt = later(confirmedAt, 3 * DAY_SECONDS);

/** The story's trade with other milestones or another fee, on its way to the buyer. */
export const shippedWith = (
  milestones: readonly Milestone[],
  feeBasisPoints = story.tradeOpened.feeBasisPoints,
): readonly EscrowEvent[] => [
  { ...story.tradeOpened, milestones: [...milestones], feeBasisPoints },
  story.paymentRequested,
  story.escrowFunded,
  story.fundsConverted,
  story.shipmentBooked,
];

/** What the buyer's money was released for: a part of the story's trade. */
export const releaseOf = (
  milestoneId: 'sample' | 'bulk',
  changes: Partial<(typeof story)['milestoneReleased']> = {},
): (typeof story)['milestoneReleased'] => ({
  ...story.milestoneReleased,
  milestoneId,
  ...(milestoneId === 'sample'
    ? { amount: money('USD', 460_000n), fee: money('USD', 11_500n), net: money('USD', 448_500n) }
    : { amount: money('USD', 690_000n), fee: money('USD', 17_250n), net: money('USD', 672_750n) }),
  ...changes,
});

export const delivery = bodyOf(story.deliveryConfirmed);

/** The inspection's end as the clock's message tells it. */
export const passInspectionEnd = (dueAt: string, at = dueAt) =>
  ({
    type: 'PassDeadline',
    subjectId: story.tradeOpened.tradeId,
    deadline: 'inspection_end',
    dueAt,
    at,
  }) as const;
