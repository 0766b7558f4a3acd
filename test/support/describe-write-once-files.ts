import type { WriteOnceFiles } from '../../src/platform/write-once-files.ts';

const textOf = (bytes: Uint8Array | undefined): string | undefined =>
  bytes === undefined ? undefined : Buffer.from(bytes).toString('latin1');

const one = Buffer.from([0, 255, 13, 10, 0xef, 0xbb, 0xbf, 65]);
const other = Buffer.from('another');

/** What every adapter of files that are put once promises. `make` gives a store without any. */
export const describeWriteOnceFiles = (name: string, make: () => Promise<WriteOnceFiles>): void => {
  describe(`${name} as files that are put once`, () => {
    let files: WriteOnceFiles;
    beforeEach(async () => {
      files = await make();
    });

    it('has nothing that was not put', async () => {
      await files.putOnce('trd_1/1/facts', one);
      expect(await files.get('trd_1/1')).toBeUndefined();
      expect(await files.get('trd_1/2/facts')).toBeUndefined();
    });

    it('gives back every byte', async () => {
      expect(await files.putOnce('trd_1/1/invoice-de.pdf', one)).toBe(true);
      expect(textOf(await files.get('trd_1/1/invoice-de.pdf'))).toBe(textOf(one));
    });

    it('keeps what was put first, and says so to whoever comes later', async () => {
      await files.putOnce('trd_1/1/facts', one);
      expect(await files.putOnce('trd_1/1/facts', other)).toBe(false);
      expect(await files.putOnce('trd_1/1/facts', one)).toBe(false);
      expect(textOf(await files.get('trd_1/1/facts'))).toBe(textOf(one));
    });

    it('tells one of those that put at once that it was the first, and has its bytes', async () => {
      const texts = Array.from({ length: 8 }, (_, index) => `by ${index}`);
      const puts = await Promise.all(
        texts.map(async (text) => ({ text, put: await files.putOnce('k', Buffer.from(text)) })),
      );
      const first = puts.filter(({ put }) => put);
      expect(first).toHaveLength(1);
      expect(textOf(await files.get('k'))).toBe(first[0]?.text);
    });

    it('is not changed through what it answered or was given', async () => {
      const given = Buffer.from(one);
      await files.putOnce('k', given);
      given.fill(1);
      (await files.get('k'))?.fill(2);
      expect(textOf(await files.get('k'))).toBe(textOf(one));
    });
  });
};
