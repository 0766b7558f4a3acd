import type { JournalEntry } from '../../../events/ledger/journal-entry.v1.ts';
import {
  type Decision,
  decided,
  nothing,
  rejected,
  tooEarly,
} from '../../../src/platform/decision.ts';
import type { Decided, EventRecord, EventStore } from '../../../src/platform/event-store.ts';
import { type Execution, execute } from '../../../src/platform/execute.ts';

type Added = { readonly type: 'Added'; readonly amount: number };

const now = () => new Date('2026-11-23T12:00:00.000Z');
const owner = { tradeId: 'trd_1', marketplaceId: 'mkt_1' };
const journal: readonly JournalEntry[] = [];

/** A store in memory. `onAppend` may act before an append, or fail after it. */
function storeOf(
  onAppend: (attempt: number) => 'fail_after' | 'lose_race' | undefined = () => undefined,
) {
  const records: EventRecord<Added>[] = [];
  let attempts = 0;
  const write = (record: Decided<Added>): 'appended' | 'conflict' => {
    if (records.some(({ sequence }) => sequence === record.sequence)) return 'conflict';
    records.push({ ...record, journal });
    return 'appended';
  };
  const store: EventStore<Added> = {
    load: async () => [...records],
    append: async (record) => {
      attempts += 1;
      const trouble = onAppend(attempts);
      if (trouble === 'lose_race') write({ ...record, cause: `winner-${attempts}` });
      const answer = write(record);
      if (trouble === 'fail_after') throw new Error('No answer.');
      return answer;
    },
  };
  return { store, records, attempts: () => attempts };
}

const addOne = (changes: Partial<Execution<number, Added>> = {}): Execution<number, Added> => ({
  streamId: 'sum#1',
  owner,
  cause: 'message-1',
  evolution: { initial: 0, evolve: (sum, { amount }) => sum + amount },
  decide: () => decided<Added>({ type: 'Added', amount: 1 }),
  ...changes,
});

describe('Executing a command', () => {
  it('stores nothing that could not be read again', async () => {
    const { store, records } = storeOf();
    const evolve = (): number => {
      throw new Error('Added cannot follow.');
    };
    const impossible = addOne({ evolution: { initial: 0, evolve } });
    await expect(execute({ store, now }, impossible)).rejects.toThrow('Added cannot follow.');
    expect(records).toEqual([]);
  });

  it('appends what was decided as the next record, with its cause and owner', async () => {
    const { store, records } = storeOf();
    await execute({ store, now }, addOne());
    const outcome = await execute({ store, now }, addOne({ cause: 'message-2' }));
    expect(outcome).toMatchObject({ kind: 'appended', state: 2 });
    expect(records[1]).toEqual({
      ...{ streamId: 'sum#1', sequence: 2, recordedAt: now().toISOString(), ...owner },
      ...{ cause: 'message-2', events: [{ type: 'Added', amount: 1 }], journal },
    });
  });

  it('changes nothing for a cause that it has seen', async () => {
    const { store, records } = storeOf();
    await execute({ store, now }, addOne());
    expect(await execute({ store, now }, addOne())).toEqual({ kind: 'unchanged', state: 1 });
    expect(records).toHaveLength(1);
  });

  it.each<{ decision: Decision<Added>; kind: string }>([
    { decision: nothing, kind: 'unchanged' },
    { decision: rejected('sum.full', 'It is full.'), kind: 'rejected' },
    { decision: tooEarly('sum.not_open', 'Not yet.'), kind: 'too_early' },
  ])('writes nothing where the decision is $kind', async ({ decision, kind }) => {
    const { store, records } = storeOf();
    expect(await execute({ store, now }, addOne({ decide: () => decision }))).toMatchObject({
      kind,
      state: 0,
    });
    expect(records).toEqual([]);
  });
});

describe('Executing a command that meets trouble', () => {
  it('decides anew on what it finds after a lost race', async () => {
    const { store, records } = storeOf((attempt) => (attempt === 1 ? 'lose_race' : undefined));
    const seen: number[] = [];
    const decide = (sum: number) => {
      seen.push(sum);
      return decided<Added>({ type: 'Added', amount: 1 });
    };
    expect(await execute({ store, now }, addOne({ decide }))).toMatchObject({
      kind: 'appended',
      state: 2,
    });
    expect(seen).toEqual([0, 1]);
    expect(records.map(({ sequence }) => sequence)).toEqual([1, 2]);
  });

  it('leaves a stream that never holds still to the queue', async () => {
    const { store, attempts } = storeOf(() => 'lose_race');
    await expect(execute({ store, now }, addOne())).rejects.toMatchObject({
      code: 'event_store.contention',
      retryable: true,
    });
    expect(attempts()).toBe(8);
  });

  it('finds its own record after an append whose answer was lost', async () => {
    const { store, records } = storeOf((attempt) => (attempt === 1 ? 'fail_after' : undefined));
    await expect(execute({ store, now }, addOne())).rejects.toThrow('No answer.');
    expect(await execute({ store, now }, addOne())).toEqual({ kind: 'unchanged', state: 1 });
    expect(records).toHaveLength(1);
  });

  it('takes the owner of a stream from its first record, and starts none without one', async () => {
    const { store, records } = storeOf();
    const { owner: _, ...unowned } = addOne({ cause: 'message-2' });
    await expect(execute({ store, now }, unowned)).rejects.toMatchObject({
      code: 'event_store.no_owner',
    });
    await execute({ store, now }, addOne());
    await execute({ store, now }, unowned);
    expect(records[1]).toMatchObject(owner);
  });

  it('gives every one of fifty concurrent commands a sequence of its own, or leaves it to a retry', async () => {
    const { store, records } = storeOf();
    const outcomes = await Promise.allSettled(
      Array.from({ length: 50 }, (_, index) =>
        execute({ store, now }, addOne({ cause: `message-${index}` })),
      ),
    );
    const appended = outcomes.filter(({ status }) => status === 'fulfilled').length;
    expect(records.map(({ sequence }) => sequence)).toEqual(
      Array.from({ length: appended }, (_, index) => index + 1),
    );
  });
});
