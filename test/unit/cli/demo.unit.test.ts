import type { TradelaneEvent } from '../../../events/index.ts';
import { demoJson } from '../../../local/cli/demo-json.ts';
import { printReport } from '../../../local/cli/demo-report.ts';
import { problemsOf } from '../../../local/cli/demo-verdict.ts';
import { meaningOf } from '../../../local/cli/meanings.ts';
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
