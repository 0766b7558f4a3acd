import type { LineDetail, LineReferences } from '../../../../events/bank/bank-statement.v1.ts';
import { parseDecimal, unsigned } from '../amounts.ts';
import { defined } from '../reading.ts';
import { accountIdOf, bicOf, currencyOfAmount } from './fields.ts';
import { all, one, textAt, textAtAny, textOf, type XmlNode } from './xml.ts';

type Context = {
  readonly direction: 'credit' | 'debit';
  readonly reversal: boolean;
  readonly accountId: string | null;
};

/** One `TxDtls`: a payment within an entry. */
export function readDetail(node: XmlNode, context: Context): LineDetail {
  const indicator = textAt(node, 'CdtDbtInd');
  return {
    ...defined({
      amount: amountOf(
        one(node, 'Amt') ??
          one(node, 'AmtDtls', 'TxAmt', 'Amt') ??
          one(node, 'AmtDtls', 'InstdAmt', 'Amt'),
      ),
      direction: directions[indicator ?? ''],
      counterparty: counterpartyOf(node, context),
      exchange: exchangeOf(one(node, 'AmtDtls')),
      returnReason: textAtAny(
        node,
        'RtrInf/Rsn/Cd',
        'RtrInf/RtrRsn/Cd',
        'RtrInf/Rsn/Prtry',
        'RtrInf/RtrRsn/Prtry',
        'RtrInf/AddtlInf',
        'RtrInf/AddtlRtrRsnInf',
      ),
    }),
    references: referencesOf(node),
    remittance: {
      structured: all(node, 'RmtInf', 'Strd', 'CdtrRefInf').flatMap(
        (reference) => textAtAny(reference, 'Ref', 'CdtrRef') ?? [],
      ),
      unstructured: [
        ...all(node, 'RmtInf', 'Ustrd'),
        ...all(node, 'RmtInf', 'Strd', 'AddtlRmtInf'),
        ...all(node, 'AddtlTxInf'),
      ].flatMap((text) => textOf(text) ?? []),
    },
    charges: all(node, 'Chrgs').flatMap(chargesOf),
  };
}

const directions: Readonly<Record<string, 'credit' | 'debit' | undefined>> = {
  CRDT: 'credit',
  DBIT: 'debit',
};

/** What says that there is no reference is none. */
export const realReference = (text: string | undefined): string | undefined =>
  text === undefined || /^(?:NOT ?PROVIDED|NONREF|NOREF|N\/A|0+)$/i.test(text) ? undefined : text;

function referencesOf(node: XmlNode): LineReferences {
  const refs = one(node, 'Refs');
  return defined({
    endToEndId: realReference(textAt(refs, 'EndToEndId')),
    uetr: textAt(refs, 'UETR')?.toLowerCase(),
    accountServicerReference: realReference(textAt(refs, 'AcctSvcrRef')),
    transactionId: realReference(textAt(refs, 'TxId')),
    instructionId: realReference(textAt(refs, 'InstrId')),
    paymentInformationId: realReference(textAt(refs, 'PmtInfId')),
    messageId: realReference(textAt(refs, 'MsgId')),
    mandateId: realReference(textAt(refs, 'MndtId')),
    checkNumber: textAt(refs, 'ChqNb'),
  });
}

/** The entry's own references, and its batch's where no payment gave them. */
export function entryReferences(entry: XmlNode, given: LineReferences): LineReferences {
  const batch = one(entry, 'NtryDtls', 'Btch') ?? one(entry, 'Btch');
  return defined({
    entryReference: realReference(textAt(entry, 'NtryRef')),
    accountServicerReference:
      realReference(textAt(entry, 'AcctSvcrRef')) ?? given.accountServicerReference,
    paymentInformationId: given.paymentInformationId ?? realReference(textAt(batch, 'PmtInfId')),
    messageId: given.messageId ?? realReference(textAt(batch, 'MsgId')),
  });
}

/**
 * The other side: who paid on a credit, who was paid on a debit. A reversal names the parties of
 * the payment it takes back, so there the other side is the one that is not the account itself.
 */
function counterpartyOf(node: XmlNode, context: Context): LineDetail['counterparty'] {
  const { direction, reversal, accountId } = context;
  const isPayer = (direction === 'credit') !== reversal;
  const sides = isPayer ? ['Dbtr', 'Cdtr'] : ['Cdtr', 'Dbtr'];
  for (const side of sides) {
    const account = accountIdOf(one(node, 'RltdPties', `${side}Acct`));
    const party = defined({
      name: textAtAny(
        one(node, 'RltdPties'),
        `${side}/Nm`,
        `${side}/Pty/Nm`,
        `Ultmt${side}/Nm`,
        `Ultmt${side}/Pty/Nm`,
      ),
      account,
      bic: bicOf(one(node, 'RltdAgts', `${side}Agt`, 'FinInstnId')),
    });
    const isSelf = account !== undefined && account === accountId;
    if (!isSelf && Object.keys(party).length > 0) return party;
  }
  return undefined;
}

function amountOf(node: XmlNode | undefined): LineDetail['amount'] | undefined {
  const currency = currencyOfAmount(node) ?? '';
  const parsed = parseDecimal(node === undefined ? '' : (textOf(node) ?? ''), currency);
  return parsed.ok ? { amountMinor: unsigned(parsed.minor), currency } : undefined;
}

/** Charges stand directly in `Chrgs` up to version 3 and in its records from version 4 on. */
export function chargesOf(node: XmlNode): LineDetail['charges'] {
  const records = all(node, 'Rcrd');
  return (records.length > 0 ? records : [node]).flatMap((record) => {
    const amount = amountOf(one(record, 'Amt'));
    if (amount === undefined) return [];
    return [
      {
        ...amount,
        direction: directions[textAt(record, 'CdtDbtInd') ?? ''] ?? 'debit',
        included: /^(?:true|1)$/.test(textAt(record, 'ChrgInclInd') ?? ''),
        ...defined({ type: textAtAny(record, 'Tp/Cd', 'Tp/Prtry/Id', 'Tp/Prtry', 'Br') }),
      },
    ];
  });
}

const EXCHANGES = ['TxAmt', 'InstdAmt', 'CntrValAmt', 'AnncdPstngAmt', 'PrtryAmt'];

function exchangeOf(details: XmlNode | undefined): LineDetail['exchange'] {
  const exchange = EXCHANGES.map((name) => one(details, name, 'CcyXchg')).find(
    (node) => node !== undefined,
  );
  if (exchange === undefined) return undefined;
  return defined({
    sourceCurrency: currencyCode(textAt(exchange, 'SrcCcy')),
    targetCurrency: currencyCode(textAt(exchange, 'TrgtCcy')),
    rate: textAt(exchange, 'XchgRate'),
    instructed: amountOf(one(details, 'InstdAmt', 'Amt') ?? one(details, 'CntrValAmt', 'Amt')),
    dealId: textAt(exchange, 'CtrctId'),
  });
}

const currencyCode = (text: string | undefined): string | undefined =>
  text !== undefined && /^[A-Z]{3}$/.test(text) ? text : undefined;
