import { money } from '../../../src/money/money.ts';
import { story } from '../../support/builders.ts';
import { histories } from './escrow-states.ts';
import { sampleAndBulk, shippedWith } from './milestones.ts';

export const usd = (minor: bigint) => money('USD', minor);
export const { disputeId } = story.disputeOpened;
/** A trade of two milestones that has arrived, and one of them disputed. */
export const twoParts = [...shippedWith(sampleAndBulk), story.deliveryConfirmed];
export const disputedPart = [...twoParts, { ...story.disputeOpened, milestoneIds: ['sample'] }];

/** The whole of a trade is disputed, and one side has said what it would take. */
export const proposed = [...histories.disputed, story.disputeProposed];
