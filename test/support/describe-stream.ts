/** A record of a stream; `sequence` counts up within its stream. */
export type StreamRecord = { readonly streamId: string; readonly sequence: number };

/** What the function does with a batch: true where it succeeds. */
export type HandleBatch = (records: readonly StreamRecord[]) => boolean;

/** A table's stream and the mapping that gives its records to a function. */
export type StreamUnderTest = {
  /** Writes one record after another. */
  readonly write: (records: readonly StreamRecord[]) => Promise<void>;
  /** How often a record that stands alone is tried again. */
  readonly maxRetries: number;
  /** Waits until it is so. */
  readonly until: (isSo: () => boolean) => Promise<void>;
  /** The records that were given up, as an operator finds them; waits until there are so many. */
  readonly kept: (count: number) => Promise<readonly StreamRecord[]>;
};

/** `isShortLived` makes a mapping that gives records up by their age, sooner than by their retries. */
export type MakeStream = (
  handle: HandleBatch,
  options: { readonly isShortLived: boolean },
) => Promise<StreamUnderTest>;

const streamsOf = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, index) => `stream ${index}`);

const recordsOf = (streamId: string, count: number): readonly StreamRecord[] =>
  Array.from({ length: count }, (_, index) => ({ streamId, sequence: index + 1 }));

/** The first records of all streams, then their second ones, and so on. */
const interleaved = (streamIds: readonly string[], count: number): readonly StreamRecord[] =>
  Array.from({ length: count }, (_, index) =>
    streamIds.map((streamId) => ({ streamId, sequence: index + 1 })),
  ).flat();

const nameOf = ({ streamId, sequence }: StreamRecord): string => `${streamId} / ${sequence}`;
const isSame = (left: StreamRecord) => (right: StreamRecord) => nameOf(left) === nameOf(right);

/** What was handed over to the function, and whether it succeeded. */
type Handed = { readonly records: readonly StreamRecord[]; readonly succeeded: boolean };

type Suite = {
  readonly handed: readonly Handed[];
  /** Starts the stream with a function that fails such batches. */
  readonly start: (
    fails: (records: readonly StreamRecord[]) => boolean,
    options?: { readonly isShortLived: boolean },
  ) => Promise<StreamUnderTest>;
  /** What was handed over with success, repeats left out. */
  readonly done: () => readonly StreamRecord[];
};

/** What the product counts on in the stream of its events, and in its mapping to the router. */
export function describeStream(name: string, make: MakeStream): void {
  describe(`${name} as a stream`, () => {
    let handed: Handed[];
    beforeEach(() => {
      handed = [];
    });
    const start: Suite['start'] = (fails, options = { isShortLived: false }) =>
      make((records) => {
        const succeeded = !fails(records);
        handed.push({ records, succeeded });
        return succeeded;
      }, options);
    const done = () => {
      const all = handed.filter(({ succeeded }) => succeeded).flatMap(({ records }) => records);
      return [
        ...new Map([...all].reverse().map((each) => [nameOf(each), each])).values(),
      ].reverse();
    };
    const suite: Suite = {
      get handed() {
        return handed;
      },
      start,
      done,
    };
    describeOrder(suite);
    describeFailure(suite);
    describeGivingUp(suite);
  });
}

/** The first handing over of each record of a stream was after that of the one before it. */
function expectOrder(done: readonly StreamRecord[], streamIds: readonly string[]): void {
  for (const id of streamIds) {
    const sequences = done
      .filter(({ streamId }) => streamId === id)
      .map(({ sequence }) => sequence);
    expect(sequences).toEqual([...sequences].sort((left, right) => left - right));
  }
}

function describeOrder({ start, done }: Suite): void {
  it('hands every record over, those of one stream in order', async () => {
    const streamIds = streamsOf(6);
    const records = interleaved(streamIds, 5);
    const { write, until } = await start(() => false);
    await write(records);
    await until(() => done().length === records.length);
    expectOrder(done(), streamIds);
  });
}

function describeFailure(suite: Suite): void {
  const { start, done } = suite;

  it('halves a batch that failed, at once, until each record stands alone', async () => {
    const streamIds = streamsOf(4);
    const records = interleaved(streamIds, 6);
    const { write, until } = await start(({ length }) => length > 1);
    await write(records);
    await until(() => done().length === records.length);
    expectOrder(done(), streamIds);
    const failed = suite.handed.filter(({ succeeded }) => !succeeded);
    const batches = failed.map((each) => each.records.map(nameOf).join());
    expect(batches.length).toBeGreaterThan(0);
    expect(new Set(batches).size).toBe(batches.length);
  });

  it('holds back only the shard of a record that fails', async () => {
    const [own = '', ...others] = streamsOf(12);
    const isFirst = isSame({ streamId: own, sequence: 1 });
    const wasElsewhere = () => done().some(({ streamId }) => others.includes(streamId));
    const { write, until } = await start((each) => each.some(isFirst) && !wasElsewhere());
    const records = [...recordsOf(own, 3), ...interleaved(others, 1)];
    await write(records);
    await until(() => done().length === records.length);
    expectOrder(done(), [own, ...others]);
    expect(done().findIndex(isFirst)).toBeGreaterThan(0);
  });
}

function describeGivingUp(suite: Suite): void {
  const { start, done } = suite;
  const triesAlone = (record: StreamRecord): number =>
    suite.handed.filter(
      ({ records, succeeded }) =>
        !succeeded && records.length === 1 && records.some(isSame(record)),
    ).length;

  it('gives up a record that always fails, alone, and keeps it for an operator', async () => {
    const poison = { streamId: 'stream 0', sequence: 2 };
    const records = interleaved(streamsOf(2), 4);
    const { write, until, kept, maxRetries } = await start((each) => each.some(isSame(poison)));
    await write(records);
    expect(await kept(1)).toEqual([poison]);
    await until(() => done().length === records.length - 1);
    expectOrder(done(), streamsOf(2));
    expect(done().some(isSame(poison))).toBe(false);
    expect(triesAlone(poison)).toBe(maxRetries + 1);
  });

  it('gives up untried, and keeps, what grew too old behind others that fail', async () => {
    const records = recordsOf('stream 0', 20);
    const { write, kept } = await start(() => true, { isShortLived: true });
    await write(records);
    const names = (await kept(records.length)).map(nameOf);
    expect(new Set(names)).toEqual(new Set(records.map(nameOf)));
    expect(triesAlone({ streamId: 'stream 0', sequence: 20 })).toBe(0);
  });
}
