import type { BankLine, World } from '../world.ts';
import { invariant } from './invariant.ts';
import { addTo, balancesOf, type Sums } from './support/balances.ts';
import { breaksOf, isOpen, truthOf } from './support/reconciling.ts';

/**
 * At rest account 1200 is in every currency what the bank says it is, but for what an open break
 * tells: a debit or a return that nobody has accepted is not booked yet, and what finance knew of and
 * nobody awaited is held in suspense beside.
 */
export const bankReconciles = invariant({
  name: '05-bank-reconciles',
  number: 5,
  when: 'rest',
  find: (world, report) => {
    const { reconciliation: view } = world;
    if (view === null) return;
    const ours = balancesOf(world.records, ({ account, currency }) =>
      account === '1200' ? currency : undefined,
    );
    const theirs: Sums = new Map();
    for (const { amount } of view.bank) addTo(theirs, amount.currency, amount.amountMinor);
    for (const { line, rec } of openLines(world)) {
      const { currency, amountMinor } = line.amount;
      addTo(theirs, currency, difference(line.kind, rec) * amountMinor);
    }
    for (const currency of new Set([...ours.keys(), ...theirs.keys()])) {
      const book = ours.get(currency) ?? 0n;
      const bank = theirs.get(currency) ?? 0n;
      if (book !== bank) report(null, `1200 has ${book} ${currency}, the bank ${bank}`);
    }
  },
});

/** How often a line is booked beside once, by what it is and the rec in which it is broken. */
function difference(kind: BankLine['kind'], rec: string): bigint {
  if (kind === 'payment' || kind === 'return') return -1n;
  return kind === 'by_finance' && rec === 'E' ? 1n : 0n;
}

/** The lines that are in open breaks. */
function openLines(world: World): readonly { readonly line: BankLine; readonly rec: string }[] {
  const { reconciliation: view } = world;
  if (view === null) return [];
  const breaks = breaksOf(world);
  return view.items().flatMap((one) => {
    const found = one.breakId === null ? undefined : breaks.get(one.breakId);
    if (found === undefined || !isOpen(found) || one.status !== 'open') return [];
    const truth = one.side === 'right' ? truthOf(view, one) : undefined;
    return truth === undefined || 'category' in truth
      ? []
      : [{ line: truth, rec: found.raised.rec }];
  });
}
