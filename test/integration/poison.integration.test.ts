import { BatchWriteItemCommand } from '@aws-sdk/client-dynamodb';
import {
  DeleteMessageCommand,
  type Message,
  SendMessageBatchCommand,
  SendMessageCommand,
} from '@aws-sdk/client-sqs';
import { type WorkerName, workerNames } from '../../lib/functions.ts';
import { deadLetterName } from '../../lib/names.ts';
import { type Item, toItem } from '../../src/adapters/dynamodb/record-item.ts';
import { payoutStream } from '../../src/platform/ids.ts';
import { eventually } from '../support/eventually.ts';
import { newKey, sampleTrade } from '../support/sample-trade.ts';
import { withStack } from '../support/stack.ts';
import { quiet, shippedTrade } from './journey.ts';
import { postWebhook, signedAsEasyPost, signedAsStripe } from './signed-webhooks.ts';

const stack = withStack();

/** Nothing that any schema reads: no JSON, no object, no kind, another version, a record without one. */
const poison: readonly string[] = [
  ...['not JSON', '[]', '{}'],
  '{"kind":"routed_record","version":2}',
  '{"kind":"routed_record","version":1,"messageId":"x","target":"escrow"}',
];

const deadIn = async (worker: WorkerName): Promise<readonly Message[]> =>
  stack().aws.receiveAll(deadLetterName(worker));

const reasonOf = ({ MessageAttributes: attributes }: Message) => ({
  code: attributes?.['reasonCode']?.StringValue,
  reason: attributes?.['reason']?.StringValue,
  receiveCount: attributes?.['receiveCount']?.StringValue,
});

const bodiesOf = (messages: readonly Message[]) => messages.map(({ Body }) => Body).toSorted();

const expectDead = (count: number) =>
  eventually(async () => expect(await stack().deadLetters()).toBe(count));

describe('messages that no schema reads', () => {
  const all = poison.length * workerNames.length;

  it('delay no other message', async () => {
    await Promise.all(
      workerNames.map((worker) =>
        stack().aws.sqs.send(
          new SendMessageBatchCommand({
            QueueUrl: stack().runtime.queueUrl(worker),
            Entries: poison.map((MessageBody, index) => ({ Id: String(index), MessageBody })),
          }),
        ),
      ),
    );
    await shippedTrade(stack());
    await quiet(stack());
  });

  it('end, unchanged and with their reason, in the dead-letter queue of their own queue', async () => {
    await expectDead(all);
    for (const worker of workerNames) {
      const dead = await deadIn(worker);
      expect(bodiesOf(dead)).toEqual(poison.toSorted());
      for (const message of dead) {
        expect(reasonOf(message)).toEqual({
          code: 'message.unreadable',
          reason: expect.stringMatching(/^The message (is not JSON|does not fit its schema at)/),
          receiveCount: '1',
        });
      }
    }
  });

  it('may be sent back to their queue, which brings them here again and changes nothing', async () => {
    const before = await stack().aws.items('EventsTable');
    const worker = 'settlement';
    const [queue, dead] = [worker, deadLetterName(worker)].map(stack().runtime.queueUrl);
    const messages = await eventually(async () => {
      const received = await deadIn(worker);
      expect(received).toHaveLength(poison.length);
      return received;
    });
    for (const { Body, ReceiptHandle } of messages) {
      await stack().aws.sqs.send(new SendMessageCommand({ QueueUrl: queue, MessageBody: Body }));
      await stack().aws.sqs.send(new DeleteMessageCommand({ QueueUrl: dead, ReceiptHandle }));
    }
    await quiet(stack());
    await expectDead(all);
    expect(bodiesOf(await deadIn(worker))).toEqual(poison.toSorted());
    expect(await stack().aws.items('EventsTable')).toEqual(before);
  });
});

describe('a webhook that is signed and says nothing we can read', () => {
  it.each([
    ['stripe', 'payments', 'not_an_event'],
    ['carriers/easypost', 'tracking', 'not_a_tracker'],
  ] as const)('of %s is kept for a person, without its content', async (path, worker, reason) => {
    const before = await stack().deadLetters();
    const body = JSON.stringify({ description: 'tracker.updated', result: 'for Katrin Vogel' });
    const sign = path === 'stripe' ? signedAsStripe : signedAsEasyPost;
    expect((await postWebhook(stack(), path, sign(stack(), body))).status).toBe(200);
    await expectDead(before + 1);
    const [message] = (
      await eventually(async () => {
        const dead = await deadIn(worker);
        expect(dead).toHaveLength(poison.length + 1);
        return dead;
      })
    ).filter(({ Body }) => Body?.includes('webhook_unreadable'));
    expect(message?.Body).not.toContain('Vogel');
    expect(message && reasonOf(message)).toMatchObject({
      code: `${worker}.unreadable_webhook`,
      reason,
    });
  });
});

describe('a stored record that cannot be routed', () => {
  const broken: Item = {
    pk: { S: 'escrow#trd_broken' },
    sk: { S: '00000001' },
    events: { S: 'not JSON' },
  };

  /** A record whose only trace is the deadline that the projection makes of it. */
  const harmless = (payoutId: string): Item => {
    const now = new Date().toISOString();
    return toItem({
      ...{ streamId: payoutStream(payoutId), sequence: 1, recordedAt: now },
      ...{ tradeId: 'trd_poison', marketplaceId: 'mkt_poison', cause: 'poison', journal: [] },
      events: [
        { type: 'PayoutSubmitted', version: 1, payoutId, transferId: 'tr_1', submittedAt: now },
      ],
    });
  };

  const around = ['payout_before_1', 'payout_before_2', 'payout_after_1', 'payout_after_2'];

  beforeAll(async () => {
    const [first, second, third, fourth] = around.map(harmless) as [Item, Item, Item, Item];
    const items = [first, second, broken, third, fourth];
    const TableName = stack().runtime.tableName('EventsTable');
    await stack().aws.dynamoDb.send(
      new BatchWriteItemCommand({
        RequestItems: { [TableName]: items.map((Item) => ({ PutRequest: { Item } })) },
      }),
    );
  });

  it('ends alone, by its place in the stream, in the dead-letter queue of the router', async () => {
    const dead = await eventually(
      async () => {
        const received = await stack().aws.receiveAll(deadLetterName('router'));
        expect(received).toHaveLength(1);
        return received;
      },
      { everyMs: 250 },
    );
    const envelope = JSON.parse(dead[0]?.Body ?? '');
    expect(envelope).toMatchObject({
      requestContext: { condition: 'RetryAttemptsExhausted' },
      DDBStreamBatchInfo: { batchSize: 1 },
    });
    expect(envelope.DDBStreamBatchInfo.endSequenceNumber).toBe(
      envelope.DDBStreamBatchInfo.startSequenceNumber,
    );
  });

  it('takes no record with it that was written beside it', async () => {
    await eventually(async () => {
      const views = JSON.stringify(await stack().aws.items('ViewsTable'));
      for (const payoutId of around) expect(views).toContain(payoutId);
    });
  });

  it('lets later records flow', async () => {
    const { id } = await stack().api.openTrade(sampleTrade, newKey());
    expect(await stack().api.act(id, 'cancel')).toMatchObject({ status: 200 });
    const shipped = await shippedTrade(stack());
    expect(shipped.status).toBe('in_fulfilment');
  });
});
