import { type BankChargeLimits, isTooLittleBack, mostKeptMinor } from '../money/bank-charges.ts';
import { type Money, money, negate } from '../money/money.ts';
import { paymentId } from '../reconciliation/expectations.ts';
import type { StoredItem } from '../reconciliation/plan.ts';
import type { Find } from './suspense-effects.ts';

/** What was paid, and how much of it banks may keep. */
export type ShortReturn = { readonly paid: Money; readonly mostKept: Money };

/** The payment of settlement's that a line brought back; undefined where the books do not know it. */
export const paymentOf = (line: StoredItem | undefined, find: Find): StoredItem | undefined =>
  line?.item.returned === undefined ? undefined : find(paymentId(line.item.keys.endToEndId ?? ''));

/** What a line may have brought back is expected under these: a payment of settlement's, or a refund. */
export const paidIds = ({ item: { returned, keys } }: StoredItem): readonly string[] =>
  returned === undefined || keys.endToEndId === undefined
    ? []
    : [paymentId(keys.endToEndId), `refund_paid:${keys.endToEndId}`];

/**
 * Why a line that the bank calls a return is none: so little of its payment came back that paying all of
 * it again would be a loss. Undefined where it is a return, or the payment is not known or of other money.
 */
export function shortReturn(
  limits: BankChargeLimits,
  { line, payment }: { readonly line: StoredItem; readonly payment: StoredItem | undefined },
): ShortReturn | undefined {
  if (payment === undefined || payment.item.currency !== line.item.currency) return undefined;
  const { currency } = payment.item;
  const paid = negate(money(currency, payment.item.amountMinor));
  const returned = money(currency, line.item.amountMinor);
  if (!isTooLittleBack(limits, { paid, returned })) return undefined;
  return { paid, mostKept: money(currency, mostKeptMinor(limits, paid)) };
}
