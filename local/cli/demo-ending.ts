import { type MoneyJson, moneyFromJson } from '../../src/money/json.ts';
import { amountText, plainWords } from './format.ts';
import type { Trade } from './marketplace.ts';
import type { Ending } from './scenarios/scenario.ts';

type Lists = Omit<Ending, 'status' | 'happened'>;

const SELLER_RECEIVABLE = '1310';

const textOf = (amount: MoneyJson): string => amountText(moneyFromJson(amount));

/** What a trade has come to, in the words of an ending. */
const READINGS: { readonly [Name in keyof Required<Lists>]: (trade: Trade) => readonly string[] } =
  {
    milestones: ({ milestones }) =>
      milestones.map(({ milestoneId, status }) => `${milestoneId}: ${status}`),
    payouts: ({ payouts }) =>
      payouts.map((one) => ('amount' in one ? `${one.status}: ${textOf(one.amount)}` : one.status)),
    refunds: ({ refunds }) => refunds.map(({ status, amount }) => `${status}: ${textOf(amount)}`),
    disputes: ({ disputes }) => disputes.map(({ stage, outcome }) => outcome ?? stage),
    chargebacks: ({ chargebacks }) =>
      chargebacks.map(({ status, amount }) => `${status}: ${textOf(amount)}`),
    debts: ({ money }) =>
      money
        .filter(({ account }) => account === SELLER_RECEIVABLE)
        .map(({ currency, debitMinor, creditMinor }) =>
          textOf({ currency, amountMinor: String(BigInt(debitMinor) - BigInt(creditMinor)) }),
        ),
  };

/** Where a trade is not as a scenario is to end, a sentence each; the status comes first. */
export function differencesFrom(ending: Ending, trade: Trade): readonly string[] {
  const { status, happened = [] } = ending;
  if (trade.status !== status) {
    return [`The trade is ${plainWords(trade.status)}, not ${plainWords(status)}, in time.`];
  }
  const types = new Set<string>(trade.timeline.map(({ type }) => type));
  const names = Object.keys(READINGS) as (keyof typeof READINGS)[];
  return [
    ...names.flatMap((name) => {
      const [is, wanted] = [listed(READINGS[name](trade)), listed(ending[name] ?? [])];
      return is === wanted ? [] : [`Its ${name} are ${is}, not ${wanted}.`];
    }),
    ...happened.filter((type) => !types.has(type)).map((type) => `There was no ${type}.`),
  ];
}

const listed = (texts: readonly string[]): string =>
  texts.length === 0 ? 'none' : texts.join('; ');
