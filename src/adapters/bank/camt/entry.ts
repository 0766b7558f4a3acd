import type {
  FilePlace,
  LineDetail,
  StatementLine,
  StatementProblem,
} from '../../../../events/bank/bank-statement.v1.ts';
import { parseDecimal, unsigned } from '../amounts.ts';
import { isoDateIn } from '../dates.ts';
import { defined, difference, odd, unreadable } from '../reading.ts';
import { chargesOf, entryReferences, readDetail } from './details.ts';
import { currencyOfAmount } from './fields.ts';
import { all, one, textAt, textAtAny, textOf, type XmlNode } from './xml.ts';

type Context = { readonly at: { readonly path: string }; readonly accountId: string | null };

export type ReadEntry = {
  readonly line?: StatementLine;
  readonly problems: readonly StatementProblem[];
};

/**
 * One `Ntry` as one line: it is what moved the balance, however many payments the bank put in it.
 * `CdtDbtInd` says which way the money went, for a reversal too: `RvslInd` tells that the entry
 * takes back one of the opposite indicator (ISO 20022 message definition report).
 */
export function readEntry(node: XmlNode, { at, accountId }: Context): ReadEntry {
  const moved = movement(node, at);
  if (moved.line === undefined) return { problems: moved.problems };
  const { amountMinor, currency, direction } = moved.line;
  const reversal = /^(?:true|1)$/.test(textAt(node, 'RvslInd') ?? '');
  const transactions = [...all(node, 'NtryDtls', 'TxDtls'), ...all(node, 'TxDtls')];
  const details = transactions.map((detail) =>
    readDetail(detail, { direction, reversal, accountId }),
  );
  const [single] = details;
  const lifted = details.length === 1 && single !== undefined ? single : emptyDetail;
  const { amount: _amount, direction: _direction, ...described } = lifted;
  const dates = entryDates(node, at);
  const line: StatementLine = {
    ordinal: 1,
    at,
    ...dates.dates,
    amountMinor,
    currency,
    direction,
    pending: isPending(node),
    reversal,
    ...described,
    references: { ...described.references, ...entryReferences(node, described.references) },
    charges: [...all(node, 'Chrgs').flatMap(chargesOf), ...described.charges],
    ...defined({
      transactionCode: transactionCodeOf(one(node, 'BkTxCd')),
      description: textAtAny(node, 'AddtlNtryInf', 'AddtlTxInf'),
    }),
    details: details.length > 1 ? details : [],
  };
  return { line, problems: [...dates.problems, ...checkBatch(line, at)] };
}

const emptyDetail: LineDetail = {
  references: {},
  remittance: { structured: [], unstructured: [] },
  charges: [],
};

type Moved = {
  readonly line?: Pick<StatementLine, 'amountMinor' | 'currency' | 'direction'>;
  readonly problems: readonly StatementProblem[];
};

function movement(node: XmlNode, at: { readonly path: string }): Moved {
  const amount = one(node, 'Amt');
  const currency = currencyOfAmount(amount) ?? '';
  const parsed = parseDecimal(amount === undefined ? '' : (textOf(amount) ?? ''), currency);
  if (!parsed.ok || parsed.minor < 0n) {
    const code = parsed.ok ? 'line.amount_invalid' : `line.${parsed.fault}`;
    const detail = parsed.ok ? 'An entry’s amount has no sign.' : parsed.detail;
    return { problems: [unreadable(code, detail, { path: `${at.path}/Amt` })] };
  }
  const indicator = textAt(node, 'CdtDbtInd');
  if (indicator !== 'CRDT' && indicator !== 'DBIT') {
    const detail = `Expected CRDT or DBIT, found ${JSON.stringify(indicator ?? '')}.`;
    const place = { path: `${at.path}/CdtDbtInd` };
    return { problems: [unreadable('line.direction_invalid', detail, place)] };
  }
  const direction = indicator === 'DBIT' ? 'debit' : 'credit';
  return { line: { amountMinor: unsigned(parsed.minor), currency, direction }, problems: [] };
}

/** BOOK is booked, and so is an entry of a version that has no status. PDNG, INFO, FUTR are not. */
function isPending(node: XmlNode): boolean {
  const status = textAtAny(node, 'Sts', 'Sts/Cd', 'Sts/Prtry');
  return status !== undefined && status.toUpperCase() !== 'BOOK';
}

function entryDates(node: XmlNode, at: { readonly path: string }) {
  const problems: StatementProblem[] = [];
  const dateAt = (name: string): string | null => {
    const text = textAtAny(node, `${name}/Dt`, `${name}/DtTm`);
    const date = text === undefined ? undefined : isoDateIn(text);
    if (text !== undefined && date === undefined) {
      const place: FilePlace = { path: `${at.path}/${name}` };
      problems.push(odd('line.date_invalid', `${JSON.stringify(text)} is no date.`, place));
    }
    return date ?? null;
  };
  return { dates: { bookingDate: dateAt('BookgDt'), valueDate: dateAt('ValDt') }, problems };
}

function transactionCodeOf(node: XmlNode | undefined): string | undefined {
  const domain = [
    textAt(node, 'Domn', 'Cd'),
    textAt(node, 'Domn', 'Fmly', 'Cd'),
    textAt(node, 'Domn', 'Fmly', 'SubFmlyCd'),
  ].filter((part) => part !== undefined);
  return domain.length > 0 ? domain.join('/') : textAt(node, 'Prtry', 'Cd');
}

/** Where every payment of a batch tells its amount in the line's currency, they make the line. */
function checkBatch(line: StatementLine, at: FilePlace): readonly StatementProblem[] {
  const amounts = line.details.map((detail) =>
    detail.amount?.currency === line.currency ? detail : undefined,
  );
  if (amounts.length === 0 || amounts.includes(undefined)) return [];
  const found = amounts.reduce((sum, detail) => {
    const minor = BigInt(detail?.amount?.amountMinor ?? '0');
    return detail?.direction === undefined || detail.direction === line.direction
      ? sum + minor
      : sum - minor;
  }, 0n);
  const claimed = BigInt(line.amountMinor);
  if (found === claimed) return [];
  const what = 'The payments of a batch do not make its entry';
  return [difference('line.batch_mismatch', { what, claimed, found, currency: line.currency }, at)];
}
