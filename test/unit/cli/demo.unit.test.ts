import type { TradelaneEvent } from '../../../events/index.ts';
import { CreateTrade } from '../../../events/marketplace/create-trade.v1.ts';
import { turnoverSince } from '../../../local/cli/demo-balances.ts';
import { demoJson } from '../../../local/cli/demo-json.ts';
import { printReport } from '../../../local/cli/demo-report.ts';
import { problemsOf } from '../../../local/cli/demo-verdict.ts';
import { meaningOf } from '../../../local/cli/meanings.ts';
import { happy } from '../../../local/cli/scenarios/happy.ts';
import { scenarioNamed, scenarios } from '../../../local/cli/scenarios/index.ts';
import type { Ending } from '../../../local/cli/scenarios/scenario.ts';
import { emptyBalance } from '../../../src/ledger/balances.ts';
import { toJson } from '../../../src/platform/json.ts';
import { story } from '../../support/builders.ts';
import { paper } from './paper.ts';
import { asAnswered, demoResultOf, historyOf } from './told-trade.ts';

const { tradeOpened, paymentRequested, escrowFunded } = story;

describe('A demo whose trade settled', () => {
  it('has no problems and reports the trial balance with its totals', async () => {
    const result = await demoResultOf();
    const { terminal, text } = paper();
    printReport(terminal, result);
    expect(problemsOf(result)).toEqual([]);
    expect(text()).toContain('✓ The trade is settled, the books balance');
    expect(text()).toMatch(/2100 escrow_liability +11,500\.00 +11,500\.00 +0\.00 {2}USD/);
    const totals = text().match(/all accounts +[\d,.]+ +[\d,.]+ +0\.00 {2}(EUR|USD)/g);
    expect(totals).toHaveLength(2);
  });

  it.each([60, 80, 100])('is reported within %d columns', async (columns) => {
    const { terminal, text } = paper({ columns });
    printReport(terminal, await demoResultOf());
    const tables = text()
      .split('\n')
      .filter((line) => line.startsWith('  '));
    expect(Math.max(...tables.map((line) => line.length))).toBeLessThanOrEqual(columns);
  });
});

describe('A demo that went wrong', () => {
  it('says that the trade did not get there, and what it has is in the JSON', async () => {
    const history = await historyOf({ escrow: [tradeOpened, paymentRequested, escrowFunded] });
    const result = await demoResultOf({ trade: asAnswered(history), isListed: false });
    expect(problemsOf(result)).toEqual(['The trade is funded, not settled, in time.']);
    expect(demoJson(result)).toMatchObject({
      trade: { status: 'funded' },
      shipment: { carrier: null, trackingNumber: null, status: null },
      payout: { rail: null, status: null, amount: null },
    });
  });

  it('says that the books or the read models are wrong', async () => {
    const { trialBalance } = await demoResultOf();
    const result = await demoResultOf({ trialBalance: trialBalance.slice(0, -1), isListed: false });
    expect(demoJson(result).ledger.balanced).toBe(false);
    expect(problemsOf(result)).toEqual([
      'The books do not balance.',
      "The trial balance of the read model is not that of the trade's journal.",
      'The read model does not list the trade as settled.',
    ]);
  });

  it('says that messages were left over or given up', async () => {
    const result = await demoResultOf({ waitingMessages: 2, deadLetters: 1 });
    expect(problemsOf(result)).toEqual(['Messages that still wait: 2.', 'Dead letters: 1.']);
  });
});

describe('A demo that ended otherwise than it was to', () => {
  const expecting = async (changes: Partial<Ending>) =>
    problemsOf(await demoResultOf({ ending: { ...happy.ending, ...changes } }));

  it.each<{ changes: Partial<Ending>; says: string }>([
    {
      changes: { milestones: ['delivery: refunded'] },
      says: 'Its milestones are delivery: paid, not delivery: refunded.',
    },
    {
      changes: { payouts: [] },
      says: 'Its payouts are settled: 11,212.50 USD, not none.',
    },
    {
      changes: { refunds: ['settled: 1.00 EUR'] },
      says: 'Its refunds are none, not settled: 1.00 EUR.',
    },
    { changes: { disputes: ['agreed'] }, says: 'Its disputes are none, not agreed.' },
    {
      changes: { chargebacks: ['won: 1.00 EUR'] },
      says: 'Its chargebacks are none, not won: 1.00 EUR.',
    },
    { changes: { debts: ['1.00 USD'] }, says: 'Its debts are none, not 1.00 USD.' },
    { changes: { happened: ['PayoutReturned'] }, says: 'There was no PayoutReturned.' },
  ])('says so: $says', async ({ changes, says }) => {
    expect(await expecting(changes)).toEqual([says]);
  });

  it('says what kept the story from being told, and what money is left on its way', async () => {
    const { balances } = await demoResultOf();
    const stuck = balances.map((one) =>
      one.account === '2300' ? { ...one, debitMinor: 0n } : one,
    );
    const obstacle = 'The trade was not paid after 1 ms.';
    const problems = problemsOf(await demoResultOf({ balances: stuck, obstacle }));
    expect(problems).toContain(obstacle);
    expect(problems).toContain('Money is left on 2300 payouts_in_transit in USD.');
  });
});

describe('What one trade adds to the trial balance of a stack that had others', () => {
  it('is the difference, without the accounts that it does not touch', async () => {
    const { balances } = await demoResultOf();
    const untouched = { ...emptyBalance('5500', 'KRW'), debitMinor: 20n };
    const twice = balances.map((one) => ({
      ...one,
      debitMinor: one.debitMinor * 2n,
      creditMinor: one.creditMinor * 2n,
    }));
    expect(turnoverSince([...balances, untouched], [...twice, untouched])).toEqual(balances);
    expect(turnoverSince([], balances)).toEqual(balances);
  });
});

describe('The scenarios', () => {
  it('have names of their own, bodies that the API takes, and a line each', () => {
    expect(new Set(scenarios.map(({ name }) => name)).size).toBe(scenarios.length);
    for (const { name, title, body } of scenarios) {
      expect(name).toMatch(/^[a-z]+(-[a-z]+)*$/);
      expect(title).toMatch(/^[A-Z].{20,97}[^.]$/);
      expect(CreateTrade.parse(JSON.parse(toJson(body)))).toEqual(body);
    }
  });

  it('are every way that a trade can go', () => {
    expect(scenarios.map(({ name }) => name)).toEqual(
      expect.arrayContaining([
        ...['happy', 'milestones', 'early-acceptance', 'unpaid-expiry', 'canceled', 'not-shipped'],
        ...['partial-refund', 'refund-before-release', 'refund-after-release', 'dispute-split'],
        ...['chargeback-won', 'chargeback-lost-before-release', 'chargeback-lost-after-release'],
        ...['payout-failed', 'payout-returned', 'korea-bank-file', 'zero-decimal', 'three-decimal'],
      ]),
    );
  });

  it('are found by name, or all names are said', () => {
    expect(scenarioNamed('happy')).toBe(happy);
    expect(() => scenarioNamed('sad')).toThrow("There is no scenario 'sad'. There are: happy, ");
  });
});

describe('The meaning of an event', () => {
  it.each(Object.values(story) as readonly TradelaneEvent[])('is told for $type', (event) => {
    expect(meaningOf(event)).toMatch(/^[^{}]{4,100}$/);
  });

  it('holds its figures', () => {
    expect(meaningOf(story.milestoneReleased)).toBe(
      'inspection passed: 11,212.50 USD to the seller, fee 287.50 USD',
    );
  });
});
