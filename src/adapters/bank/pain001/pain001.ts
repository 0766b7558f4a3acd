import { XMLBuilder } from 'fast-xml-parser';
import type { BankAccount, BankAddress } from '../../../../events/marketplace/bank-account.v1.ts';
import { toMajorString } from '../../../money/format.ts';
import { type Money, sum } from '../../../money/money.ts';
import { toBankText } from '../latin/latin.ts';
import { FIELD_LENGTHS } from './field-lengths.ts';

/** Who pays. */
export type Payer = BankAccount & {
  readonly chargeBearer: 'SLEV' | 'SHAR' | 'DEBT' | 'CRED';
};

/** One payment of a file. */
export type CreditTransfer = {
  /** At most 35 characters of the bank's set; the statement gives it back. */
  readonly endToEndId: string;
  readonly uetr: string;
  readonly amount: Money;
  readonly creditor: BankAccount;
  readonly remittance: string;
};

export type CreditTransferFile = {
  /** At most 35 characters of the bank's set, never used for another file. */
  readonly messageId: string;
  /** An instant in UTC. */
  readonly createdAt: string;
  /** `YYYY-MM-DD`. */
  readonly executionDate: string;
  readonly payer: Payer;
  /** All in one currency. */
  readonly transfers: readonly [CreditTransfer, ...CreditTransfer[]];
};

const NAMESPACE = 'urn:iso:std:iso:20022:tech:xsd:pain.001.001.09';
/** The bearer of SEPA's rulebooks, which go with the service level SEPA and with euros alone. */
const SEPA_BEARER = 'SLEV';
const SEPA_CURRENCY = 'EUR';
/** What SLEV comes to where no service level follows: each side pays its own bank. */
const BEARER_ELSEWHERE = 'SHAR';

const builder = new XMLBuilder({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  format: true,
  indentBy: '  ',
});

/**
 * A customer credit transfer initiation, pain.001.001.09, as text in UTF-8: one payment information
 * block, structured addresses, amounts with their currency's own decimals, counts and control sums at
 * both levels. The same file gives the same text.
 *
 * Source: ISO 20022 pain.001.001.09; character set and addresses as EPC217-08 and CBPR+ ask.
 */
export function creditTransferInitiation(file: CreditTransferFile): string {
  const { messageId, createdAt, payer, transfers } = file;
  const totals = {
    NbOfTxs: String(transfers.length),
    CtrlSum: toMajorString(
      sum(
        transfers[0].amount.currency,
        transfers.map(({ amount }) => amount),
      ),
    ),
  };
  return builder.build({
    '?xml': { '@version': '1.0', '@encoding': 'UTF-8' },
    Document: {
      '@xmlns': NAMESPACE,
      CstmrCdtTrfInitn: {
        GrpHdr: {
          MsgId: messageId,
          CreDtTm: createdAt,
          ...totals,
          InitgPty: { Nm: nameOf(payer) },
        },
        PmtInf: paymentInformation(file, totals),
      },
    },
  });
}

const paymentInformation = (
  { messageId, executionDate, payer, transfers }: CreditTransferFile,
  totals: { readonly NbOfTxs: string; readonly CtrlSum: string },
) => ({
  PmtInfId: messageId,
  PmtMtd: 'TRF',
  ...totals,
  ...(bearerOf(payer, transfers) === SEPA_BEARER ? { PmtTpInf: { SvcLvl: { Cd: 'SEPA' } } } : {}),
  ReqdExctnDt: { Dt: executionDate },
  Dbtr: party(payer),
  DbtrAcct: account(payer),
  DbtrAgt: agent(payer),
  ChrgBr: bearerOf(payer, transfers),
  CdtTrfTxInf: transfers.map(creditTransfer),
});

/**
 * A block has one bearer and one service level. SLEV asks for SEPA's, which moves euros between IBANs and
 * nothing else: where any payment of the block is none of SEPA's, the charges are shared.
 */
function bearerOf(payer: Payer, transfers: CreditTransferFile['transfers']) {
  if (payer.chargeBearer !== SEPA_BEARER) return payer.chargeBearer;
  const isSepa =
    payer.iban !== undefined &&
    transfers.every(
      ({ amount, creditor }) => amount.currency === SEPA_CURRENCY && creditor.iban !== undefined,
    );
  return isSepa ? SEPA_BEARER : BEARER_ELSEWHERE;
}

const creditTransfer = ({ endToEndId, uetr, amount, creditor, remittance }: CreditTransfer) => ({
  PmtId: { InstrId: endToEndId, EndToEndId: endToEndId, UETR: uetr },
  Amt: { InstdAmt: { '@Ccy': amount.currency, '#text': toMajorString(amount) } },
  CdtrAgt: agent(creditor),
  Cdtr: party(creditor),
  CdtrAcct: account(creditor),
  RmtInf: { Ustrd: toBankText(remittance, FIELD_LENGTHS.remittance) },
});

const nameOf = ({ holderName, latinName }: BankAccount): string =>
  toBankText(latinName ?? holderName, FIELD_LENGTHS.name);

const party = (of: BankAccount) => ({ Nm: nameOf(of), PstlAdr: postalAddress(of.address) });

/** Banks refuse free lines since November 2026: every part of an address has its own element. */
function postalAddress({ street, buildingNumber, postalCode, town, region, country }: BankAddress) {
  return {
    ...part('StrtNm', street, FIELD_LENGTHS.street),
    ...part('BldgNb', buildingNumber, FIELD_LENGTHS.buildingNumber),
    ...part('PstCd', postalCode, FIELD_LENGTHS.postalCode),
    ...part('TwnNm', town, FIELD_LENGTHS.town),
    ...part('CtrySubDvsn', region, FIELD_LENGTHS.region),
    Ctry: country,
  };
}

const part = (
  name: string,
  text: string | undefined,
  maxLength: number,
): Readonly<Record<string, string>> => {
  const value = text === undefined ? '' : toBankText(text, maxLength);
  return value === '' ? {} : { [name]: value };
};

const account = ({ iban, accountNumber }: BankAccount) => ({
  Id: iban === undefined ? { Othr: { Id: accountNumber ?? '' } } : { IBAN: iban },
});

const agent = ({ bic }: BankAccount) => ({ FinInstnId: { BICFI: bic } });
