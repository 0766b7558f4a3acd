import type { TradelaneEvent } from '../../events/index.ts';
import type { RecordStore } from '../../src/ledger/journaled-store.ts';
import { isCodedError } from '../../src/platform/errors.ts';
import { story } from './builders.ts';
import { largeRecordOf, recordOf } from './records.ts';

type Store = RecordStore<TradelaneEvent>;

const stream = 'escrow#trd_1';

/** What every adapter of the event store promises. `make` gives an empty one. */
export const describeRecordStore = (name: string, make: () => Promise<Store>): void => {
  describe(`${name} as an event store`, () => {
    let store: Store;
    beforeEach(async () => {
      store = await make();
    });

    describeAppending(() => store);
    describeLoading(() => store);
  });
};

const describeAppending = (store: () => Store): void => {
  describe('appending', () => {
    it('succeeds once per sequence: the second decision is a conflict and changes nothing', async () => {
      const first = recordOf(stream, 1, [story.tradeOpened]);
      expect(await store().append(first)).toBe('appended');
      expect(await store().append(recordOf(stream, 1, [story.tradeExpired]))).toBe('conflict');
      expect(await store().append(first)).toBe('conflict');
      expect(await store().load(stream)).toEqual([first]);
    });

    it('has exactly one winner among fifty at once, and what it wrote is what stays', async () => {
      const records = Array.from({ length: 50 }, (_, index) => ({
        ...recordOf(stream, 1),
        cause: `racer-${index}`,
      }));
      const answers = await Promise.all(records.map((record) => store().append(record)));
      expect(answers.filter((answer) => answer === 'appended')).toHaveLength(1);
      expect(answers.filter((answer) => answer === 'conflict')).toHaveLength(49);
      expect(await store().load(stream)).toEqual([records[answers.indexOf('appended')]]);
    });

    it('takes the same sequence in another stream', async () => {
      expect(await store().append(recordOf(stream, 1))).toBe('appended');
      expect(await store().append(recordOf('escrow#trd_2', 1))).toBe('appended');
    });
  });
};

const describeLoading = (store: () => Store): void => {
  describe('loading', () => {
    it('finds nothing in a stream that nobody started', async () => {
      expect(await store().load(stream)).toEqual([]);
    });

    it('answers each record as it was written, every bigint of it', async () => {
      const record = recordOf(stream, 1, [story.escrowFunded, story.fundsConverted]);
      await store().append(record);
      const [loaded] = await store().load(stream);
      expect(loaded).toEqual(record);
      expect(
        loaded?.journal.flatMap(({ legs }) => legs).map((leg) => typeof leg.amountMinor),
      ).toContain('bigint');
    });

    it.each(Object.entries(story))('answers %s as it was written', async (_, event) => {
      const record = recordOf(stream, 1, [event]);
      await store().append(record);
      expect(await store().load(stream)).toEqual([record]);
    });

    it('is in the order of the sequence, past the digits where text sorts otherwise', async () => {
      const sequences = [12, 3, 100, 1, 99, 2, 11, 10, 9, 101];
      for (const sequence of sequences) await store().append(recordOf(stream, sequence));
      const loaded = await store().load(stream);
      expect(loaded.map(({ sequence }) => sequence)).toEqual([
        1, 2, 3, 9, 10, 11, 12, 99, 100, 101,
      ]);
    });

    it('sees no stream whose id merely begins like its own', async () => {
      await store().append(recordOf(stream, 1));
      await store().append(recordOf(`${stream}0`, 1));
      expect(await store().load(stream)).toHaveLength(1);
    });

    it('is complete where a stream is larger than one answer of the database', async () => {
      const records = Array.from({ length: 5 }, (_, index) =>
        largeRecordOf(stream, index + 1, 300),
      );
      for (const record of records) expect(await store().append(record)).toBe('appended');
      expect(await store().load(stream)).toEqual(records);
    });

    it('sees what was appended a moment ago', async () => {
      for (let sequence = 1; sequence <= 20; sequence += 1) {
        await store().append(recordOf(stream, sequence));
        expect(await store().load(stream)).toHaveLength(sequence);
      }
    });

    it('refuses a record that no schema reads, rather than leave it out', async () => {
      const unknown = { type: 'TradeTeleported', version: 9 } as unknown as TradelaneEvent;
      await store().append(recordOf(stream, 1));
      await store().append({ ...recordOf(stream, 2), events: [unknown] });
      const error = await store()
        .load(stream)
        .catch((thrown: unknown) => thrown);
      if (!isCodedError(error)) throw new Error('Expected an error with a code.');
      expect(error).toMatchObject({ code: 'event_store.unreadable_record', retryable: false });
    });
  });
};
