import { createTradeBoard } from '../../../local/cli/trade-board.ts';
import { presentTrade, type TradeView } from '../../../src/process/trade-view.ts';
import { story } from '../../support/builders.ts';
import { clockOf, paper } from './paper.ts';
import { historyOf, wholeStory } from './told-trade.ts';

const { tradeOpened, paymentRequested } = story;

const unpaid = async (): Promise<TradeView> =>
  presentTrade(await historyOf({ escrow: [tradeOpened, paymentRequested] }));

const settled = async (): Promise<TradeView> => presentTrade(await historyOf(wholeStory));

describe('The trades on a terminal', () => {
  it('are a table that stays in its place and is redrawn where something changed', async () => {
    const { terminal, text } = paper({ columns: 100 });
    const board = createTradeBoard(terminal);
    board.show([await unpaid()]);
    const first = text();
    board.show([await unpaid()]);
    expect(text()).toBe(first);
    board.show([await settled()]);
    const second = text().slice(first.length);
    expect(first).toMatch(
      /PO-2026-000117 +US → DE +11,500\.00 USD +10,246\.74 EUR +awaiting payment/,
    );
    expect(second.startsWith('\x1b[3A\x1b[0J')).toBe(true);
    expect(second).toMatch(/settled +\w+: \w/);
  });

  it.each([60, 80, 96, 100])('fit into %d columns', async (columns) => {
    const { terminal, text } = paper({ columns });
    createTradeBoard(terminal).show([await settled()]);
    const widest = Math.max(
      ...text()
        .split('\n')
        .map((line) => line.length),
    );
    expect(widest).toBeLessThanOrEqual(columns);
  });
});

describe('What else goes on', () => {
  it('stands below the table, and is redrawn with it', async () => {
    const { terminal, text } = paper({ columns: 100 });
    const board = createTradeBoard(terminal);
    board.show([await unpaid()], 'Sample books: statements');
    const first = text();
    board.show([await unpaid()], 'Sample books: statements');
    expect(text()).toBe(first);
    board.show([await unpaid()], 'Sample books: all there');
    expect(first).toContain('Sample books: statements\n');
    const second = text().slice(first.length);
    expect(second.startsWith('\x1b[5A\x1b[0J')).toBe(true);
    expect(second).toContain('Sample books: all there');
  });

  it('is a line of its own in a file, once', async () => {
    const { terminal, text } = paper();
    const board = createTradeBoard(terminal, clockOf(0, 1_000, 2_500, 3_000));
    for (const note of ['Sample books: statements', 'Sample books: statements', undefined]) {
      board.show([await unpaid()], note);
    }
    expect(text().match(/Sample books/g)).toHaveLength(1);
  });
});

describe('The trades in a file', () => {
  it('are a line for each change', async () => {
    const { terminal, text } = paper();
    const board = createTradeBoard(terminal, clockOf(0, 1_000, 2_500));
    for (const trade of [await unpaid(), await unpaid(), await settled()]) board.show([trade]);
    expect(text().trim().split('\n')).toEqual([
      expect.stringMatching(/^1\.0 s {2}PO-2026-000117 +11,500\.00 USD {2}awaiting payment$/),
      expect.stringMatching(/^ +2\.5 s {2}PO-2026-000117 +11,500\.00 USD {2}settled +\w+: \w/),
    ]);
  });
});
