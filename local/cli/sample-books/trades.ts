import { setTimeout as wait } from 'node:timers/promises';
import type { CreateTrade } from '../../../events/marketplace/create-trade.v1.ts';
import { money } from '../../../src/money/money.ts';
import type { LocalStack } from '../../stack/index.ts';
import { until } from '../../stack/until.ts';
import { createMarketplace, type OpenedTrade } from '../marketplace.ts';
import type { Person } from '../month-end/finance.ts';
import { koreanAccount, koreanTrade } from '../scenarios/korean-trade.ts';

export const SELLER_ACCOUNT = 'bank_hanbit_optics';

/** What is sold from Seoul: each sale is of another amount, so that no two payments look alike. */
const SALES = [
  ['SB-2101', 'Camera lenses, 50 mm', 15_580_000n],
  ['SB-2102', 'Camera lenses, 85 mm', 21_240_000n],
  ['SB-2103', 'Lens barrels, machined', 9_870_000n],
  ['SB-2104', 'Optical filters, coated', 4_360_000n],
  ['SB-2105', 'Projector optics', 31_900_000n],
  ['SB-2106', 'Macro lenses, 100 mm', 18_450_000n],
  ['SB-2107', 'Prisms, ground and polished', 7_725_000n],
  ['SB-2108', 'Beam splitters', 12_060_000n],
  ['SB-2109', 'Telescope mirrors', 27_330_000n],
  ['SB-2110', 'Eyepieces, wide angle', 6_480_000n],
] as const;
/** Those of the file that is closed, of the next one, and those whose buyers complain. */
const WAVES = { first: [0, 6], second: [6, 8], disputed: [8, 10] } as const;

const MOST_WAIT_MS = 180_000;
/** There is no hurry, and whoever has just started looks at other things meanwhile. */
const LOOK_EVERY_MS = 1_000;

function saleOf([reference, description, minor]: (typeof SALES)[number]): CreateTrade {
  const amount = money('KRW', minor);
  const { lineItems, ...terms } = koreanTrade(SELLER_ACCOUNT);
  return {
    ...terms,
    ...{ reference, amount, milestones: [{ milestoneId: 'delivery', amount }] },
    lineItems: lineItems.map((line) => ({ ...line, description, value: amount })),
  };
}

export type Sales = { readonly wave: keyof typeof WAVES; readonly signal: AbortSignal };

/** Sales to a German buyer whose seller no provider serves, until the goods are with the carrier. */
export async function playSales(
  stack: LocalStack,
  { wave, signal }: Sales,
): Promise<readonly OpenedTrade[]> {
  const marketplace = createMarketplace(stack);
  await marketplace.putAccount(SELLER_ACCOUNT, koreanAccount);
  const trades: OpenedTrade[] = [];
  for (const sale of SALES.slice(...WAVES[wave])) {
    const body = saleOf(sale);
    trades.push(await marketplace.openTrade(body, `sample-${body.reference}`));
  }
  for (const { payment } of trades) stack.stripe.sandbox?.control.pay(payment.paymentIntentId);
  for (const { id } of trades) await untilSent(marketplace, id, signal);
  return trades;
}

/** The same until the buyers have accepted the goods: their seller is paid by the next file. */
export async function playAcceptedSales(
  stack: LocalStack,
  sales: Sales,
): Promise<readonly OpenedTrade[]> {
  const trades = await playSales(stack, sales);
  for (const { id } of trades) await createMarketplace(stack).ask(id, 'accept');
  return trades;
}

/** One buyer says that the goods are damaged, another one's bank wants the money back. */
export async function playComplaints(stack: LocalStack, signal: AbortSignal): Promise<void> {
  const [damaged, contested] = await playSales(stack, { wave: 'disputed', signal });
  if (damaged === undefined || contested === undefined) return;
  const body = { reason: 'damaged', milestoneIds: ['delivery'] };
  await createMarketplace(stack).ask(damaged.id, 'disputes', { key: 'sample-dispute', body });
  stack.stripe.sandbox?.control.openDispute(contested.payment.paymentIntentId);
}

/** The goods are with the carrier: from then on the buyer may accept them. */
async function untilSent(
  marketplace: ReturnType<typeof createMarketplace>,
  tradeId: string,
  signal: AbortSignal,
): Promise<void> {
  const deadline = performance.now() + MOST_WAIT_MS;
  while (performance.now() < deadline) {
    const { status } = await marketplace.getTrade(tradeId);
    if (['in_fulfilment', 'delivered', 'released', 'settled'].includes(status)) return;
    await wait(LOOK_EVERY_MS, undefined, { signal });
  }
  throw new Error(`The goods of ${tradeId} were not sent.`);
}

/** A payment of a closed file, as `GET /v1/payout-batches/{batchId}` answers it. */
export type FiledPayment = {
  readonly tradeId: string;
  readonly endToEndId: string;
  readonly amountMinor: bigint;
};

type Batches = { readonly data: readonly { readonly id: string; readonly status: string }[] };
type Payments = {
  readonly payments: readonly (Omit<FiledPayment, 'amountMinor'> & {
    readonly amount: { readonly amountMinor: string };
  })[];
};

/** Waits until these trades' sellers stand in a file that is closed; their payments, in the same order. */
export async function paymentsOf(
  finance: Person,
  { trades, signal }: { readonly trades: readonly OpenedTrade[]; readonly signal: AbortSignal },
): Promise<readonly FiledPayment[]> {
  let filed: readonly FiledPayment[] = [];
  const areFiled = async (): Promise<boolean> => {
    await wait(LOOK_EVERY_MS, undefined, { signal });
    const all = await closedPayments(finance);
    filed = trades.flatMap(({ id }) => all.filter(({ tradeId }) => tradeId === id));
    return filed.length === trades.length;
  };
  await until(areFiled, {
    ...{ timeoutMs: MOST_WAIT_MS, what: 'the sellers to stand in a file for the bank', signal },
  });
  return filed;
}

async function closedPayments(finance: Person): Promise<readonly FiledPayment[]> {
  const { data } = await finance.get<Batches>('/v1/payout-batches');
  const closed = data.filter(({ status }) => status === 'closed');
  const batches = await Promise.all(
    closed.map(({ id }) => finance.get<Payments>(`/v1/payout-batches/${id}`)),
  );
  return batches
    .flatMap(({ payments }) => payments)
    .map(({ tradeId, endToEndId, amount }) => ({
      ...{ tradeId, endToEndId, amountMinor: BigInt(amount.amountMinor) },
    }));
}
