import type { BankStatement, StatementLine } from '../../../events/bank/bank-statement.v1.ts';
import { storedStatement } from '../../../src/reconciliation/stored-statement.ts';
import { onlyStatement, readSample } from '../bank/reading.ts';

const origin = { fileId: 'fil_1', receivedAt: '2026-07-01T06:00:00.000Z' };

const withLines = (count: number): BankStatement => {
  const statement = onlyStatement(readSample('camt054-credit.xml'));
  const [line] = statement.lines as [StatementLine];
  const lines = Array.from({ length: count }, (_, index) => ({ ...line, ordinal: index + 1 }));
  return { ...statement, lines };
};

describe('A stored statement', () => {
  it('keeps every line in order, on pages that fit into an item', () => {
    const { head, pages } = storedStatement(withLines(2_000), origin);
    expect(head).toMatchObject({ lines: 2_000, pages: pages.length });
    expect(pages.length).toBeGreaterThan(1);
    expect(pages.flat().map(({ line }) => line.ordinal)).toEqual(
      Array.from({ length: 2_000 }, (_, index) => index + 1),
    );
    const largest = Math.max(...pages.map((page) => Buffer.byteLength(JSON.stringify(page))));
    expect(largest).toBeLessThan(300_000);
  });

  it('keeps identical lines apart', () => {
    const { pages } = storedStatement(withLines(3), origin);
    expect(new Set(pages.flat().map(({ lineId }) => lineId)).size).toBe(3);
  });

  it('without lines has no pages', () => {
    expect(storedStatement(withLines(0), origin)).toMatchObject({ head: { pages: 0 }, pages: [] });
  });
});
