import type { LocalStack } from '../../stack/index.ts';
import { until } from '../../stack/until.ts';
import { createMarketplace } from '../marketplace.ts';
import { koreanAccount, koreanTrade } from '../scenarios/korean-trade.ts';
import type { Person } from './finance.ts';

const ACCOUNT = 'bank_month_end';
const SCAN_EVERY_MS = 350;

/** A payment by bank file, as `GET /v1/payout-batches/{batchId}` answers it. */
export type Payment = {
  readonly tradeId: string;
  readonly endToEndId: string;
  readonly payoutId: string;
  readonly amountMinor: bigint;
};

type Batches = { readonly data: readonly { readonly id: string; readonly status: string }[] };
type Payments = {
  readonly payments: readonly {
    readonly tradeId: string;
    readonly endToEndId: string;
    readonly payoutId: string;
    readonly amount: { readonly amountMinor: string };
  }[];
};

/** Plays so many trades until each one's seller stands in a file for the bank. */
export async function playTrades(
  stack: LocalStack,
  finance: Person,
  { count, signal }: { readonly count: number; readonly signal: AbortSignal },
): Promise<readonly Payment[]> {
  const { stripe, easypost } = stack;
  const marketplace = createMarketplace(stack);
  await marketplace.putAccount(ACCOUNT, koreanAccount);
  const carrier = setInterval(() => easypost.sandbox?.control.advanceAll(), SCAN_EVERY_MS);
  try {
    for (let index = 1; index <= count; index += 1) {
      const { payment } = await marketplace.openTrade(koreanTrade(ACCOUNT), `month-end-${index}`);
      stripe.sandbox?.control.pay(payment.paymentIntentId);
    }
    let payments: readonly Payment[] = [];
    const areInFiles = async (): Promise<boolean> => {
      payments = await paymentsIn(finance);
      return payments.length === count;
    };
    await until(areInFiles, {
      what: 'every seller to stand in a bank file',
      signal,
    });
    return payments;
  } finally {
    clearInterval(carrier);
  }
}

async function paymentsIn(finance: Person): Promise<readonly Payment[]> {
  const { data } = await finance.get<Batches>('/v1/payout-batches');
  const closed = data.filter(({ status }) => status === 'closed');
  const batches = await Promise.all(
    closed.map(({ id }) => finance.get<Payments>(`/v1/payout-batches/${id}`)),
  );
  return batches
    .flatMap(({ payments }) => payments)
    .map(({ tradeId, endToEndId, payoutId, amount }) => ({
      ...{ tradeId, endToEndId, payoutId, amountMinor: BigInt(amount.amountMinor) },
    }))
    .sort((left, right) => (left.endToEndId < right.endToEndId ? -1 : 1));
}
