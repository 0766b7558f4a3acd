import type {
  BankStatement,
  StatementBalance,
  StatementFormat,
  StatementLine,
  StatementProblem,
} from '../../../../events/bank/bank-statement.v1.ts';
import { directionOf, parseDecimal, unsigned } from '../amounts.ts';
import { isoDateIn } from '../dates.ts';
import { defined, odd, unreadable } from '../reading.ts';
import { balanceOf, checkTotals } from '../totals.ts';
import { readEntry } from './entry.ts';
import { accountIdOf, currencyOfAmount, servicerOf } from './fields.ts';
import { checkSummary } from './summary.ts';
import { all, one, textAt, textAtAny, textOf, type XmlNode } from './xml.ts';

type Context = { readonly format: StatementFormat; readonly path: string };

const kinds = {
  'camt.052': 'intraday',
  'camt.053': 'statement',
  'camt.054': 'notification',
} as const;

/** One `Stmt`, `Rpt` or `Ntfctn`, with everything that is wrong with it. */
export function readCamtStatement(node: XmlNode, { format, path }: Context): BankStatement {
  const problems: StatementProblem[] = [];
  const balances = all(node, 'Bal').flatMap((balance, index) =>
    readBalance(balance, `${path}/Bal[${index + 1}]`, problems),
  );
  const account = readAccount(one(node, 'Acct'));
  if (account.id === null) {
    problems.push(odd('statement.account_missing', 'The account has no id.', { path }));
  }
  const lines = all(node, 'Ntry').flatMap((entry, index) => {
    const at = { path: `${path}/Ntry[${index + 1}]` };
    const read = readEntry(entry, { at, accountId: account.id });
    problems.push(...read.problems);
    return read.line === undefined ? [] : [read.line];
  });
  const currency = currencyOf(node, balances, lines);
  const closing = balanceOf(balances, currency, 'CLBD');
  const statement = {
    format,
    kind: kinds[format as keyof typeof kinds],
    id: textAt(node, 'Id') ?? null,
    sequence: textAtAny(node, 'ElctrncSeqNb', 'LglSeqNb') ?? null,
    account,
    currency,
    opening: balanceOf(balances, currency, 'OPBD', 'PRCD'),
    closing,
    balances,
    lines: lines.map((line, index) => ({ ...line, ordinal: index + 1 })),
  };
  const closingPath = closing === null ? path : `${path}/Bal[${balances.indexOf(closing) + 1}]`;
  const expectation = format === 'camt.053' ? 'expected' : 'optional';
  return {
    ...statement,
    problems: [
      ...problems,
      ...foreignBalances(balances, currency, path),
      ...checkTotals(statement, expectation, { path: closingPath }),
      ...checkSummary(one(node, 'TxsSummry'), lines, currency, `${path}/TxsSummry`),
    ],
  };
}

/** A booked balance in another currency than the account's can't be its opening or closing. */
const foreignBalances = (
  balances: readonly StatementBalance[],
  currency: string | null,
  path: string,
): readonly StatementProblem[] =>
  balances
    .filter(({ type }) => ['OPBD', 'PRCD', 'CLBD'].includes(type))
    .filter((balance) => balance.currency !== currency)
    .map(({ type, currency: other }) =>
      odd('balance.currency_differs', `${type} is in ${other}, the account in ${currency}.`, {
        path,
      }),
    );

/** What the account says, or else its balances, or else its lines. */
function currencyOf(
  node: XmlNode,
  balances: readonly StatementBalance[],
  lines: readonly StatementLine[],
): string | null {
  const declared = textAt(node, 'Acct', 'Ccy');
  if (declared !== undefined && /^[A-Z]{3}$/.test(declared)) return declared;
  const booked = balances.find((balance) => ['CLBD', 'OPBD', 'PRCD'].includes(balance.type));
  return booked?.currency ?? balances[0]?.currency ?? lines[0]?.currency ?? null;
}

function readAccount(node: XmlNode | undefined): BankStatement['account'] {
  return {
    id: accountIdOf(node) ?? null,
    scheme: textAt(node, 'Id', 'IBAN') === undefined ? 'other' : 'IBAN',
    ...defined({
      name: textAtAny(node, 'Nm', 'Ownr/Nm', 'Ownr/Pty/Nm'),
      servicer: servicerOf(one(node, 'Svcr', 'FinInstnId')),
    }),
  };
}

function readBalance(
  node: XmlNode,
  path: string,
  problems: StatementProblem[],
): readonly StatementBalance[] {
  const amount = one(node, 'Amt');
  const currency = currencyOfAmount(amount) ?? '';
  const parsed = parseDecimal(amount === undefined ? '' : (textOf(amount) ?? ''), currency);
  const type = textAtAny(node, 'Tp/CdOrPrtry/Cd', 'Tp/CdOrPrtry/Prtry', 'Tp/Cd', 'Tp/Prtry') ?? '';
  if (!parsed.ok) {
    problems.push(unreadable(`balance.${parsed.fault}`, parsed.detail, { path: `${path}/Amt` }));
    return [];
  }
  const indicator = textAt(node, 'CdtDbtInd');
  const minor = indicator === 'DBIT' ? -parsed.minor : parsed.minor;
  return [
    {
      type,
      date: isoDateIn(textAtAny(node, 'Dt/Dt', 'Dt/DtTm') ?? '') ?? null,
      amountMinor: unsigned(minor),
      currency,
      direction: directionOf(minor),
    },
  ];
}
