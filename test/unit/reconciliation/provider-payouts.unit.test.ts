import { readStatements } from '../../../src/adapters/bank/read-statements.ts';
import type { Reconciliation } from '../../../src/reconciliation/outcome.ts';
import { payoutSides } from '../../../src/reconciliation/provider-payouts.ts';
import { corpusDirectory, corpusTest, readCorpus } from '../../support/corpus.ts';
import { run } from './items.ts';

const header =
  'id,Type,Source,Amount,Fee,Net,Currency,Created (UTC),Available On (UTC),Description,Transfer';

const balance = (...rows: readonly string[]): string => `${[header, ...rows].join('\n')}\n`;

const row = (id: string, type: string, amount: string, fee: string, net: string): string =>
  `${id},${type},${id}s,${amount},${fee},${net},eur,2026-06-29 07:48,2026-07-02 00:00,,po_1`;

const matchedPayouts = (text: string | Buffer): Reconciliation[] =>
  readStatements(Buffer.from(text)).statements.map((statement) => {
    const { left, right } = payoutSides(statement);
    return run('B', left, right);
  });

describe('A provider’s payout (P14)', () => {
  it('is explained to the cent by charges, refunds, fees and reserves', () => {
    const [outcome] = matchedPayouts(
      balance(
        row('t1', 'payout', '-75.00', '0.00', '-75.00'),
        row('t2', 'charge', '120.00', '3.00', '117.00'),
        row('t3', 'refund', '-20.00', '0.00', '-20.00'),
        row('t4', 'stripe_fee', '-2.00', '0.00', '-2.00'),
        row('t5', 'reserved_funds', '-20.00', '0.00', '-20.00'),
      ),
    );
    expect(outcome?.breaks).toEqual([]);
    expect(outcome?.matches).toMatchObject([{ pass: 'batch_group', leftMinor: 7_500n }]);
    expect(outcome?.matches[0]?.right).toHaveLength(4);
  });

  it('that lacks a transaction is a break that says by how much', () => {
    const [outcome] = matchedPayouts(
      balance(
        row('t1', 'payout', '-75.00', '0.00', '-75.00'),
        row('t2', 'charge', '100.00', '3.00', '97.00'),
      ),
    );
    expect(outcome?.breaks).toMatchObject([{ type: 'split', differenceMinor: 2_200n }]);
  });
});

describe('A recorded balance of a provider', () => {
  (corpusDirectory() === undefined ? it.skip : it)(
    corpusTest('explains each of its payouts to the cent'),
    () => {
      const name =
        'bananaaccounting__ch.banana.filter.import.stripe.transactions_all_format1_20231004.csv';
      const text = readCorpus('recon', 'stripe', name)
        .toString('utf8')
        .replaceAll(',por,', ',eur,');
      const [outcome] = matchedPayouts(text);
      expect(outcome?.breaks).toEqual([]);
      expect(outcome?.matches).toHaveLength(5);
    },
  );
});
