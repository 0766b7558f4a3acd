import type { BreakRaised } from '../../../../events/reconciliation/break-raised.v1.ts';
import type { StoredItem } from '../../../../src/reconciliation/plan.ts';
import type { BankLine, ProviderRow, ReconciliationView, World } from '../../world.ts';
import { walk } from './lifecycle.ts';

/** A break as it was raised, and what has become of it. */
export type BreakSeen = { readonly raised: BreakRaised; readonly status: string };

/** Every break that was ever raised, by its id. */
export function breaksOf({ streams }: World): ReadonlyMap<string, BreakSeen> {
  const breaks = new Map<string, BreakSeen>();
  for (const [streamId, records] of streams) {
    const raised = records[0]?.events[0];
    if (raised?.type !== 'BreakRaised') continue;
    breaks.set(raised.breakId, { raised, status: walk(streamId, records).status });
  }
  return breaks;
}

export const isOpen = ({ status }: BreakSeen): boolean => status !== 'resolved';

/** What really moved behind an item of the right side; undefined where nothing did. */
export function truthOf(
  { rows, bank }: ReconciliationView,
  { lane, item }: StoredItem,
): ProviderRow | BankLine | undefined {
  if (lane === 'provider' || lane === 'provider_payouts') {
    return rows.find(({ id }) => id === item.keys.transactionId);
  }
  return bank.find((line) => isOf(line, item));
}

/** Whether an item is of that line, as far as a statement lets anybody see. */
export const isOf = (line: BankLine, item: StoredItem['item']): boolean =>
  line.amount.currency === item.currency &&
  line.amount.amountMinor === item.amountMinor &&
  line.day === item.date &&
  (line.endToEndId === null || line.endToEndId === item.keys.endToEndId);

/**
 * The other line of a payment that the bank debited twice. Which of both is the one too many nobody can
 * see: it is the one that was read later.
 */
export const twinsOf = ({ bank }: ReconciliationView, line: BankLine): readonly BankLine[] =>
  bank.filter(
    (other) =>
      other !== line &&
      (other.trouble === 'twice' || line.trouble === 'twice') &&
      other.endToEndId === line.endToEndId &&
      other.amount.currency === line.amount.currency &&
      other.amount.amountMinor === line.amount.amountMinor,
  );

/** The items that others have told us of, where each movement is one. */
export const isTold = ({ lane, side }: StoredItem): boolean =>
  side === 'right' && lane !== 'provider_payouts';
