import type { DeadlinePassed } from '../../events/messages/deadline-passed.v1.ts';
import type { Target } from '../../events/messages/routed-record.v1.ts';
import { LOCAL_MARKETPLACE } from '../../local/stack/index.ts';
import { fromItem } from '../../src/adapters/dynamodb/record-item.ts';
import { sendAll } from '../../src/adapters/sqs/send.ts';
import { isBalanced } from '../../src/ledger/balances.ts';
import { shipmentIdFor, tradeIdFor } from '../../src/platform/ids.ts';
import { deadlinesOf } from '../../src/process/deadlines-of.ts';
import { historyOf } from '../../src/process/escrow-history.ts';
import { routeRecords } from '../../src/process/routes.ts';
import type { Trade } from '../support/api-client.ts';
import { eventually } from '../support/eventually.ts';
import { inspectedFor, newKey, sampleTrade } from '../support/sample-trade.ts';
import { withStack } from '../support/stack.ts';
import { evidenceOf, outcomeOf } from './evidence.ts';
import { deliver, quiet, storedShipment, transfersOf } from './journey.ts';
import { postWebhook, sentByEasyPost, signedAsEasyPost } from './signed-webhooks.ts';

const stack = withStack({ deadlinesEveryMs: 250 });

/** Hands over what the providers hold back, if they hold anything back. */
const release = async (): Promise<void> => {
  await stack().stripe.control.releaseWebhooks();
  await stack().easypost.control.releaseWebhooks();
};

/** Runs a trade from checkout to its end, with the providers' webhooks sent in the given mode. */
async function runTrade(mode: 'normal' | 'duplicate' | 'reorder'): Promise<Trade> {
  const { api, stripe, easypost } = stack();
  stripe.control.setWebhookMode({ mode });
  easypost.control.setWebhookMode({ mode });
  const { id, payment } = await api.openTrade(inspectedFor(0), newKey());
  stripe.control.pay(payment.paymentIntentId);
  await release();
  const shipped = await api.becomes(id, 'in_fulfilment');
  deliver(stack(), shipped);
  await release();
  await eventually(async () => {
    expect(await transfersOf(stack(), id)).toHaveLength(1);
  });
  await eventually(async () => {
    await release();
    expect((await api.getTrade(id)).status).toBe('settled');
  });
  await release();
  await quiet(stack());
  return api.getTrade(id);
}

async function cancelTrade(): Promise<void> {
  const { id } = await stack().api.openTrade(inspectedFor(0), newKey());
  expect(await stack().api.act(id, 'cancel')).toMatchObject({ status: 200 });
}

/** The same list twice and from its end. */
const twiceInReverse = <T>(all: readonly T[]): readonly T[] =>
  all.toReversed().flatMap((one) => [one, one]);

/** Every message that the router has ever sent, and every deadline that has passed. */
async function sentMessages(): Promise<ReadonlyMap<Target, readonly unknown[]>> {
  const records = (await stack().aws.items('EventsTable')).map(fromItem);
  const now = new Date().toISOString();
  const deadlines = records
    .flatMap((record) => {
      const isEscrow = record.streamId.startsWith('escrow#');
      const stream = records.filter(({ streamId }) => streamId === record.streamId);
      const history = (isEscrow ? stream : []) as Parameters<typeof historyOf>[0];
      return deadlinesOf(record, historyOf(history).state);
    })
    .filter(({ deadline, dueAt }) => deadline === 'payout_confirmation' || dueAt <= now)
    .map((deadline): DeadlinePassed => {
      const { deadline: kind, subjectId, dueAt } = deadline;
      const messageId = `deadline#${kind}#${subjectId}#${dueAt}`;
      return { kind: 'deadline_passed', version: 1, messageId, ...deadline };
    });
  const routed = routeRecords(records);
  const isInspection = ({ deadline }: DeadlinePassed) => deadline === 'inspection_end';
  return new Map<Target, readonly unknown[]>([
    ...routed,
    ['escrow', [...(routed.get('escrow') ?? []), ...deadlines.filter(isInspection)]],
    [
      'settlement',
      [...(routed.get('settlement') ?? []), ...deadlines.filter((one) => !isInspection(one))],
    ],
  ]);
}

describe('trades whose news travels differently', () => {
  let plainly: Trade;
  beforeAll(async () => {
    plainly = await runTrade('normal');
  });

  it('come to a settled end when it travels plainly', () => {
    expect(plainly.status).toBe('settled');
    expect(plainly.shipments).toMatchObject([{ status: 'delivered' }]);
  });

  it('come to the same end when every webhook comes twice', async () => {
    expect(outcomeOf(await runTrade('duplicate'))).toEqual(outcomeOf(plainly));
  });

  it('come to the same end when webhooks come in reverse order', async () => {
    expect(outcomeOf(await runTrade('reorder'))).toEqual(outcomeOf(plainly));
  });
});

describe('everything that was ever sent, sent again twice and from its end', () => {
  let before: Awaited<ReturnType<typeof evidenceOf>>;

  beforeAll(async () => {
    stack().stripe.control.setWebhookMode({ mode: 'normal' });
    stack().easypost.control.setWebhookMode({ mode: 'normal' });
    await cancelTrade();
    await quiet(stack());
    before = await evidenceOf(stack());
  });

  const expectUnchanged = async () => {
    await quiet(stack());
    await eventually(async () => expect(await evidenceOf(stack())).toEqual(before));
  };

  it('starts from three trades paid once each', () => {
    expect(before).toMatchObject({ labels: 3, deadLetters: 0 });
    expect(before.transfers).toHaveLength(3);
    expect(isBalanced(before.trialBalance)).toBe(true);
  });

  it('changes nothing where it is the messages of the queues', async () => {
    const messages = await sentMessages();
    expect([...messages.keys()].toSorted()).toEqual([
      ...['conversion', 'escrow', 'payments', 'projection', 'reconciliation'],
      ...['settlement', 'shipment'],
    ]);
    expect(messages.get('escrow')).toContainEqual(
      expect.objectContaining({ deadline: 'inspection_end' }),
    );
    expect(messages.get('settlement')).toContainEqual(
      expect.objectContaining({ deadline: 'payout_confirmation' }),
    );
    await Promise.all(
      [...messages].map(([target, sent]) =>
        sendAll(stack().aws.sqs, stack().runtime.queueUrl(target), twiceInReverse(sent)),
      ),
    );
    await expectUnchanged();
  });

  it('changes nothing where it is the webhooks of Stripe', async () => {
    const { control } = stack().stripe;
    const events = [...new Set(control.deliveries().map(({ eventId }) => eventId))];
    for (const eventId of twiceInReverse(events)) {
      expect(await control.resendEvent(eventId)).toMatchObject([{ state: 'delivered' }]);
    }
    await expectUnchanged();
  });

  it('changes nothing where it is the webhooks of EasyPost', async () => {
    const events = await sentByEasyPost(stack());
    expect(events).toHaveLength(30);
    for (const event of twiceInReverse(events)) {
      const webhook = signedAsEasyPost(stack(), event);
      expect((await postWebhook(stack(), 'carriers/easypost', webhook)).status).toBe(200);
    }
    await expectUnchanged();
  });
});

describe('news that comes too early', () => {
  /** How often a worker has put a message back for that reason. */
  const putBack = async (code: string): Promise<number> => {
    const lines = (await stack().log()).split('\n');
    return lines.filter((line) => line.includes('"MessageRetried":1') && line.includes(code))
      .length;
  };

  it('of a payment waits for its trade, and is applied then', async () => {
    const { api, stripe, stripeApi } = stack();
    const key = newKey();
    const tradeId = tradeIdFor(LOCAL_MARKETPLACE, key);
    const intent = await stripeApi.paymentIntents.create({
      ...{ amount: 1_024_674, currency: 'eur', transfer_group: tradeId },
      automatic_payment_methods: { enabled: true, allow_redirects: 'never' },
      metadata: { trade_id: tradeId },
    });
    const before = await putBack('escrow.not_opened');
    stripe.control.pay(intent.id);
    await eventually(async () => {
      expect(await putBack('escrow.not_opened')).toBeGreaterThan(before);
    });
    const opened = await api.openTrade(sampleTrade, key);
    expect(opened.id).toBe(tradeId);
    expect(opened.payment.paymentIntentId).toBe(intent.id);
    await api.becomes(tradeId, 'in_fulfilment');
  });

  it('of a parcel waits for its label, and is applied then', async () => {
    const { api, stripe, easypost } = stack();
    const path = '/v2/shipments/*/buy';
    easypost.control.injectFault({ kind: 'slow', method: 'POST', path, delayMs: 1_500 });
    const { labels } = easypost.control.requests();
    const { id, payment } = await api.openTrade(sampleTrade, newKey());
    stripe.control.pay(payment.paymentIntentId);
    await eventually(() => expect(easypost.control.requests().labels).toBe(labels + 1));
    const { tracking_code: code } = await storedShipment(stack(), shipmentIdFor(id, 1));
    const before = await putBack('tracking.unknown_tracker');
    easypost.control.advance(code ?? '', { status: 'delivered' });
    await eventually(async () => {
      expect(await putBack('tracking.unknown_tracker')).toBeGreaterThan(before);
    });
    expect(await api.getTrade(id)).toMatchObject({ status: 'funded' });
    await api.becomes(id, 'delivered');
    await quiet(stack());
    expect(await stack().deadLetters()).toBe(0);
  });
});
