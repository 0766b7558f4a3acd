import type { StatementStore } from '../../src/reconciliation/ports.ts';
import type { StatementFile, StatementHead } from '../../src/reconciliation/stored-statement.ts';

export const statementFile = (changes: Partial<StatementFile> = {}): StatementFile => ({
  ...{ fileId: 'fil_1', status: 'received', receivedAt: '2026-07-01T06:00:00.000Z' },
  ...{ format: null, statementIds: [], problems: [] },
  ...changes,
});

export const statementHead = (changes: Partial<StatementHead> = {}): StatementHead => ({
  ...{ statementId: 'stm_1', fileId: 'fil_1', receivedAt: '2026-07-01T06:00:00.000Z' },
  ...{ format: 'camt.053', kind: 'statement', number: 'TL-126', sequence: '126' },
  account: { id: 'DE75512108001245126199', scheme: 'IBAN' },
  ...{ currency: 'EUR', opening: null, closing: null, lines: 2, pages: 1, problems: [] },
  ...changes,
});

/** What every adapter of the statement store promises. `make` gives an empty one. */
export const describeStatementStore = (name: string, make: () => Promise<StatementStore>): void => {
  describe(`${name} as a statement store`, () => {
    let store: StatementStore;
    beforeEach(async () => {
      store = await make();
    });

    it('knows nothing that was not put', async () => {
      expect(await store.getFile('fil_1')).toBeUndefined();
      expect(await store.getStatement('stm_1')).toBeUndefined();
      expect(await store.listStatements({ limit: 10 })).toEqual([]);
    });

    it.each([
      ['before', ['received', 'read']],
      ['after', ['read', 'received']],
      ['twice before', ['received', 'received', 'read', 'received']],
    ] as const)('keeps what came of a file, whether it was announced %s', async (_, statuses) => {
      for (const status of statuses) {
        const format = status === 'read' ? 'camt.053' : null;
        await store.putFile(statementFile({ status, format }));
      }
      expect(await store.getFile('fil_1')).toEqual(
        statementFile({ status: 'read', format: 'camt.053' }),
      );
    });

    it('lists each statement once, the latest to arrive first, and opens it', async () => {
      const older = statementHead();
      const newer = statementHead({
        ...{ statementId: 'stm_0', receivedAt: '2026-07-02T06:00:00.000Z' },
      });
      for (const head of [newer, older, newer]) await store.putStatement(head);
      expect(await store.listStatements({ limit: 10 })).toEqual([newer, older]);
      expect(await store.listStatements({ limit: 1 })).toEqual([newer]);
      expect(await store.getStatement('stm_1')).toEqual(older);
    });
  });
};
