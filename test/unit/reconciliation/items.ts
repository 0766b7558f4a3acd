import type { ReconItem } from '../../../src/reconciliation/item.ts';
import type { Reconciliation } from '../../../src/reconciliation/outcome.ts';
import { reconcile } from '../../../src/reconciliation/reconcile.ts';
import { type ItemRec, itemRecs } from '../../../src/reconciliation/recs.ts';

/** A Monday. */
export const today = '2026-06-29';

export const item = (
  id: string,
  amountMinor: bigint,
  more: Partial<ReconItem> = {},
): ReconItem => ({
  id,
  currency: 'EUR',
  amountMinor,
  date: '2026-06-26',
  keys: {},
  ...more,
});

export const run = (
  rec: ItemRec['id'],
  left: readonly ReconItem[],
  right: readonly ReconItem[],
  asOf = today,
): Reconciliation => reconcile(itemRecs[rec], { left, right }, { asOf });

/** `exact p1 = l1` for each match: what most tests ask. */
export const matchesOf = ({ matches }: Reconciliation): readonly string[] =>
  matches.map(({ pass, left, right }) => `${pass} ${left.join('+')} = ${right.join('+')}`);

/** `missing p1 / ` for each break, by type. */
export const breaksOf = ({ breaks }: Reconciliation): readonly string[] =>
  breaks.map(({ type, left, right }) => `${type} ${left.join('+')} / ${right.join('+')}`).sort();
