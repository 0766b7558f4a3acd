import type { StatementStore } from '../../src/reconciliation/ports.ts';
import {
  headKey,
  type StatementFile,
  type StatementHead,
} from '../../src/reconciliation/stored-statement.ts';

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

    it('lists the files of which nothing was read, until somebody discards them', async () => {
      const refused = statementFile({ fileId: 'fil_2', status: 'refused' });
      const waits = statementFile({ fileId: 'fil_3' });
      await store.putFile(statementFile({ status: 'read', format: 'camt.053' }));
      await store.putFile(statementFile());
      for (const file of [refused, waits]) await store.putFile(file);
      const unread = async () => (await store.listUnread()).map(({ fileId }) => fileId).sort();
      expect(await unread()).toEqual(['fil_2', 'fil_3']);
      const discarded = { by: 'key_1', reason: 'A brochure.', at: '2026-07-02T06:00:00.000Z' };
      await store.putFile({ ...refused, status: 'discarded', discarded });
      await store.putFile(refused);
      expect(await unread()).toEqual(['fil_3']);
      expect(await store.getFile('fil_2')).toMatchObject({ status: 'discarded', discarded });
      await store.putFile({ ...waits, status: 'read' });
      expect(await unread()).toEqual([]);
    });

    it('lists each statement once, the latest to arrive first, and opens it', async () => {
      const older = statementHead();
      const newer = statementHead({
        ...{ statementId: 'stm_0', receivedAt: '2026-07-02T06:00:00.000Z' },
      });
      for (const head of [newer, older, newer]) await store.putStatement(head);
      expect(await store.listStatements({ limit: 10 })).toEqual([newer, older]);
      expect(await store.listStatements({ limit: 1 })).toEqual([newer]);
      expect(await store.listStatements({ limit: 9, after: headKey(newer) })).toEqual([older]);
      expect(await store.listStatements({ limit: 9, after: headKey(older) })).toEqual([]);
      expect(await store.getStatement('stm_1')).toEqual(older);
    });
  });
};
