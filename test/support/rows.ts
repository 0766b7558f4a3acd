import type { TradelaneEvent } from '../../events/index.ts';
import { journalize } from '../../src/ledger/journalize.ts';

/**
 * The entries of an event as a table of debits and credits has them: the kind, then each leg as
 * `account signed-minor-units currency`, debits positive.
 */
export const rowsOf = (event: TradelaneEvent): readonly (readonly string[])[] =>
  journalize(event).map(({ kind, legs }) => [
    kind,
    ...legs.map(({ account, amountMinor, currency }) => `${account} ${amountMinor} ${currency}`),
  ]);
