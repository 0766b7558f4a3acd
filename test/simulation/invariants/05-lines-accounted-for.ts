import type { StoredItem } from '../../../src/reconciliation/plan.ts';
import type { BankLine, ProviderRow, ReconciliationView, World } from '../world.ts';
import { invariant, type Report } from './invariant.ts';
import { type EventOf, eventsOf } from './support/history.ts';
import { type BreakSeen, breaksOf, isOf, isOpen, isTold, truthOf } from './support/reconciling.ts';

const DAY_MS = 86_400_000;
/** Days after which what was awaited is missing, weekends and holidays included. */
const LONGEST_WAIT_DAYS = { A: 5, B: 5, C: 15, D: 10, E: 60, G: 5 } as const;

/**
 * Every line of the bank's and every row of the provider's is one item, and so is everything that the
 * books expect of them; at rest each is in one match with what it is of, in an open break, closed by a
 * person, or still awaited within its window.
 */
export const linesAccountedFor = invariant({
  name: '05-lines-accounted-for',
  number: 5,
  when: 'rest',
  find: (world, report) => {
    const { reconciliation: view } = world;
    if (view === null) return;
    const items = view.items();
    const told = items.filter(isTold);
    for (const row of view.rows) {
      if (row.category === 'payout') continue;
      const own = told.filter(({ item }) => item.keys.transactionId === row.id);
      if (own.length !== 1) report(null, `${row.id} of the provider is ${own.length} items`);
    }
    checkBank(view.bank, told, report);
    checkExpected(world, items, report);
    const breaks = breaksOf(world);
    for (const one of items) checkPlace(world, { one, breaks }, report);
    checkMatches(view, items, report);
  },
});

/** Lines that a statement can't tell apart stay apart all the same. */
function checkBank(bank: readonly BankLine[], told: readonly StoredItem[], report: Report): void {
  const ofBank = told.filter(({ lane }) => lane !== 'provider');
  if (ofBank.length !== bank.length) {
    report(null, `${bank.length} lines of the bank are ${ofBank.length} items`);
  }
  for (const line of bank) {
    const lines = bank.filter((other) => isSame(line, other)).length;
    const own = ofBank.filter(({ item }) => isOf(line, item)).length;
    if (own < lines) report(null, `${line.reference} of the bank is ${own} of ${lines} items`);
  }
}

const isSame = (left: BankLine, right: BankLine): boolean =>
  left.day === right.day &&
  left.endToEndId === right.endToEndId &&
  left.amount.currency === right.amount.currency &&
  left.amount.amountMinor === right.amount.amountMinor;

function checkExpected(
  { records, stripe }: World,
  items: readonly StoredItem[],
  report: Report,
): void {
  const known = new Set(items.filter(({ side }) => side === 'left').map(({ item }) => item.id));
  const expect = (id: string, tradeId: string): void => {
    if (!known.has(id)) report(tradeId, `nobody expects ${id}`);
  };
  for (const { chargeId, tradeId, receiptIds } of eventsOf(records, 'EscrowFunded')) {
    if (receiptIds === undefined) expect(`charge:${chargeId}`, tradeId);
  }
  for (const { providerRefundId: id, tradeId } of eventsOf(records, 'RefundSettled')) {
    const isBooked = stripe.transactions.some(
      ({ sourceId, net }) => sourceId === id && net.amountMinor !== 0n,
    );
    if (isBooked) expect(`refund:${id}`, tradeId);
  }
  for (const { transferId, tradeId, rail } of eventsOf(records, 'PayoutSettled')) {
    if (rail !== 'bank_file') expect(`transfer:${transferId}`, tradeId);
  }
  for (const { endToEndId, tradeId } of eventsOf(records, 'PayoutInstructionAdded')) {
    expect(`payout_sent:${endToEndId}`, tradeId);
  }
  const returned: readonly EventOf<'PayoutReturned'>[] = eventsOf(records, 'PayoutReturned');
  for (const { transferId, tradeId } of returned) expect(`payout_returned:${transferId}`, tradeId);
}

function checkPlace(
  world: World,
  { one, breaks }: { readonly one: StoredItem; readonly breaks: ReadonlyMap<string, BreakSeen> },
  report: Report,
): void {
  const { status, matchId, breakId, item, lane, rec } = one;
  const found = breakId === null ? undefined : breaks.get(breakId);
  const tradeId = one.about?.tradeId ?? null;
  const isInBreak = found !== undefined && isOpen(found);
  if (status === 'matched') {
    if (matchId === null) report(tradeId, `${item.id} is matched with nothing`);
    if (isInBreak) report(tradeId, `${item.id} is matched, and in an open break`);
    return;
  }
  if (status === 'closed') {
    if (isInBreak) report(tradeId, `${item.id} is closed, and its break is open`);
    return;
  }
  const awaited = one.side === 'left' && breakId === null && rec !== null;
  const waitedDays = (world.nowMs() - Date.parse(item.date)) / DAY_MS;
  const isInTime = awaited && waitedDays <= LONGEST_WAIT_DAYS[rec];
  if (!isInBreak && !isInTime) report(tradeId, `${item.id} of ${lane} is nowhere`);
}

/** What was matched is of one currency and amount, and of one movement. */
function checkMatches(
  view: ReconciliationView,
  items: readonly StoredItem[],
  report: Report,
): void {
  const matched = items.filter(({ matchId }) => matchId !== null);
  for (const [matchId, own] of Map.groupBy(matched, (one) => one.matchId)) {
    const left = own.filter(({ side }) => side === 'left');
    const right = own.filter(({ side }) => side === 'right');
    const currencies = new Set(own.map(({ item }) => item.currency));
    if (left.length === 0 || right.length === 0 || currencies.size !== 1) {
      report(null, `${matchId} has ${left.length} and ${right.length} in ${currencies.size}`);
    }
    if (total(left) !== total(right)) {
      report(null, `${matchId} matches ${total(left)} with ${total(right)}`);
    }
    const strange = right.find((one) => !isOfOneOf(left, truthOf(view, one)));
    if (strange !== undefined) report(null, `${strange.item.id} is of another than ${matchId}`);
  }
}

const total = (items: readonly StoredItem[]): bigint =>
  items.reduce((sum, { item }) => sum + item.amountMinor, 0n);

/** Whether what moved is what one of these expects. */
function isOfOneOf(
  left: readonly StoredItem[],
  truth: ProviderRow | BankLine | undefined,
): boolean {
  if (truth === undefined) return false;
  const names =
    'sourceId' in truth
      ? [truth.sourceId, truth.id, truth.payoutId]
      : [truth.endToEndId, /po_\d+/.exec(truth.text ?? '')?.[0]];
  return left.some(({ item }) =>
    names.some((name) => name != null && (item.id.endsWith(name) || isKey(item, name))),
  );
}

const isKey = ({ keys }: StoredItem['item'], name: string): boolean =>
  Object.values(keys).includes(name);
