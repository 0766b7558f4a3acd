import { periodFacts, readPeriod } from '../../../src/process/close-period.ts';
import { july, june, monthDesk } from './month-desk.ts';

describe('Closing a month', () => {
  it('locks what the gate lets pass, and keeps the books of its last day', async () => {
    const { ports, act, post } = await monthDesk();
    await post(june, [
      ['1100', 500n],
      ['2100', -500n, 'trd_1'],
    ]);
    expect(await act('lock')).toBe('period.cannot_lock_open');
    expect(await act('soft_close')).toBe('appended');
    expect(await act('lock')).toBe('appended');
    expect(await readPeriod(ports, '2026-06')).toMatchObject({
      status: 'locked',
      snapshot: {
        accounts: [
          { account: '1100', debit: { amountMinor: 500n } },
          { account: '2100', credit: { amountMinor: 500n } },
        ],
        snapshotSha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      },
    });
  });

  it('that is locked is never changed by what comes late: it is posted where it is written (P29)', async () => {
    const { ports, act, post } = await monthDesk();
    await post(june, [
      ['1100', 500n],
      ['2100', -500n, 'trd_1'],
    ]);
    await act('soft_close');
    await act('lock');
    const before = await readPeriod(ports, '2026-06');
    // A bank's line of June that is read in July: the event tells the day, the entry is July's.
    await post(july, [
      ['1200', 70n],
      ['2900', -70n, 'lin_1'],
    ]);
    const { balances } = await periodFacts(ports, '2026-06');
    expect(balances.map(({ account }) => account)).toEqual(['1100', '2100']);
    expect(await act('reopen')).toBe('appended');
    expect(await act('approve_reopening')).toBe('period.same_person');
    expect(await act('approve_reopening', { by: 'key_2' })).toBe('appended');
    await act('soft_close');
    await act('lock');
    const after = await readPeriod(ports, '2026-06');
    const hashOf = (state: typeof after) =>
      state.status === 'locked' ? state.snapshot.snapshotSha256 : undefined;
    expect(hashOf(after)).toBe(hashOf(before));
    expect(hashOf(after)).toBeDefined();
  });

  it('waits for its end, and an hour for what began in it', async () => {
    const { act, clock, red } = await monthDesk();
    for (const at of ['2026-06-30T23:59:59.000Z', '2026-07-01T00:59:59.000Z']) {
      clock.at = at;
      expect(await act('soft_close')).toBe('period.not_ended');
      expect(await red()).toContain('period_ended');
    }
    clock.at = '2026-07-01T01:00:00.000Z';
    expect(await act('soft_close')).toBe('appended');
  });

  it('goes in order, forth and back', async () => {
    const { act, clock, post, red } = await monthDesk();
    await post('2026-05-12T10:00:00.000Z', [
      ['1100', 5n],
      ['2100', -5n, 'trd_0'],
    ]);
    expect(await red()).toEqual(['previous_locked']);
    for (const period of ['2026-05', '2026-06']) {
      expect(await act('soft_close', { period })).toBe('appended');
      expect(await act('lock', { period })).toBe('appended');
    }
    clock.at = '2026-07-03T09:00:00.000Z';
    expect(await act('reopen', { period: '2026-05' })).toBe('period.later_locked');
  });
});
