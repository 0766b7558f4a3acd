import { readAmount, type UnreadAmount } from './amount-entry.ts';

/** What each kind of movement takes beside its id and its time; amounts are two fields of the form. */
export const movementKinds = {
  own_funds_moved: { amounts: ['amount'], texts: ['direction'] },
  psp_payout_received: { amounts: ['amount'], texts: [] },
  cover_traded: { amounts: ['sold', 'bought', 'carried'], texts: [] },
  receipt_suspended: { amounts: ['amount'], texts: [] },
  receipt_identified: { amounts: ['amount'], texts: ['tradeId'] },
  refund_paid: { amounts: ['amount'], texts: ['tradeId', 'refundId'] },
} as const;

export type MovementKind = keyof typeof movementKinds;
type AmountName = (typeof movementKinds)[MovementKind]['amounts'][number];

export type UnreadField = { readonly name: AmountName; readonly why: UnreadAmount };

export const kindNames = Object.keys(movementKinds) as readonly MovementKind[];

/**
 * The body of `POST /v1/ledger/movements` from the fields of the form; or the amounts that can't be read
 * and why, so that nothing is sent that a person did not mean.
 */
export function movementFrom(
  kind: MovementKind,
  text: (name: string) => string,
): { readonly body: object } | { readonly unread: readonly UnreadField[] } {
  const { amounts, texts } = movementKinds[kind];
  const unread: UnreadField[] = [];
  const money = amounts.flatMap((name) => {
    const currency = text(`${name}.currency`).trim().toUpperCase();
    const entry = readAmount(text(name), currency);
    if ('amountMinor' in entry) return [[name, { currency, ...entry }] as const];
    unread.push({ name, why: entry.unread });
    return [];
  });
  if (unread.length > 0) return { unread };
  const others = [...texts].map((name) => [name, text(name).trim()]);
  return {
    body: {
      kind,
      movementId: text('movementId').trim(),
      occurredAt: `${text('occurredAt')}:00.000Z`,
      ...Object.fromEntries([...money, ...others]),
    },
  };
}
