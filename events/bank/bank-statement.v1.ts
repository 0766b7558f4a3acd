import * as z from 'zod/mini';

/**
 * An ISO 4217 code as the file has it, upper case. Old statements carry codes that money can't be
 * held in today (DEM, FRF), so this is wider than `currencySchema`.
 */
const currency = z.string().check(z.regex(/^[A-Z]{3}$/));

/** Whole minor units, zero or more: which way they moved is the `direction`. */
const amountMinor = z.string().check(z.regex(/^(?:0|[1-9]\d{0,29})$/));
const signedMinor = z.string().check(z.regex(/^(?:0|-?[1-9]\d{0,29})$/));

/** `credit` came in to the account, `debit` went out, as the account's owner sees it. */
const direction = z.enum(['credit', 'debit']);
const text = z.string();
const date = z.iso.date();

export const StatementFormat = z.enum([
  'camt.052',
  'camt.053',
  'camt.054',
  'MT940',
  'MT942',
  'BAI2',
  'stripe-balance',
  'stripe-payouts',
  'wise',
  'paypal',
  'revolut',
  'csv',
]);
export type StatementFormat = z.infer<typeof StatementFormat>;

/** Where in the file: line and column count from 1, `path` names the element. */
export const FilePlace = z.strictObject({
  line: z.optional(z.int()),
  column: z.optional(z.int()),
  path: z.optional(text),
});
export type FilePlace = z.infer<typeof FilePlace>;

/**
 * What is wrong with a file. An `error` means that a part of it could not be read, so a movement
 * may be missing; a `warning` means that everything was read and something does not add up.
 * `differenceMinor` says by how much: what the file claims, less what its lines amount to.
 */
export const StatementProblem = z.strictObject({
  code: text,
  severity: z.enum(['error', 'warning']),
  detail: text,
  at: FilePlace,
  differenceMinor: z.optional(signedMinor),
  currency: z.optional(currency),
});
export type StatementProblem = z.infer<typeof StatementProblem>;

const Amount = z.strictObject({ amountMinor, currency });

/** A balance of the account. `type` is ISO 20022's code: OPBD, PRCD, CLBD, CLAV, FWAV, ITBD, … */
export const StatementBalance = z.strictObject({
  type: text,
  date: z.nullable(date),
  amountMinor,
  currency,
  direction,
});
export type StatementBalance = z.infer<typeof StatementBalance>;

/** Names that others gave this movement. "NOTPROVIDED" and "NONREF" are no references. */
export const LineReferences = z.strictObject({
  endToEndId: z.optional(text),
  uetr: z.optional(text),
  accountServicerReference: z.optional(text),
  entryReference: z.optional(text),
  transactionId: z.optional(text),
  instructionId: z.optional(text),
  paymentInformationId: z.optional(text),
  messageId: z.optional(text),
  mandateId: z.optional(text),
  customerReference: z.optional(text),
  checkNumber: z.optional(text),
  /** A payment provider's payout that this movement is, or is a part of. */
  payoutId: z.optional(text),
  /** The provider's object that caused the movement: a charge, a refund, a parent transaction. */
  sourceId: z.optional(text),
});
export type LineReferences = z.infer<typeof LineReferences>;

/** Structured: creditor references (RF, QRR). Unstructured: free text, one string a line of it. */
const Remittance = z.strictObject({ structured: z.array(text), unstructured: z.array(text) });

/** Who is on the other side. It is personal data: it stays in the file's bucket and the vault. */
const Counterparty = z.strictObject({
  name: z.optional(text),
  account: z.optional(text),
  bic: z.optional(text),
});

/** What was taken for the movement. `included` where the line's amount is already net of it. */
const Charge = z.strictObject({
  amountMinor,
  currency,
  direction,
  included: z.boolean(),
  type: z.optional(text),
});

/**
 * `rate` is the bank's decimal as text; `instructed` is the amount in the other currency; `dealId` is
 * the contract that it was dealt under.
 */
const Exchange = z.strictObject({
  sourceCurrency: z.optional(currency),
  targetCurrency: z.optional(currency),
  rate: z.optional(text),
  instructed: z.optional(Amount),
  dealId: z.optional(text),
});

const described = {
  references: LineReferences,
  remittance: Remittance,
  counterparty: z.optional(Counterparty),
  charges: z.array(Charge),
  exchange: z.optional(Exchange),
  /** ISO 20022's reason (AC04) or the bank's own. */
  returnReason: z.optional(text),
};

/** One payment of a batch that the bank booked as one line. */
export const LineDetail = z.strictObject({
  amount: z.optional(Amount),
  direction: z.optional(direction),
  ...described,
});
export type LineDetail = z.infer<typeof LineDetail>;

/**
 * One movement on the account. `ordinal` counts from 1 in the order of the file, and tells apart
 * the identical lines that banks do send. A `pending` line is announced, not booked: it never
 * posts and is in no total. A `reversal` takes an earlier movement back; `direction` is the way the
 * money went now. A single payment's references stand on the line; those of a batch in `details`.
 * `gross` is the amount before included charges, where the provider tells both.
 */
export const StatementLine = z.strictObject({
  ordinal: z.int().check(z.gte(1)),
  at: FilePlace,
  bookingDate: z.nullable(date),
  valueDate: z.nullable(date),
  amountMinor,
  currency,
  direction,
  pending: z.boolean(),
  reversal: z.boolean(),
  transactionCode: z.optional(text),
  description: z.optional(text),
  gross: z.optional(z.strictObject({ amountMinor, direction })),
  ...described,
  details: z.array(LineDetail),
});
export type StatementLine = z.infer<typeof StatementLine>;

/**
 * One account's movements over some time, in the form in which every bank and provider is read.
 *
 * `statement` is the end of a period (camt.053, MT940), `intraday` a report during one (camt.052,
 * MT942), `notification` single movements (camt.054), `provider` a payment provider's balance.
 * Opening plus booked lines is closing, or `problems` says by how much it is not.
 */
export const BankStatement = z.strictObject({
  format: StatementFormat,
  kind: z.enum(['statement', 'intraday', 'notification', 'provider']),
  id: z.nullable(text),
  sequence: z.nullable(text),
  account: z.strictObject({
    id: z.nullable(text),
    scheme: z.enum(['IBAN', 'other']),
    name: z.optional(text),
    servicer: z.optional(text),
  }),
  currency: z.nullable(currency),
  opening: z.nullable(StatementBalance),
  closing: z.nullable(StatementBalance),
  balances: z.array(StatementBalance),
  lines: z.array(StatementLine),
  problems: z.array(StatementProblem),
});
export type BankStatement = z.infer<typeof BankStatement>;
