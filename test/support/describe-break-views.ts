import type { BreakSummary, ViewStore } from '../../src/process/views.ts';

export const breakSummary = (changes: Partial<BreakSummary> = {}): BreakSummary => ({
  ...{ breakId: 'brk_1', rec: 'D', kind: 'under', status: 'open', version: 1 },
  ...{ left: ['payout_sent:A'], right: ['lin_1'], since: '2026-06-26' },
  difference: { currency: 'EUR', amountMinor: -123_456_789_012_345_678n },
  ...{ raisedAt: '2026-06-29T10:00:00.000Z', updatedAt: '2026-06-29T10:00:00.000Z' },
  ...changes,
});

/** What every adapter of the read models promises of breaks. */
export const describeBreakViews = (views: () => ViewStore): void => {
  describe('a break', () => {
    const listed = async (status: BreakSummary['status'], limit = 10) =>
      (await views().listBreaks({ status, limit })).map(({ breakId }) => breakId);

    it('is found and listed as it was put, to the last unit', async () => {
      expect(await views().findBreak('brk_1')).toBeUndefined();
      await views().putBreak(breakSummary());
      expect(await views().findBreak('brk_1')).toEqual(breakSummary());
      expect(await views().listBreaks({ status: 'open', limit: 10 })).toEqual([breakSummary()]);
    });

    it('moves from one status to the next, and no late version takes it back', async () => {
      const resolved = breakSummary({ status: 'resolved', version: 3, resolution: 'matched' });
      for (const one of [breakSummary(), resolved, breakSummary({ version: 2 })]) {
        await views().putBreak(one);
      }
      expect(await listed('open')).toEqual([]);
      expect(await listed('resolved')).toEqual(['brk_1']);
      expect(await views().findBreak('brk_1')).toEqual(resolved);
    });

    it('is listed the oldest first, as many as were asked for', async () => {
      for (const [breakId, since] of [
        ['brk_2', '2026-06-27'],
        ['brk_1', '2026-06-28'],
        ['brk_3', '2026-05-01'],
      ] as const) {
        await views().putBreak(breakSummary({ breakId, since }));
      }
      expect(await listed('open')).toEqual(['brk_3', 'brk_2', 'brk_1']);
      expect(await listed('open', 2)).toEqual(['brk_3', 'brk_2']);
      const from = (key: string) => views().listBreaks({ status: 'open', after: key, limit: 9 });
      expect((await from('2026-06-27#brk_2')).map(({ breakId }) => breakId)).toEqual(['brk_1']);
      expect(await from('2026-06-28#brk_1')).toEqual([]);
    });
  });
};
