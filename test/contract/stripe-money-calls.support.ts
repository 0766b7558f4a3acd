import type { StripeEventReceived } from '../../events/messages/stripe-event-received.v1.ts';
import { isCodedError } from '../../src/platform/errors.ts';
import { story } from '../support/builders.ts';
import { fakeTreasury } from '../support/fake-treasury.ts';
import { type StripeUnderTest, startStripe } from '../support/stripe-under-test.ts';

export const treasury = fakeTreasury().ports;

/** A Stripe for each test of a file, which loses every webhook that is not taken at once. */
export function stripeOfEachTest() {
  let running: StripeUnderTest | undefined;
  beforeEach(async () => {
    running = await startStripe({ webhookRetryDelaysMs: [] });
  });
  afterEach(() => running?.stop());
  return () => {
    if (running === undefined) throw new Error('Stripe has not started.');
    return running;
  };
}

/** The platform has money of its own. */
export const fundPlatform = ({ direct }: StripeUnderTest) =>
  direct.paymentIntents.create({
    ...{ amount: 2_000_000, currency: 'usd', payment_method_types: ['card'], confirm: true },
    payment_method: 'pm_card_bypassPending',
  });

/** The story's release, of a charge that settled in another currency. */
export function drawnRelease() {
  const { sourceChargeId: _, ...drawn } = story.milestoneReleased;
  return { ...drawn, payoutAccountId: 'acct_sandbox_seller' };
}

/** As often as a queue gives a message out. */
const MOST_TRIES = 10;

/** A queue delivers again what failed in a way that may pass. */
export async function untilHandled<Answer>(attempt: () => Promise<Answer>): Promise<Answer> {
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const outcome = await attempt().catch((error: unknown) => {
      if (isCodedError(error) && error.retryable) return undefined;
      throw error;
    });
    if (outcome !== undefined) return outcome;
  }
  throw new Error(`Not handled in ${MOST_TRIES} tries.`);
}

export const now = () => story.tradeOpened.quote.createdAt;

/** What the webhook tells of an object. */
export const received = (
  objectId: string,
  eventType: StripeEventReceived['eventType'] = 'payment_intent.succeeded',
): StripeEventReceived => ({
  ...{ kind: 'stripe_event_received', version: 1, eventId: 'evt_1', objectId },
  ...{ eventType, receivedAt: now() },
});
