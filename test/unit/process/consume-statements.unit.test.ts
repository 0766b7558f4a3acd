import { createHash } from 'node:crypto';
import { largestFileBytes, readStatements } from '../../../src/adapters/bank/read-statements.ts';
import { inMemoryLaneStore } from '../../../src/adapters/in-memory/lane-store.ts';
import { inMemoryStatementStore } from '../../../src/adapters/in-memory/statement-store.ts';
import { type ArrivedFile, consumeStatements } from '../../../src/process/consume-statements.ts';
import { done } from '../../../src/process/handled.ts';
import { laneNames } from '../../../src/reconciliation/lane.ts';
import { fileIdFor, type StoredLine } from '../../../src/reconciliation/stored-statement.ts';
import { sampleBytes } from '../bank/reading.ts';

const now = () => new Date('2026-07-01T06:00:00.000Z');
const camt = sampleBytes('camt053-two-accounts.xml');
const idOf = (bytes: Uint8Array) => fileIdFor(createHash('sha256').update(bytes).digest('hex'));

/** A bucket of files, and all that came of them. `failAt` is the write that fails, once. */
function desk(files: Readonly<Record<string, Uint8Array>>, failAt = 0) {
  const statements = inMemoryStatementStore();
  const lanes = inMemoryLaneStore();
  const matched: string[] = [];
  const pages = new Map<string, readonly StoredLine[]>();
  let writes = 0;
  let reads = 0;
  const write = <T>(result: T): T => {
    writes += 1;
    if (writes === failAt) throw new Error('The table did not answer.');
    return result;
  };
  const consume = consumeStatements({
    fetch: async (key) => files[key],
    read: (bytes) => {
      reads += 1;
      return readStatements(bytes);
    },
    largestFileBytes,
    now,
    lanes: { addItems: async (items) => write(lanes.addItems(items)) },
    match: async (names) => void matched.push(...names),
    statements: {
      ...statements,
      putFile: async (file) => write(statements.putFile(file)),
      putStatement: async (head) => write(statements.putStatement(head)),
    },
    vault: {
      put: async (id, page, lines) => write(void pages.set(`${id}#${page}`, lines)),
      get: async (id, page) => pages.get(`${id}#${page}`) ?? [],
    },
  });
  const take = (key: string, sizeBytes = files[key]?.length ?? 0) =>
    consume({ key, sizeBytes } satisfies ArrivedFile);
  const stored = async () => ({
    items: lanes.all(),
    heads: await statements.listStatements({ limit: 100 }),
    pages: [...pages],
  });
  return { take, stored, statements, matched, reads: () => reads, writes: () => writes };
}

describe('a file in the bucket', () => {
  it('becomes its statements, with every line under the id that it is matched by', async () => {
    const { take, stored, statements } = desk({ 'inbox/a.xml': camt });
    expect(await take('inbox/a.xml')).toEqual(done);
    const { heads, pages } = await stored();
    expect(heads).toHaveLength(2);
    expect(await statements.getFile(idOf(camt))).toMatchObject({
      ...{ status: 'read', format: 'camt.053', receivedAt: now().toISOString() },
      statementIds: expect.arrayContaining(heads.map(({ statementId }) => statementId)),
    });
    for (const { lines, statementId } of heads) {
      const own = pages.filter(([key]) => key.startsWith(`${statementId}#`));
      const kept = own.flatMap(([, page]) => page);
      expect(kept).toHaveLength(lines);
      for (const { lineId, line } of kept) expect(lineId === null).toBe(line.pending);
    }
  });

  it('puts its booked lines up for matching, nameless, and has the lanes looked at', async () => {
    const { take, stored, matched } = desk({ 'inbox/a.xml': camt });
    await take('inbox/a.xml');
    const { items } = await stored();
    expect(items.length).toBeGreaterThan(3);
    expect(JSON.stringify(items.map(({ item }) => Object.keys(item)))).not.toContain('name');
    expect(new Set(matched)).toEqual(new Set(laneNames));
  });

  it('changes nothing when it comes again, under whatever name', async () => {
    const { take, stored, reads, writes } = desk({ 'inbox/a.xml': camt, 'api/b': camt });
    await take('inbox/a.xml');
    const [before, written] = [await stored(), writes()];
    expect(await take('inbox/a.xml')).toEqual(done);
    expect(await take('api/b')).toEqual(done);
    expect(await stored()).toEqual(before);
    expect([reads(), writes()]).toEqual([1, written]);
  });

  it('that repeats a statement in another wrapping leaves the first one', async () => {
    const wrapped = Buffer.from(`${camt.toString('utf8')}\n<!-- sent again -->`);
    const { take, stored, statements } = desk({ first: camt, second: wrapped });
    await take('first');
    const before = await stored();
    await take('second');
    expect(await stored()).toEqual(before);
    const [one, other] = await Promise.all([camt, wrapped].map(idOf).map(statements.getFile));
    expect(other).toMatchObject({ status: 'read', statementIds: one?.statementIds });
  });

  it.each([1, 2, 3, 4, 5, 6, 7])(
    'is whole after write %i has failed and it was tried again',
    async (failAt) => {
      const whole = desk({ a: camt });
      await whole.take('a');
      const broken = desk({ a: camt }, failAt);
      await expect(broken.take('a')).rejects.toThrow('did not answer');
      expect(await broken.take('a')).toEqual(done);
      expect(await broken.stored()).toEqual(await whole.stored());
    },
  );
});

describe('a file in the bucket that is no statement', () => {
  it('that nobody can read is refused with its problems, and that is remembered', async () => {
    const bytes = Buffer.from('%PDF-1.7 a scan of a statement');
    const { take, statements, reads } = desk({ scan: bytes });
    expect(await take('scan')).toEqual(done);
    expect(await take('scan')).toEqual(done);
    expect(reads()).toBe(1);
    const file = await statements.getFile(idOf(bytes));
    expect(file).toMatchObject({ status: 'refused', statementIds: [] });
    expect(file?.problems[0]).toMatchObject({ severity: 'error' });
  });

  it('that is larger than the reader takes is given up before it is fetched', async () => {
    const { take, reads } = desk({ large: camt });
    expect(await take('large', largestFileBytes + 1)).toMatchObject({
      ...{ kind: 'rejected', code: 'statement.too_large' },
    });
    expect(reads()).toBe(0);
  });

  it('that has expired by now is no work', async () => {
    expect(await desk({}).take('gone')).toMatchObject({ kind: 'ignored' });
  });
});
