import type { BankStatement, StatementLine } from '../../events/bank/bank-statement.v1.ts';
import { isCurrencyCode } from '../money/currency.ts';
import { canonicalJson, derivedId } from '../platform/ids.ts';
import type { ReconItem } from './item.ts';
import { isStructuredReference } from './references.ts';

/** What a statement is, wherever and however often it came: its account, number and balances. */
export function statementKey({
  account,
  currency,
  id,
  sequence,
  opening,
  closing,
  lines,
}: BankStatement): string {
  const content = canonicalJson({ id, sequence, opening, closing, lines: lines.map(contentOf) });
  return derivedId('stm', account.id ?? '', currency ?? '', content);
}

const contentOf = ({ at: _, ...content }: StatementLine): unknown => content;

/** The lines that `itemsOf` makes items of, in its order: booked, and in money of today. */
export const bookedLines = ({ lines }: BankStatement): readonly StatementLine[] =>
  lines.filter((line) => !line.pending && isCurrencyCode(line.currency));

/**
 * The booked lines of a statement as items. An item's id follows from the account and the line, and
 * from how many lines like it came before: the same file gives the same ids, and identical lines
 * within one file stay apart.
 */
export function itemsOf(statement: BankStatement): readonly ReconItem[] {
  const account = `${statement.account.id}\n${statement.currency}`;
  const occurrences = new Map<string, number>();
  return bookedLines(statement).map((line) => {
    const key = lineKey(line);
    const occurrence = (occurrences.get(key) ?? 0) + 1;
    occurrences.set(key, occurrence);
    return itemOf(line, derivedId('lin', account, key, occurrence.toString()));
  });
}

/** What a bank repeats when it sends the same movement again. */
function lineKey({ references, ...line }: StatementLine): string {
  return [
    references.accountServicerReference,
    references.entryReference,
    references.transactionId,
    references.endToEndId,
    line.bookingDate,
    line.valueDate,
    line.direction,
    line.amountMinor,
    line.currency,
    line.remittance.unstructured.join(' '),
  ].join('|');
}

function itemOf(line: StatementLine, id: string): ReconItem {
  const amount = BigInt(line.amountMinor);
  const parts = line.details.flatMap((detail) => detail.references.endToEndId ?? []);
  const returned = line.returnReason ?? (line.reversal ? 'reversed' : undefined);
  return {
    id,
    currency: line.currency as ReconItem['currency'],
    amountMinor: line.direction === 'debit' ? -amount : amount,
    date: line.bookingDate ?? line.valueDate ?? '',
    keys: keysOf(line),
    ...(parts.length > 0 ? { parts } : {}),
    ...(line.counterparty?.name === undefined ? {} : { name: line.counterparty.name }),
    ...(line.charges.length > 0 ? { sharesCharges: true } : {}),
    ...(returned === undefined ? {} : { returned }),
  };
}

/** The bank's own reference tells a movement where nobody gave it one. */
function keysOf({ references, remittance, exchange }: StatementLine): ReconItem['keys'] {
  const structured = remittance.structured.find(isStructuredReference) ?? remittance.structured[0];
  const keys = {
    endToEndId: references.endToEndId,
    uetr: references.uetr,
    bankReference:
      references.endToEndId === undefined ? references.accountServicerReference : undefined,
    dealId: exchange?.dealId ?? (exchange === undefined ? undefined : references.transactionId),
    batchId: references.paymentInformationId,
    transactionId: references.transactionId,
    sourceId: references.sourceId,
    payoutId: references.payoutId,
    structuredReference: structured,
  };
  return Object.fromEntries(
    Object.entries(keys).filter(([, value]) => value !== undefined),
  ) as ReconItem['keys'];
}
