import type { BreakEvent } from '../../../events/index.ts';
import { inMemoryLaneStore } from '../../../src/adapters/in-memory/lane-store.ts';
import { inMemoryRecordStore } from '../../../src/adapters/in-memory/record-store.ts';
import { inMemoryStatementStore } from '../../../src/adapters/in-memory/statement-store.ts';
import { inMemoryViewStore } from '../../../src/adapters/in-memory/view-store.ts';
import { journaledStore } from '../../../src/ledger/journaled-store.ts';
import { breakPage } from '../../../src/process/break-list.ts';
import { checkStatements } from '../../../src/process/check-statements.ts';
import { consumeReconciliation } from '../../../src/process/consume-reconciliation.ts';
import { statementHead } from '../../support/describe-statement-store.ts';
import { routedTo } from './routed.ts';

function desk() {
  const views = inMemoryViewStore();
  const statements = inMemoryStatementStore();
  const records = inMemoryRecordStore<BreakEvent>();
  const breaks = journaledStore(records);
  const consume = consumeReconciliation({
    ...{ lanes: inMemoryLaneStore(), breaks, views },
    match: async () => undefined,
  });
  let told = 0;
  const read = (sequence: string, date: string, amountMinor = '100') => {
    const balance = { date, amountMinor, currency: 'EUR', direction: 'credit' as const };
    return statements.putStatement(
      statementHead({
        ...{ statementId: `stm_${sequence}`, sequence },
        opening: { type: 'OPBD', ...balance },
        closing: { type: 'CLBD', ...balance },
      }),
    );
  };
  const check = async (at: string) => {
    await checkStatements({ statements, views, breaks, now: () => new Date(at) });
    for (const record of records.all().slice(told))
      await consume(routedTo('reconciliation', record));
    told = records.all().length;
    const open = { status: 'open', rec: 'H', limit: 9 } as const;
    return (await breakPage(views, open, at.slice(0, 'YYYY-MM-DD'.length))).data;
  };
  return { read, check, events: () => records.all().flatMap(({ events }) => events) };
}

describe('The chain of statements (rec H)', () => {
  it('raises a break that ages, once, and clears it when the missing statement comes', async () => {
    const { read, check, events } = desk();
    await read('1', '2026-06-01');
    await read('3', '2026-06-03');
    expect(await check('2026-06-04T06:00:00.000Z')).toMatchObject([
      { kind: 'missing', since: '2026-06-03', age: '0-1', right: ['stm_1', 'stm_3'] },
    ]);
    expect(await check('2026-06-11T06:00:00.000Z')).toMatchObject([
      { ageBusinessDays: 6, age: '4-7' },
    ]);
    await read('2', '2026-06-02');
    expect(await check('2026-06-12T06:00:00.000Z')).toEqual([]);
    expect(events().map(({ type }) => type)).toEqual(['BreakRaised', 'BreakCleared']);
  });

  it('raises by how much a statement does not open as the one before closed', async () => {
    const { read, check } = desk();
    await read('1', '2026-06-01', '100');
    await read('2', '2026-06-02', '130');
    expect(await check('2026-06-04T06:00:00.000Z')).toMatchObject([
      { kind: 'over', difference: { currency: 'EUR', amountMinor: 30n } },
    ]);
  });
});
