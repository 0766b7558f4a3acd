import * as z from 'zod/mini';
import { isCodedError } from '../../../platform/errors.ts';
import { fromStripeAmount } from '../../stripe/amounts.ts';
import { charge } from '../csv/charge.ts';
import { groupMovements } from '../csv/group-movements.ts';
import type { Movement } from '../csv/source.ts';
import {
  defined,
  odd,
  refused,
  type StatementReader,
  type StatementReading,
  unreadable,
} from '../reading.ts';

const text = z.string();
const seconds = z.int().check(z.gte(0), z.lte(8_000_000_000));

const BalanceTransaction = z.object({
  object: z.literal('balance_transaction'),
  id: text,
  amount: z.int(),
  fee: z.int(),
  net: z.int(),
  currency: text,
  created: seconds,
  available_on: seconds,
  type: text,
  reporting_category: z.nullish(text),
  source: z.nullish(z.union([text, z.object({ id: text })])),
  description: z.nullish(text),
});

const Payout = z.object({
  object: z.literal('payout'),
  id: text,
  amount: z.int(),
  currency: text,
  created: seconds,
  arrival_date: seconds,
  status: text,
  balance_transaction: z.nullish(z.union([text, z.object({ id: text })])),
  description: z.nullish(text),
  failure_code: z.nullish(text),
  trace_id: z.nullish(z.object({ value: z.nullish(text) })),
});

const StripeObject = z.discriminatedUnion('object', [BalanceTransaction, Payout]);
type StripeObject = z.infer<typeof StripeObject>;

const List = z.object({
  object: z.literal('list'),
  data: z.array(z.unknown()),
  has_more: z.optional(z.boolean()),
});

/**
 * Stripe's balance transactions and payouts as its API answers them: a list, an array or one object.
 * Amounts are in Stripe's units, which are not always ISO 4217's.
 */
export const stripeJsonReader: StatementReader = {
  recognizes: (content) => /^\s*[[{](?!\d:)/.test(content),
  read,
};

function read(content: string): StatementReading {
  let json: unknown;
  try {
    json = JSON.parse(content);
  } catch (error) {
    return notJson(String(error));
  }
  const list = List.safeParse(json);
  const objects = list.success ? list.data.data : Array.isArray(json) ? json : [json];
  const parsed = objects.map((object) => StripeObject.safeParse(object));
  const [first] = parsed.flatMap((result) => (result.success ? [result.data] : []));
  if (first === undefined) return noStatement(objects[0]);
  const problems = list.success && list.data.has_more === true ? [goesOn] : [];
  const movements = parsed.flatMap((result, index) => {
    const at = { path: `data[${index}]` };
    if (!result.success) {
      problems.push(unreadable('stripe.object_unknown', z.prettifyError(result.error), at));
      return [];
    }
    try {
      return [movementOf(result.data, at)];
    } catch (error) {
      if (!isCodedError(error)) throw error;
      problems.push(unreadable('line.amount_invalid', error.message, at));
      return [];
    }
  });
  const format = first.object === 'payout' ? 'stripe-payouts' : 'stripe-balance';
  return { format, statements: groupMovements(format, movements), problems };
}

const goesOn = odd('stripe.list_goes_on', 'Stripe has more of this list than the file.', {
  path: 'has_more',
});

function notJson(message: string): StatementReading {
  const [, line = '1', column = '1'] = /line (\d+) column (\d+)/.exec(message) ?? [];
  const at = { line: Number(line), column: Number(column) };
  return refused(null, 'json.not_well_formed', 'Not well-formed JSON, or cut off.', at);
}

function noStatement(object: unknown): StatementReading {
  const named = z.object({ object: text, type: z.optional(text) }).safeParse(object);
  const found = named.success
    ? `Stripe’s ${[named.data.object, named.data.type].filter(Boolean).join(' ')}`
    : 'other JSON';
  const detail = `Expected balance transactions or payouts of Stripe, found ${found}.`;
  return refused(null, 'statement.unknown_format', detail, { line: 1, column: 1 });
}

function movementOf(object: StripeObject, at: { readonly path: string }): Movement {
  return object.object === 'payout' ? payoutOf(object, at) : transactionOf(object, at);
}

function transactionOf(
  transaction: z.infer<typeof BalanceTransaction>,
  at: { readonly path: string },
): Movement {
  const { currency, net, amount, fee } = transaction;
  const moved = fromStripeAmount(net, currency);
  const taken = fromStripeAmount(fee, currency).amountMinor;
  const gross = fromStripeAmount(amount, currency).amountMinor;
  const category = transaction.reporting_category ?? transaction.type;
  return {
    at,
    currency: moved.currency,
    minor: moved.amountMinor,
    bookingDate: dateOf(transaction.created),
    valueDate: dateOf(transaction.available_on),
    reversal: /refund|revers|failure/.test(category),
    transactionCode: category,
    ...charge({ gross, fee: taken, currency: moved.currency }),
    references: defined({ transactionId: transaction.id, sourceId: idOf(transaction.source) }),
    remittance: {
      structured: [],
      unstructured: transaction.description ? [transaction.description] : [],
    },
  };
}

/** A payout leaves the balance; one that is not paid yet, or failed, has not. */
function payoutOf(payout: z.infer<typeof Payout>, at: { readonly path: string }): Movement {
  const { currency, amountMinor } = fromStripeAmount(payout.amount, payout.currency);
  return {
    at,
    currency,
    minor: -amountMinor,
    bookingDate: dateOf(payout.created),
    valueDate: dateOf(payout.arrival_date),
    pending: payout.status !== 'paid',
    transactionCode: 'payout',
    ...defined({
      returnReason: payout.status === 'failed' ? (payout.failure_code ?? 'failed') : undefined,
    }),
    references: defined({
      payoutId: payout.id,
      transactionId: idOf(payout.balance_transaction),
      endToEndId: payout.trace_id?.value ?? undefined,
    }),
    remittance: { structured: [], unstructured: payout.description ? [payout.description] : [] },
  };
}

const dateOf = (unixSeconds: number): string =>
  new Date(unixSeconds * 1000).toISOString().slice(0, 10);

const idOf = (
  reference: string | { readonly id: string } | null | undefined,
): string | undefined => (typeof reference === 'string' ? reference : reference?.id);
