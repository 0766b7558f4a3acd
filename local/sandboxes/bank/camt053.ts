import { type CurrencyCode, minorUnitDigits } from '../../../src/money/currency.ts';
import type { Money } from '../../../src/money/money.ts';

const RATE_DIGITS = 8;

/** One movement as the bank books it: above zero, money came in. */
export type BankMovement = {
  readonly amountMinor: bigint;
  readonly reference: string;
  readonly endToEndId?: string;
  readonly text?: string;
  /** Why a payment came back, in ISO 20022's codes. */
  readonly returnReason?: string;
  /** Shared charges that the amount includes. */
  readonly chargesMinor?: bigint;
  /** What was sold for what, under the id of the deal. */
  readonly exchange?: { readonly dealId: string; readonly sold: Money; readonly bought: Money };
};

export type BankDay = {
  readonly iban: string;
  readonly currency: CurrencyCode;
  readonly sequence: number;
  /** `YYYY-MM-DD` */
  readonly date: string;
  readonly openingMinor: bigint;
  readonly movements: readonly BankMovement[];
};

/** A day of one account as the bank's camt.053, whose lines make its closing balance. */
export function camt053({
  iban,
  currency,
  sequence,
  date,
  openingMinor,
  movements,
}: BankDay): string {
  const closing = movements.reduce((sum, { amountMinor }) => sum + amountMinor, openingMinor);
  const balance = (code: string, minor: bigint): string =>
    element('Bal', [
      `<Tp><CdOrPrtry><Cd>${code}</Cd></CdOrPrtry></Tp>`,
      amountOf(currency, minor),
      `<Dt><Dt>${date}</Dt></Dt>`,
    ]);
  const statement = element('Stmt', [
    `<Id>${currency}-${sequence}</Id><ElctrncSeqNb>${sequence}</ElctrncSeqNb>`,
    `<Acct><Id><IBAN>${iban}</IBAN></Id><Ccy>${currency}</Ccy></Acct>`,
    balance('OPBD', openingMinor),
    balance('CLBD', closing),
    ...movements.map((movement) => entryOf(movement, { currency, date })),
  ]);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt>',
    `<GrpHdr><MsgId>BANK-${sequence}</MsgId><CreDtTm>${date}T23:00:00Z</CreDtTm></GrpHdr>`,
    statement,
    '</BkToCstmrStmt></Document>',
  ].join('\n');
}

function entryOf(
  movement: BankMovement,
  { currency, date }: { readonly currency: CurrencyCode; readonly date: string },
): string {
  const { amountMinor, reference, endToEndId, text, returnReason, chargesMinor, exchange } =
    movement;
  const details = element('TxDtls', [
    endToEndId === undefined ? '' : `<Refs><EndToEndId>${endToEndId}</EndToEndId></Refs>`,
    exchange === undefined ? '' : exchangeOf(currency, exchange),
    chargesMinor === undefined ? '' : chargesOf(currency, chargesMinor),
    text === undefined ? '' : `<RmtInf><Ustrd>${escaped(text)}</Ustrd></RmtInf>`,
    returnReason === undefined ? '' : `<RtrInf><Rsn><Cd>${returnReason}</Cd></Rsn></RtrInf>`,
  ]);
  return element('Ntry', [
    amountOf(currency, amountMinor),
    '<Sts><Cd>BOOK</Cd></Sts>',
    `<BookgDt><Dt>${date}</Dt></BookgDt><ValDt><Dt>${date}</Dt></ValDt>`,
    `<AcctSvcrRef>${reference}</AcctSvcrRef>`,
    element('NtryDtls', [details]),
  ]);
}

/** The other side of an exchange, and the contract that it was dealt under. */
function exchangeOf(
  currency: CurrencyCode,
  { dealId, sold, bought }: NonNullable<BankMovement['exchange']>,
): string {
  const other = sold.currency === currency ? bought : sold;
  const amount = decimal(other.currency, other.amountMinor);
  return element('AmtDtls', [
    element('CntrValAmt', [
      `<Amt Ccy="${other.currency}">${amount}</Amt>`,
      element('CcyXchg', [
        `<SrcCcy>${sold.currency}</SrcCcy><TrgtCcy>${bought.currency}</TrgtCcy>`,
        `<XchgRate>${rateOf(sold, bought)}</XchgRate><CtrctId>${dealId}</CtrctId>`,
      ]),
    ]),
  ]);
}

/** What one major unit of what was sold brought, as the bank prints it. */
function rateOf(sold: Money, bought: Money): string {
  const scale = 10n ** BigInt(RATE_DIGITS + minorUnitDigits(sold.currency));
  const divisor = sold.amountMinor * 10n ** BigInt(minorUnitDigits(bought.currency));
  const text = ((bought.amountMinor * scale) / divisor).toString().padStart(RATE_DIGITS + 1, '0');
  return `${text.slice(0, -RATE_DIGITS)}.${text.slice(-RATE_DIGITS)}`;
}

const chargesOf = (currency: CurrencyCode, minor: bigint): string =>
  `<Chrgs><Rcrd>${amountOf(currency, -minor)}<ChrgInclInd>true</ChrgInclInd></Rcrd></Chrgs>`;

/** The amount without a sign, and which way it went. */
function amountOf(currency: CurrencyCode, minor: bigint): string {
  const size = minor < 0n ? -minor : minor;
  const indicator = minor < 0n ? 'DBIT' : 'CRDT';
  return `<Amt Ccy="${currency}">${decimal(currency, size)}</Amt><CdtDbtInd>${indicator}</CdtDbtInd>`;
}

function decimal(currency: CurrencyCode, minor: bigint): string {
  const digits = minorUnitDigits(currency);
  const text = minor.toString().padStart(digits + 1, '0');
  return digits === 0 ? text : `${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

const element = (name: string, parts: readonly string[]): string =>
  `<${name}>${parts.filter((part) => part !== '').join('')}</${name}>`;

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
