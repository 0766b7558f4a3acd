import { addMonths, periodOf } from '../../../src/ledger/months.ts';
import { type BankMovement, camt053 } from '../../sandboxes/bank/camt053.ts';
import type { FiledPayment } from './trades.ts';

const EURO_ACCOUNT = { iban: 'DE89370400440532013000', currency: 'EUR' } as const;
const WON_ACCOUNT = { iban: 'NL91ABNA0417164300', currency: 'KRW' } as const;
const EURO_OPENING = 2_500_000n;
const WON_OPENING = 500_000_000n;
const TAKEN_TOO_MUCH = 30_000n;
const DAY_MS = 86_400_000;

/** Receipts and debits that nobody expected; what finance does about each goes by the amount. */
export const UNKNOWN = {
  threeMonthsAgo: 125_000n,
  twoMonthsAgo: 78_050n,
  lastMonth: 41_200n,
  lastWeek: 230_000n,
  today: 9_990n,
} as const;

const daysBefore = (today: string, days: number): string =>
  new Date(Date.parse(today) - days * DAY_MS).toISOString().slice(0, today.length);

/** Statements of the account in EUR since three months ago, each beginning where the last one ended. */
export function euroStatements(today: string): readonly string[] {
  const month = periodOf(today);
  const days: readonly (readonly [date: string, movement: BankMovement])[] = [
    [`${addMonths(month, -3)}-15`, receipt('E1', UNKNOWN.threeMonthsAgo, 'Invoice 7731')],
    [`${addMonths(month, -2)}-15`, receipt('E2', UNKNOWN.twoMonthsAgo, 'Order from the fair')],
    [`${addMonths(month, -1)}-15`, receipt('E3', UNKNOWN.lastMonth, 'Thank you')],
    [daysBefore(today, 7), receipt('E4', UNKNOWN.lastWeek, 'Deposit lenses')],
    [daysBefore(today, 1), receipt('E5', -UNKNOWN.today, 'Account fee')],
  ];
  let openingMinor = EURO_OPENING;
  return days.map(([date, movement], index) => {
    const day = { ...EURO_ACCOUNT, date, sequence: index + 1, openingMinor };
    openingMinor += movement.amountMinor;
    return camt053({ ...day, movements: [movement] });
  });
}

const receipt = (reference: string, amountMinor: bigint, text: string): BankMovement => ({
  ...{ reference, amountMinor, text },
});

/**
 * Today on the account that sellers are paid from: one payment as it should be, one twice, one with too
 * much, one that came back, one without its reference, which a person finds by its amount, and one that
 * the bank has not executed yet.
 */
export function wonStatement(payments: readonly FiledPayment[], today: string): string {
  const [fine, twice, tooMuch, back, nameless] = payments;
  if (!fine || !twice || !tooMuch || !back || !nameless) {
    throw new Error(`Expected 5 payments at least, found ${payments.length}.`);
  }
  return camt053({
    ...{ ...WON_ACCOUNT, date: today, sequence: 1, openingMinor: WON_OPENING },
    movements: [
      debit(fine, 'W1'),
      ...[debit(twice, 'W2'), debit(twice, 'W3')],
      { ...debit(tooMuch, 'W4'), amountMinor: -tooMuch.amountMinor - TAKEN_TOO_MUCH },
      debit(back, 'W5'),
      {
        ...{ reference: 'W6', endToEndId: back.endToEndId, returnReason: 'AC04' },
        amountMinor: back.amountMinor,
      },
      { reference: 'W7', amountMinor: -nameless.amountMinor, text: 'Hanbit Optics, transfer' },
    ],
  });
}

const debit = ({ endToEndId, amountMinor }: FiledPayment, reference: string): BankMovement => ({
  ...{ reference, endToEndId, amountMinor: -amountMinor },
});
