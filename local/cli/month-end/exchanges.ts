import type { CurrencyCode } from '../../../src/money/currency.ts';
import { type Money, money, negate } from '../../../src/money/money.ts';
import { toJson } from '../../../src/platform/json.ts';
import { type BankMovement, camt053 } from '../../sandboxes/bank/camt053.ts';
import type { LocalStack } from '../../stack/index.ts';
import { until } from '../../stack/until.ts';
import { createMarketplace } from '../marketplace.ts';
import { coversOf } from '../treasury.ts';
import { entriesOf, type Person } from './finance.ts';

const DAY_LENGTH = 'YYYY-MM-DD'.length;
const OPENING_MINOR = 9_000_000n;
const IBANS: Partial<Record<CurrencyCode, string>> = {
  EUR: 'DE89370400440532013000',
  USD: 'GB29NWBK60161331926819',
};

/** An exchange as it was agreed with the bank, under the id of the deal. */
export type Deal = { readonly dealId: string; readonly sold: Money; readonly bought: Money };

/** Covers what a trade has left open between currencies, and waits until the books have it. */
export async function coverTrade(
  stack: LocalStack,
  finance: Person,
  { tradeId, signal }: { readonly tradeId: string; readonly signal: AbortSignal },
): Promise<readonly Deal[]> {
  const occurredAt = new Date().toISOString();
  const trade = await createMarketplace(stack).getTrade(tradeId);
  const deals: Deal[] = [];
  for (const movement of coversOf(trade, occurredAt)) {
    if (movement.kind !== 'cover_traded') continue;
    await finance.post('/v1/ledger/movements', JSON.parse(toJson(movement)));
    const { movementId: dealId, sold, bought } = movement;
    deals.push({ dealId, sold, bought });
  }
  const day = occurredAt.slice(0, DAY_LENGTH);
  const query = { account: '1400', currency: deals[0]?.sold.currency ?? '', day };
  const areBooked = async (): Promise<boolean> => {
    const entries = await entriesOf(finance, query);
    return entries.filter(({ kind }) => kind === 'cover_trade').length >= deals.length;
  };
  await until(areBooked, { what: 'the cover to be booked', signal });
  return deals;
}

type Leg = { readonly deal: Deal; readonly amount: Money };

const legsOf = (deals: readonly Deal[]): readonly Leg[] =>
  deals.flatMap((deal) => [
    { deal, amount: negate(deal.sold) },
    { deal, amount: deal.bought },
  ]);

/** What the bank books of the deals on the account of a currency; it may bring less than was agreed. */
export const exchangeLines = (
  deals: readonly Deal[],
  currency: CurrencyCode,
  lostMinor = 0n,
): readonly BankMovement[] =>
  legsOf(deals)
    .filter(({ amount }) => amount.currency === currency)
    .map(({ deal: { dealId, sold, bought }, amount }, index) => ({
      ...{ reference: `FX-${currency}-${index + 1}`, text: 'Foreign exchange' },
      amountMinor: amount.amountMinor - lostMinor,
      exchange: { dealId, sold, bought: money(bought.currency, bought.amountMinor - lostMinor) },
    }));

/** The statements of the accounts that nothing else of the month moves on. */
export function exchangeStatements(
  deals: readonly Deal[],
  date: string,
  except: CurrencyCode,
): readonly string[] {
  const currencies = new Set(legsOf(deals).map(({ amount }) => amount.currency));
  return [...currencies]
    .filter((currency) => currency !== except)
    .map((currency) => {
      const iban = IBANS[currency];
      if (iban === undefined) throw new Error(`The bank keeps no account in ${currency}.`);
      const day = { iban, currency, date, sequence: 1, openingMinor: OPENING_MINOR };
      return camt053({ ...day, movements: exchangeLines(deals, currency) });
    });
}
