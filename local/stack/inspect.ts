import { GetQueueAttributesCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { AccountBalance } from '../../src/ledger/balances.ts';
import { accountName } from '../../src/ledger/balances.ts';
import type { ViewStore } from '../../src/process/views.ts';

const MILLISECONDS_PER_DAY = 86_400_000;

/** How many messages wait on the given queues, in flight or not. */
export async function countMessages(
  client: SQSClient,
  queueUrls: readonly string[],
): Promise<number> {
  const counts = await Promise.all(
    queueUrls.map(async (QueueUrl) => {
      const { Attributes: attributes } = await client.send(
        new GetQueueAttributesCommand({
          QueueUrl,
          AttributeNames: ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'],
        }),
      );
      return (
        Number(attributes?.ApproximateNumberOfMessages ?? 0) +
        Number(attributes?.ApproximateNumberOfMessagesNotVisible ?? 0)
      );
    }),
  );
  return counts.reduce((total, waiting) => total + waiting, 0);
}

const dayOf = (date: Date): string => date.toISOString().slice(0, 10);

/** The trial balance that the projection keeps, over the days since the stack was started. */
export async function readTrialBalance(
  views: Pick<ViewStore, 'listSlices'>,
  { since, until }: { readonly since: Date; readonly until: Date },
): Promise<readonly AccountBalance[]> {
  const balances = new Map<string, AccountBalance>();
  for (let day = Date.parse(dayOf(since)); day <= until.getTime(); day += MILLISECONDS_PER_DAY) {
    for (const slice of await views.listSlices(dayOf(new Date(day)))) {
      const { account, currency } = slice;
      const key = `${account}#${currency}`;
      const before = balances.get(key);
      balances.set(key, {
        account,
        name: accountName(account),
        currency,
        debitMinor: (before?.debitMinor ?? 0n) + slice.debitMinor,
        creditMinor: (before?.creditMinor ?? 0n) + slice.creditMinor,
      });
    }
  }
  return [...balances.entries()]
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([, balance]) => balance);
}
