import type { StoredItem } from '../../../src/reconciliation/plan.ts';
import type { BankLine, ProviderRow, ReconciliationView, Trouble, World } from '../world.ts';
import { invariant, type Report } from './invariant.ts';
import { type BreakSeen, breaksOf, isOf, isOpen, truthOf, twinsOf } from './support/reconciling.ts';

/** What a break may be called that tells of a trouble. */
const TELLS: Readonly<Record<Trouble, readonly string[]>> = {
  late: ['missing'],
  too_much: ['over'],
  twice: ['duplicate', 'unexpected'],
  unknown: ['unexpected'],
  omitted: ['missing'],
  higher_fee: ['under', 'over'],
};

/** Provider's transactions that the books do not await under the provider's own id. */
const NOT_AWAITED: ReadonlySet<string> = new Set(['dispute', 'transfer_reversal']);

/**
 * Every trouble with a statement is a break of its kind, and at rest no break is open but for one: what
 * is unexpected, missing or of another amount is so in truth.
 */
export const breaksSayWhy = invariant({
  name: '05-breaks-say-why',
  number: 5,
  when: 'rest',
  find: (world, report) => {
    const { reconciliation: view } = world;
    if (view === null) return;
    const breaks = breaksOf(world);
    const byId = new Map(view.items().map((one) => [one.item.id, one]));
    for (const found of breaks.values()) {
      if (isOpen(found) && !isTrue(world, found, byId)) {
        const { breakType, left, right } = found.raised;
        report(null, `${breakType} of ${[...left, ...right].join(' ')} without any trouble`);
      }
    }
    for (const { id, trouble } of view.rows) {
      if (trouble !== null) checkTold({ breaks, byId, trouble, what: id }, isOfRow(id), report);
    }
    for (const { id, sourceId } of view.omitted) {
      const isOfIt = (one: StoredItem) => one.item.id.endsWith(`:${sourceId}`);
      checkTold({ breaks, byId, trouble: 'omitted', what: id }, isOfIt, report);
    }
    for (const line of view.bank) {
      const { trouble, reference, endToEndId } = line;
      if (trouble === null) continue;
      const twins = twinsOf(view, line);
      const isOfIt = ({ item }: StoredItem) =>
        trouble === 'late'
          ? item.id === `payout_sent:${endToEndId}`
          : [line, ...twins].some((one) => isOf(one, item));
      checkTold({ breaks, byId, trouble, what: reference }, isOfIt, report);
    }
  },
});

const isOfRow =
  (id: string) =>
  ({ item }: StoredItem): boolean =>
    item.keys.transactionId === id || item.keys.transactionId === `${id}_again`;

function checkTold(
  planted: {
    readonly breaks: ReadonlyMap<string, BreakSeen>;
    readonly byId: ReadonlyMap<string, StoredItem>;
    readonly trouble: Trouble;
    readonly what: string;
  },
  isOfIt: (item: StoredItem) => boolean,
  report: Report,
): void {
  const { breaks, byId, trouble, what } = planted;
  const isTold = [...breaks.values()].some(
    ({ raised: { breakType, left, right } }) =>
      TELLS[trouble].includes(breakType) &&
      [...left, ...right].some((id) => {
        const one = byId.get(id);
        return one !== undefined && isOfIt(one);
      }),
  );
  if (!isTold) report(null, `${trouble} of ${what}, and no break says so`);
}

/** Whether something is the matter with any of a break's items. */
function isTrue(
  world: World,
  { raised: { left, right } }: BreakSeen,
  byId: ReadonlyMap<string, StoredItem>,
): boolean {
  const { reconciliation: view } = world;
  if (view === null) return false;
  return [...left, ...right].some((id) => {
    const one = byId.get(id);
    if (one === undefined) return false;
    return one.side === 'left' ? isNotThere(world, one) : isStrange(view, truthOf(view, one));
  });
}

const isStrange = (
  view: ReconciliationView,
  truth: ProviderRow | BankLine | undefined,
): boolean => {
  if (truth === undefined || truth.trouble !== null) return true;
  if ('category' in truth) return NOT_AWAITED.has(truth.category);
  return truth.kind === 'by_finance' || twinsOf(view, truth).length > 0;
};

/** What is expected and never was, or was left out; what came otherwise is told by what came. */
function isNotThere({ stripe, reconciliation }: World, { lane, item }: StoredItem): boolean {
  const { sourceId } = item.keys;
  if (lane !== 'provider' || sourceId === undefined) return false;
  const own = stripe.transactions.filter((one) => one.sourceId === sourceId);
  const isOmitted = reconciliation?.omitted.some((one) => one.sourceId === sourceId) ?? false;
  const moved = own.some(
    ({ net, category }) => net.amountMinor !== 0n && !NOT_AWAITED.has(category),
  );
  return isOmitted || !moved;
}
