import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { EscrowFunded } from '../../events/escrow/escrow-funded.v1.ts';
import { toJson } from '../../src/platform/json.ts';
import { story } from '../support/builders.ts';
import { withDynamo } from '../support/dynamo.ts';
import { eventsTo } from '../unit/process/routed.ts';

const dynamo = withDynamo();
const { escrowFunded: inDollars } = story;
const inEuros: EscrowFunded = {
  ...inDollars,
  settled: inDollars.received,
  fee: { currency: 'EUR', amountMinor: 100n },
  capturedAt: '2026-07-02T09:12:24.000Z',
};

/** Runs the function's own entry point over its messages, one after another; the lines it writes. */
async function runProjection(messages: readonly EscrowFunded[]): Promise<readonly string[]> {
  const [events, views] = await Promise.all([
    dynamo().createTable('events'),
    dynamo().createTable('views'),
  ]);
  const handler = new URL('../../functions/projection/handler.ts', import.meta.url);
  const program = `
    const { handler } = await import(${JSON.stringify(handler.href)});
    for (const event of ${JSON.stringify(messages.map(eventOf))}) {
      const { batchItemFailures } = await handler(event, { awsRequestId: 'request' });
      if (batchItemFailures.length > 0) throw new Error('A message failed.');
    }`;
  const { stdout, stderr } = await promisify(execFile)(
    process.execPath,
    ['--input-type=module', '--eval', program],
    {
      env: {
        AWS_REGION: 'us-east-1',
        AWS_ACCESS_KEY_ID: 'local',
        AWS_SECRET_ACCESS_KEY: 'local',
        AWS_ENDPOINT_URL_DYNAMODB: dynamo().endpoint,
        POWERTOOLS_SERVICE_NAME: 'projection',
        POWERTOOLS_METRICS_NAMESPACE: 'Tradelane',
        ...{ EVENTS_TABLE: events.tableName, VIEWS_TABLE: views.tableName },
        ...{ SOURCE_QUEUE_URL: 'http://127.0.0.1/source', MAX_RECEIVE_COUNT: '5' },
        DEAD_LETTER_QUEUE_URL: 'http://127.0.0.1/dead-letter',
      },
    },
  );
  return `${stdout}\n${stderr}`.split('\n').filter((line) => line !== '');
}

const eventOf = (event: EscrowFunded, index: number) => ({
  Records: [
    {
      messageId: `message_${index}`,
      receiptHandle: 'receipt',
      body: toJson(eventsTo('projection', event)),
      attributes: { ApproximateReceiveCount: '1' },
    },
  ],
});

describe('The projection', () => {
  it('counts a change of the settlement currency once, and logs which, and the trade', async () => {
    const lines = await runProjection([inDollars, inEuros, inEuros]);
    const written = lines.map((line) => JSON.parse(line));
    expect(written.filter(({ level }) => level !== undefined)).toEqual([
      expect.objectContaining({
        ...{ level: 'WARN', message: 'Charges settle in another currency than before.' },
        ...{ charged: 'EUR', from: 'USD', to: 'EUR' },
        ...{ tradeId: inEuros.tradeId, capturedAt: inEuros.capturedAt },
      }),
    ]);
    expect(written.filter(({ _aws }) => _aws !== undefined)).toEqual([
      expect.objectContaining({ service: 'projection', SettlementCurrencyChanged: 1 }),
    ]);
  });

  it('counts and logs nothing while charges settle as ever', async () => {
    expect(
      await runProjection([inDollars, { ...inDollars, capturedAt: inEuros.capturedAt }]),
    ).toEqual([]);
  });
});
