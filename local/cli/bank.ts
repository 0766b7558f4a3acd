import { SQSClient } from '@aws-sdk/client-sqs';
import type { BankPayoutOutcome } from '../../events/messages/bank-payout-outcome.v1.ts';
import { sendAll } from '../../src/adapters/sqs/send.ts';
import { LOCAL_MARKETPLACE, type LocalStack } from '../stack/index.ts';
import { until } from '../stack/until.ts';

/** One payment of a file, as `GET /v1/payout-batches/{batchId}` answers it. */
export type BankPayment = {
  readonly payoutId: string;
  readonly tradeId: string;
  readonly attempt: number;
  readonly endToEndId: string;
  readonly amount: { readonly currency: string; readonly amountMinor: string };
};

type Batches = { readonly data: readonly { readonly id: string; readonly status: string }[] };
type Batch = { readonly payments: readonly BankPayment[] };

/** Finance, who takes files to the bank, and the bank, which says what became of the payments. */
export type Bank = {
  /** Waits for the file with that attempt to pay a trade's seller, and fetches it. */
  readonly takeFile: (tradeId: string, attempt?: number) => Promise<BankPayment>;
  readonly say: (payment: BankPayment, outcome: BankPayoutOutcome['outcome']) => Promise<void>;
};

/** @throws from `takeFile` where no file has the payment in time, or the file lacks it. */
export function createBank(stack: LocalStack, signal: AbortSignal): Bank {
  let apiKey: Promise<string> | undefined;
  const get = async (path: string): Promise<string> => {
    apiKey ??= stack.addApiKey(LOCAL_MARKETPLACE, ['finance:read']);
    const headers = { authorization: `Bearer ${await apiKey}` };
    const response = await fetch(`${stack.url}/v1/payout-batches${path}`, { headers });
    const text = await response.text();
    if (response.ok) return text;
    throw new Error(`GET /v1/payout-batches${path} was answered ${response.status}: ${text}`);
  };
  const find = async (tradeId: string, attempt: number) => {
    const { data } = JSON.parse(await get('')) as Batches;
    for (const { id } of data.filter(({ status }) => status === 'closed')) {
      const { payments } = JSON.parse(await get(`/${id}`)) as Batch;
      const payment = payments.find((one) => one.tradeId === tradeId && one.attempt === attempt);
      if (payment !== undefined) return { id, payment };
    }
    return undefined;
  };
  return {
    takeFile: async (tradeId, attempt = 1) => {
      let found: Awaited<ReturnType<typeof find>>;
      const isThere = async () => {
        found = await find(tradeId, attempt);
        return found !== undefined;
      };
      await until(isThere, { what: 'a file for the bank', signal });
      const { id, payment } = found as NonNullable<typeof found>;
      const file = await get(`/${id}/file`);
      if (file.includes(`<EndToEndId>${payment.endToEndId}</EndToEndId>`)) return payment;
      throw new Error(`The file of ${id} does not name ${payment.endToEndId}.`);
    },
    say: (payment, outcome) => tell(stack, payment, outcome),
  };
}

/** What a statement or a status report comes to: a message on the settlement queue. */
async function tell(
  { runtime }: LocalStack,
  { payoutId, endToEndId }: BankPayment,
  outcome: BankPayoutOutcome['outcome'],
): Promise<void> {
  const message: BankPayoutOutcome = {
    ...{ kind: 'bank_payout_outcome', version: 1, payoutId, endToEndId, outcome },
    messageId: `statement#${outcome.kind}#${endToEndId}`,
  };
  const client = new SQSClient({
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    endpoint: runtime.endpoints.sqs,
  });
  try {
    await sendAll(client, runtime.queueUrl('settlement'), [message]);
  } finally {
    client.destroy();
  }
}
