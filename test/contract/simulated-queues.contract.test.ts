import { sendAll } from '../../src/adapters/sqs/send.ts';
import { calm, type Faults } from '../simulation/faults.ts';
import { MAX_RECEIVE_COUNT, type Received } from '../simulation/ports/queue-state.ts';
import { createQueues } from '../simulation/ports/queues.ts';
import { describeQueue, type QueueUnderTest } from '../support/describe-queue.ts';
import { steppedSim } from '../support/stepped-sim.ts';

function simulatedQueue(faults: Faults = calm): QueueUnderTest<Received> {
  const rates = { ...faults };
  const { sim, until, settled } = steppedSim(rates);
  const batches: (readonly Received[])[] = [];
  const queues = createQueues(sim, (_, batch) => batches.push(batch));
  const task = sim.startTask('contract');
  const client = queues.clientFor(task);
  return {
    client,
    url: 'escrow',
    absentUrl: 'nowhere',
    maxReceiveCount: MAX_RECEIVE_COUNT,
    settled,
    receive: async () => {
      await until(() => batches.length > 0);
      return batches.shift() ?? [];
    },
    queue: {
      delay: (message, seconds) => queues.delay(task, message, seconds),
      deadLetter: (message, reason) => queues.deadLetter(task, message, reason),
    },
    acknowledge: async (messages) => {
      queues.acknowledge('escrow', messages);
      await until(() => sim.scheduler.lastStep()?.kind === 'queue.delete');
    },
    deadLetters: async () => {
      await until(() => queues.deadLetters.length > 0);
      return queues.deadLetters.map(({ body, reasonCode, reason }) => ({
        body,
        reasonCode,
        reason,
      }));
    },
    redrive: async () => {
      for (const letter of [...queues.deadLetters]) queues.redrive(letter);
    },
    acceptInPart: () => {
      rates.partialBatch = 1;
      void until(() => sim.faultCounts.partialBatch > 0).then(() => {
        rates.partialBatch = 0;
      });
    },
  };
}

describeQueue('The simulated queue', async () => simulatedQueue());

describe('The simulated queue on a bad day', () => {
  const names = Array.from({ length: 30 }, (_, index) => `message ${index}`);

  it.each([
    ['given out twice', { duplicate: 0.5 }],
    ['late', { lateMessage: 0.5, keyPruning: 0.5 }],
    ['neither accepted nor deleted at once', { partialBatch: 0.3 }],
  ])('gives out every message, though some are %s', async (_, rates) => {
    const under = simulatedQueue({ ...calm, ...rates });
    for (const name of names) await sendUntilAccepted(under, name);
    const seen = new Set<string>();
    while (seen.size < names.length) {
      const batch = await under.receive();
      for (const { body } of batch) seen.add(JSON.parse(body).name);
      await under.acknowledge(batch);
    }
    expect(seen).toEqual(new Set(names));
  });
});

/** Sends again where it is told to, as whoever calls `sendAll` does. */
async function sendUntilAccepted(
  under: Pick<QueueUnderTest<Received>, 'client' | 'url' | 'settled'>,
  name: string,
): Promise<void> {
  const { client, url, settled } = under;
  const failure = await settled(sendAll(client, url, [{ name }])).catch((error) => error);
  if (failure === undefined) return;
  expect(failure).toMatchObject({ code: 'queue.send_failed', retryable: true });
  await sendUntilAccepted(under, name);
}
