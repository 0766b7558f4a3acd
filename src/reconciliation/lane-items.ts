import type { BankStatement, StatementLine } from '../../events/bank/bank-statement.v1.ts';
import { expectationOf } from './expectations.ts';
import type { ReconItem } from './item.ts';
import type { LaneItem } from './lane.ts';
import { mentionsIn } from './order-numbers.ts';
import { payoutSides } from './provider-payouts.ts';
import { bookedLines, itemsOf, statementKey } from './statement-items.ts';

/** A provider's payout as it writes it into the text of the transfer. */
const PAYOUT_ID = /\bpo_[A-Za-z0-9]{8,}\b/;
const PAYOUT = 'payout';

/**
 * What a statement puts up for matching: its booked lines, without a name. Only statements of whole
 * periods count; interim reports and notifications tell the same movements before them.
 */
export function laneItemsOf(statement: BankStatement): readonly LaneItem[] {
  const statementId = statementKey(statement);
  return itemsIn(statement).map((one) => ({ ...one, about: { ...one.about, statementId } }));
}

function itemsIn(statement: BankStatement): readonly LaneItem[] {
  switch (statement.format) {
    case 'stripe-balance':
      return [
        ...transactionsOf(statement),
        ...providerPayoutsOf(statement),
        ...announcedOf(statement),
      ];
    case 'stripe-payouts':
      return announcedOf(statement);
    default:
      return statement.kind === 'statement' || statement.kind === 'provider'
        ? bankLinesOf(statement)
        : [];
  }
}

type Read = { readonly line: StatementLine; readonly item: ReconItem };

/** Names stay in the vault: nothing is matched by them. */
function readLines(statement: BankStatement): readonly Read[] {
  const items = itemsOf(statement);
  return bookedLines(statement).flatMap((line, index) => {
    const item = items[index];
    if (item === undefined || item.date === '') return [];
    const { name: _, ...nameless } = item;
    return [{ line, item: nameless }];
  });
}

/** A refund is a movement of its own at a provider, not a payment that came back. */
const movementOf = ({ returned: _, ...item }: ReconItem): ReconItem => item;

const transactionsOf = (statement: BankStatement): readonly LaneItem[] =>
  readLines(statement)
    .filter(({ line }) => line.transactionCode !== PAYOUT)
    .map(({ item }) => ({ lane: 'provider', side: 'right', rec: null, item: movementOf(item) }));

function providerPayoutsOf(statement: BankStatement): readonly LaneItem[] {
  const { left, right } = payoutSides(statement);
  const nameless = ({ name: _, ...item }: ReconItem): ReconItem => item;
  return [
    ...left.map(
      ({ id: lineId, ...item }): LaneItem => ({
        ...{ lane: 'provider_payouts', side: 'left', rec: 'B', about: { lineId } },
        item: nameless({ ...item, id: `provider_payout:${item.keys.payoutId}` }),
      }),
    ),
    ...right.map(
      (item): LaneItem => ({
        ...{ lane: 'provider_payouts', side: 'right', rec: null, item: nameless(item) },
      }),
    ),
  ];
}

/** Payouts that have left the provider: the bank will credit each on the day that it names. */
const announcedOf = (statement: BankStatement): readonly LaneItem[] =>
  readLines(statement).flatMap(({ line, item }): readonly LaneItem[] => {
    const payoutId = line.references.payoutId ?? line.references.sourceId;
    const isOut = item.amountMinor < 0n && line.transactionCode === PAYOUT;
    if (!isOut || payoutId === undefined) return [];
    const { item: expected } = expectationOf({
      ...{ kind: 'provider_payout_announced', payoutId, on: line.valueDate ?? item.date },
      amount: { currency: item.currency, amountMinor: -item.amountMinor },
      ...(line.references.endToEndId === undefined ? {} : { traceId: line.references.endToEndId }),
    });
    return [
      {
        lane: 'bank_in',
        side: 'left',
        rec: 'C',
        item: expected,
        about: { payoutId, lineId: item.id },
      },
    ];
  });

/** What comes in may be a provider's payout or a buyer's; what goes out, or came back, is ours. */
const bankLinesOf = (statement: BankStatement): readonly LaneItem[] =>
  readLines(statement).map(({ line, item }): LaneItem => {
    const isOurs = item.amountMinor < 0n || item.returned !== undefined;
    return isOurs
      ? { lane: 'bank_out', side: 'right', rec: null, item }
      : { lane: 'bank_in', side: 'right', rec: null, item: creditOf(line, item) };
  });

/**
 * Banks hand on a provider's trace id as the end-to-end id, and its payout's id as text; buyers write
 * their order's number there.
 */
function creditOf({ remittance, references }: StatementLine, item: ReconItem): ReconItem {
  const { endToEndId: traceId } = references;
  const payoutId = PAYOUT_ID.exec(remittance.unstructured.join(' '))?.[0];
  const mentions = mentionsIn(remittance.unstructured);
  return {
    ...item,
    ...(mentions.length === 0 ? {} : { mentions }),
    keys: {
      ...item.keys,
      ...(traceId === undefined ? {} : { traceId }),
      ...(payoutId === undefined ? {} : { payoutId }),
    },
  };
}
