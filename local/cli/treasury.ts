import type { JournalEntry } from '../../events/ledger/journal-entry.v1.ts';
import type { RecordMovement } from '../../events/ledger/record-movement.v1.ts';
import { journalize } from '../../src/ledger/journalize.ts';
import { allocate } from '../../src/money/allocate.ts';
import { type MoneyJson, moneyFromJson } from '../../src/money/json.ts';
import { type Money, negate } from '../../src/money/money.ts';
import { toJson } from '../../src/platform/json.ts';
import { movementOf } from '../../src/process/movement-of.ts';
import { LOCAL_MARKETPLACE, type LocalStack } from '../stack/index.ts';
import type { Trade } from './marketplace.ts';

const FX_POSITION = '1400';

/** Finance, who covers what a trade has left open between currencies and pays its duties. */
export type Treasury = {
  /** Trades the currency that Stripe settled in for those that the trade took and owes, and books it. */
  readonly cover: (trade: Trade) => Promise<void>;
  /** Pays duties that were set aside, as they were billed. */
  readonly payDuties: (
    tradeId: string,
    duties: { readonly dutyId: string; readonly billed: Money },
  ) => Promise<void>;
  /** The entries of what was booked, as they must stand in the ledger. */
  readonly entries: () => readonly JournalEntry[];
};

/** @throws from every call that is not answered 2xx. */
export function createTreasury(stack: LocalStack): Treasury {
  const booked: JournalEntry[] = [];
  const apiKey = () => stack.addApiKey(LOCAL_MARKETPLACE, ['finance:post']);
  return {
    cover: async (trade) => {
      const key = await apiKey();
      for (const movement of coversOf(trade, new Date().toISOString())) {
        await post(`${stack.url}/v1/ledger/movements`, { apiKey: key, body: movement });
        booked.push(...journalize(movementOf(movement)));
      }
    },
    payDuties: async (tradeId, { dutyId, billed }) => {
      const url = `${stack.url}/v1/trades/${tradeId}/duties/${dutyId}/payment`;
      await post(url, { apiKey: await apiKey(), body: { billed } });
    },
    entries: () => booked,
  };
}

async function post(
  url: string,
  { apiKey, body }: { readonly apiKey: string; readonly body: object },
): Promise<void> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
    body: toJson(body),
  });
  if (response.ok) return;
  throw new Error(`${url} was answered ${response.status}: ${await response.text()}`);
}

/**
 * The trades that close a position: what Stripe settled is sold for each currency that is short of it.
 * What is left of the buyer's money is bought at the rate at which Stripe sold it, and the rest pays for
 * the trade's own currency; so each is carried at what it costs.
 *
 * @throws where there is not one currency to sell and one or two to buy.
 */
export function coversOf(
  { id, money, payIn }: Pick<Trade, 'id' | 'money' | 'payIn'>,
  occurredAt: string,
): readonly RecordMovement[] {
  const positions = money
    .filter(({ account, debitMinor, creditMinor }) => {
      return account === FX_POSITION && debitMinor !== creditMinor;
    })
    .map(({ currency, debitMinor, creditMinor }) =>
      moneyFromJson({ currency, amountMinor: String(BigInt(debitMinor) - BigInt(creditMinor)) }),
    );
  const [sold, ...others] = positions.filter(({ amountMinor }) => amountMinor < 0n).map(negate);
  const bought = positions.filter(({ amountMinor }) => amountMinor > 0n);
  if (sold === undefined && bought.length === 0) return [];
  if (sold === undefined || others.length > 0) {
    throw new Error(`The position of ${id} is not closed by selling one currency.`);
  }
  return split(sold, bought, payIn).map(({ cost, amount }, index) => ({
    ...{ kind: 'cover_traded', movementId: `cover-${id}-${index + 1}`, occurredAt },
    ...{ sold: cost, bought: amount, carried: cost },
  }));
}

type Deal = { readonly cost: Money; readonly amount: Money };

function split(sold: Money, bought: readonly Money[], payIn: MoneyJson): readonly Deal[] {
  const [first, second, ...more] = bought.toSorted((left) =>
    left.currency === payIn.currency ? -1 : 1,
  );
  if (first === undefined || more.length > 0) {
    throw new Error(`${sold.currency} is sold for one or two currencies, not ${bought.length}.`);
  }
  if (second === undefined) return [{ cost: sold, amount: first }];
  const rest = BigInt(payIn.amountMinor) - first.amountMinor;
  const [cost = sold, remaining = sold] = allocate(sold, [first.amountMinor, rest]);
  return [
    { cost, amount: first },
    { cost: remaining, amount: second },
  ];
}
