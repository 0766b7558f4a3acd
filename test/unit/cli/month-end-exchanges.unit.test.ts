import {
  type Deal,
  exchangeLines,
  exchangeStatements,
} from '../../../local/cli/month-end/exchanges.ts';
import { entriesOf } from '../../../local/cli/month-end/finance.ts';
import { camt053 } from '../../../local/sandboxes/bank/camt053.ts';
import { readStatements } from '../../../src/adapters/bank/read-statements.ts';
import { money, negate } from '../../../src/money/money.ts';
import { expectationOf } from '../../../src/reconciliation/expectations.ts';
import { type LaneItem, settleLane } from '../../../src/reconciliation/lane.ts';
import { itemsOf } from '../../../src/reconciliation/statement-items.ts';

const date = '2026-07-09';
const deal: Deal = {
  dealId: 'cover-1',
  sold: money('USD', 1_033_412n),
  bought: money('KRW', 15_580_000n),
};

const read = (content: string) => {
  const { statements, problems } = readStatements(new TextEncoder().encode(content));
  expect(problems).toEqual([]);
  return statements;
};

/** The items that a statement's lines become, in a lane. */
const told = (content: string, lane: LaneItem['lane']): readonly LaneItem[] =>
  read(content)
    .flatMap(itemsOf)
    .map((item) => ({ lane, side: 'right', rec: null, item }));

const bought = (lostMinor: bigint): string =>
  camt053({
    ...{ iban: 'NL91ABNA0417164300', currency: 'KRW', sequence: 1, date, openingMinor: 0n },
    movements: exchangeLines([deal], 'KRW', lostMinor),
  });

/** What the books expect of the deal in KRW, and what comes of it with the bank's line. */
const settled = (lostMinor: bigint) => {
  const expected = expectationOf({
    ...{ kind: 'bank_movement', movement: 'cover_bought', reference: deal.dealId },
    ...{ dealId: deal.dealId, amount: deal.bought, on: date },
  });
  const items = [expected, ...told(bought(lostMinor), 'bank_in')];
  return settleLane('bank_in', items, { asOf: date });
};

describe('An exchange at the bank', () => {
  it('is told by its deal, whose other side and rate the statement names', () => {
    const [line] = read(bought(0n))[0]?.lines ?? [];
    expect(line).toMatchObject({ direction: 'credit', amountMinor: '15580000' });
    expect(line?.exchange).toEqual({
      ...{ sourceCurrency: 'USD', targetCurrency: 'KRW', rate: '1507.62716128', dealId: 'cover-1' },
      instructed: { currency: 'USD', amountMinor: '1033412' },
    });
  });

  it('matches what the books agreed, and is a break by what the bank kept', () => {
    expect(settled(0n)).toMatchObject({ matches: [{ rec: 'G', pass: 'exact' }], breaks: [] });
    expect(settled(12_000n)).toMatchObject({
      matches: [],
      breaks: [{ rec: 'G', type: 'under', currency: 'KRW', differenceMinor: -12_000n }],
    });
  });

  it('leaves the account that it was sold from, on a statement of its own', () => {
    const [content = '', ...more] = exchangeStatements([deal], date, 'KRW');
    expect(more).toEqual([]);
    const expected = expectationOf({
      ...{ kind: 'bank_movement', movement: 'cover_sold', reference: deal.dealId },
      ...{ dealId: deal.dealId, amount: negate(deal.sold), on: date },
    });
    const outcome = settleLane('bank_out', [expected, ...told(content, 'bank_out')], {
      asOf: date,
    });
    expect(outcome).toMatchObject({ matches: [{ rec: 'G' }], breaks: [] });
  });
});

describe('The entries that the demo counts', () => {
  it('are those of every page', async () => {
    const entry = (kind: string) => ({ kind });
    const pages: Readonly<Record<string, object>> = {
      '': { entries: [entry('cover_trade')], next: '1#a' },
      '1#a': { entries: [entry('fx_conversion')], next: '2#b' },
      '2#b': { entries: [entry('cover_trade')], next: null },
    };
    const get = async <T>(path: string): Promise<T> => {
      const query = new URLSearchParams(path.slice(path.indexOf('?')));
      expect(query.get('account')).toBe('1400');
      return pages[query.get('after') ?? ''] as T;
    };
    const query = { account: '1400', currency: 'USD', day: '2026-07-01' };
    expect((await entriesOf({ get }, query)).map(({ kind }) => kind)).toEqual([
      ...['cover_trade', 'fx_conversion', 'cover_trade'],
    ]);
  });
});
