import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { stripeOwnPayouts } from '../../src/adapters/stripe/own-payouts.ts';
import { readStripeWebhook } from '../../src/adapters/stripe/read-webhook.ts';
import { consumePayments, type PaymentsMessage } from '../../src/process/consume-payments.ts';
import { type Attempt, dispose } from '../../src/process/dispose.ts';
import { tradeId } from '../support/builders.ts';
import { corpusDirectory, corpusTest, readCorpus } from '../support/corpus.ts';
import { fakeTreasury } from '../support/fake-treasury.ts';
import { deskAt } from '../support/stripe-desk.ts';
import { type StripeUnderTest, startStripe } from '../support/stripe-under-test.ts';

let stripe: StripeUnderTest;
beforeAll(async () => {
  stripe = await startStripe({ webhookRetryDelaysMs: [] });
});
afterAll(() => stripe.stop());

type OldEvent = {
  readonly type?: string;
  readonly livemode?: boolean;
  readonly account?: string | null;
  readonly data?: { readonly object?: object };
};

const readOld = (file: string): OldEvent =>
  JSON.parse(readCorpus('stripe', 'events', file).toString('utf8'));

const secret = 'whsec_of_this_endpoint';

/** Posted as Stripe would post it, to the endpoint and in the mode that it is for. */
function readAtTheDoor(event: OldEvent) {
  const payload = JSON.stringify(event);
  const now = new Date();
  const timestamp = Math.floor(now.getTime() / 1_000);
  const signature = stripe.direct.webhooks.generateTestHeaderString({ payload, secret, timestamp });
  return readStripeWebhook({
    ...{ rawBody: Buffer.from(payload), signature, secrets: [secret], now },
    livemode: event.livemode === true,
    endpoint: event.account ? 'connect' : 'platform',
  });
}

/** What the worker makes of a message: `applied`, what it ignores, or why nobody can apply it. */
async function workedTo(
  consume: ReturnType<typeof consumePayments>,
  message: PaymentsMessage,
): Promise<string> {
  const attempt: Attempt = await consume(message).then(
    (handled) => ({ kind: 'handled', handled }),
    (error: unknown) => ({ kind: 'failed', error }),
  );
  const disposition = dispose(attempt, { receiveCount: 1, maxReceiveCount: 5 });
  if (disposition.kind !== 'acknowledge') return `${disposition.kind} ${disposition.code}`;
  const isIgnored = attempt.kind === 'handled' && attempt.handled.kind === 'ignored';
  return isIgnored ? 'ignored' : 'applied';
}

const treasury = () => ({
  ...fakeTreasury().ports,
  payouts: stripeOwnPayouts(stripe.product),
});

async function fateOf(event: OldEvent, desk: ReturnType<typeof deskAt>): Promise<string> {
  const reading = readAtTheDoor(event);
  if (reading.kind === 'refused') return `refused ${reading.reason}`;
  if (reading.kind === 'ignored') return 'ignored';
  const [message] = reading.messages;
  return message === undefined
    ? 'lost'
    : workedTo(consumePayments({ ...desk, treasury: treasury() }), message);
}

describe('what others recorded of Stripe, of any age', () => {
  const withCorpus = corpusDirectory() === undefined ? it.skip : it;
  const files = () => readdirSync(join(corpusDirectory() ?? '', 'stripe', 'events'));

  withCorpus(
    corpusTest('ends as ignored or rejected by name, about objects of nobody'),
    async () => {
      const desk = deskAt(stripe);
      const fates: Record<string, string[]> = {};
      for (const file of files()) {
        const fate = await fateOf(readOld(file), desk);
        fates[fate] = [...(fates[fate] ?? []), file];
      }
      // What nobody here is paid to, or has refunded, changes nothing: that is how it is applied.
      expect(Object.keys(fates).sort()).toEqual([
        ...['applied', 'dead_letter payments.unreadable_webhook'],
        ...['dead_letter stripe.resource_missing', 'ignored'],
      ]);
      const applied = new Set(fates['applied']?.map((file) => readOld(file).type));
      expect(applied).toEqual(new Set(['account.updated', 'charge.refunded']));
      expect(Object.values(fates).flat().length).toBeGreaterThan(50);
    },
  );

  withCorpus(corpusTest('is applied once where it is about a payment of ours'), async () => {
    const desk = deskAt(stripe);
    await desk.open();
    const { paymentIntentId: id } = await desk.requestPayment();
    stripe.sandbox.control.pay(id);
    const old = readOld('payment_intent.succeeded__ruby-mock.json');
    const ours = { ...old, livemode: false, data: { object: { ...old.data?.object, id } } };
    expect(await fateOf(ours, desk)).toBe('applied');
    expect(await fateOf({ ...ours, ...{ id: 'evt_twin' } }, desk)).toBe('applied');
    expect(desk.typesOf(tradeId).filter((type) => type === 'EscrowFunded')).toHaveLength(1);
  });
});
