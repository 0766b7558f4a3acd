import { periodFacts } from '../../../src/process/close-period.ts';
import type { LaneItem } from '../../../src/reconciliation/lane.ts';
import { breakSummary } from '../../support/describe-break-views.ts';
import { statementFile, statementHead } from '../../support/describe-statement-store.ts';
import { july, june, monthDesk } from './month-desk.ts';

describe('The gate', () => {
  it('is red for a break that nobody has explained, and lists one that somebody has', async () => {
    const { act, views, red } = await monthDesk();
    await views.putBreak(breakSummary());
    await act('soft_close');
    expect(await red()).toEqual(['breaks']);
    expect(await act('lock')).toBe('period.gate_red');
    await views.putBreak(breakSummary({ version: 2, explanation: 'The bank owes us the line.' }));
    expect(await act('lock')).toBe('appended');
  });

  it('leaves a break of a later month to that month', async () => {
    const { views, red } = await monthDesk();
    await views.putBreak(breakSummary({ since: '2026-07-01' }));
    expect(await red()).toEqual([]);
  });

  it('is red while a line of the month waits to be matched, and not for one of the next', async () => {
    const { lanes, red } = await monthDesk();
    const line = (id: string, date: string): LaneItem => ({
      ...{ lane: 'bank_in', side: 'right', rec: null },
      item: { id, currency: 'EUR', amountMinor: 70n, date, keys: {} },
    });
    await lanes.addItems([line('lin_1', '2026-06-30'), line('lin_2', '2026-07-01')]);
    expect(await red()).toEqual(['matching']);
    const work = await lanes.listWork('bank_in', { today: '2026-07-02', limit: 9 });
    await lanes.finishWork(
      'bank_in',
      work.filter(({ itemId }) => itemId === 'lin_1'),
    );
    expect(await red()).toEqual([]);
  });
});

describe('The gate, of what never came as far as the books', () => {
  it.each([
    ['read_models', 'readModels', 'of whichever month: ask again in a moment'],
    ['dead_letters', 'deadLetters', '3 messages could not be worked'],
  ] as const)('is red for %s while there are any, and says how many', async (name, queue, why) => {
    const { ports, queues, red } = await monthDesk();
    queues[queue] = 3;
    expect(await red()).toEqual([name]);
    const { checks } = await periodFacts(ports, '2026-06');
    const found = checks.find((one) => one.name === name);
    expect(found).toMatchObject({ detail: expect.stringContaining(why), items: [{ messages: 3 }] });
    queues[queue] = 0;
    expect(await red()).toEqual([]);
  });

  it('counts every break and every statement, however many there are', async () => {
    const { ports, views, statements } = await monthDesk();
    const explanation = 'The bank owes us the line.';
    for (let index = 0; index < 1_001; index += 1) {
      await views.putBreak(breakSummary({ breakId: `brk_${index}`, explanation }));
      const statementId = `stm_${index}`;
      await statements.putStatement(statementHead({ statementId, sequence: null }));
    }
    await views.putBreak(breakSummary({ breakId: 'brk_zzz', since: '2026-06-30' }));
    const { checks } = await periodFacts(ports, '2026-06');
    const detailOf = (name: string) => checks.find((one) => one.name === name)?.detail;
    expect(detailOf('breaks')).toBe('1 breaks are open and not explained.');
    expect(checks.find(({ name }) => name === 'breaks')?.items).toHaveLength(1_002);
    expect(detailOf('statements')).toBe('1001 statements follow one another and add up.');
  });

  it.each(['received', 'refused'] as const)('is red for a file that is %s', async (status) => {
    const { ports, statements, red } = await monthDesk();
    await statements.putFile(statementFile({ status }));
    expect(await red()).toEqual(['files']);
    const { checks } = await periodFacts(ports, '2026-06');
    expect(checks.find(({ name }) => name === 'files')?.items).toMatchObject([
      { fileId: 'fil_1', status },
    ]);
    const discarded = { by: 'key_1', reason: 'A brochure.', at: july };
    await statements.putFile(statementFile({ status: 'discarded', discarded }));
    expect(await red()).toEqual([]);
  });
});

describe('The gate, of statements', () => {
  it('is red for an account that was without a statement in the month, unless nothing lay there', async () => {
    const { statements, red, ports } = await monthDesk();
    const close = (statementId: string, date: string, amountMinor: string) =>
      statements.putStatement(
        statementHead({
          ...{ statementId, sequence: null },
          closing: { type: 'CLBD', date, amountMinor, currency: 'EUR', direction: 'credit' },
        }),
      );
    await close('stm_may', '2026-05-29', '700');
    expect(await red()).toEqual(['statement_accounts']);
    const { checks } = await periodFacts(ports, '2026-06');
    expect(checks.find(({ name }) => name === 'statement_accounts')?.items).toMatchObject([
      { lastClosedOn: '2026-05-29', lastClosingMinor: '700' },
    ]);
    await close('stm_may_2', '2026-05-30', '0');
    expect(await red()).toEqual([]);
    await close('stm_june', '2026-06-30', '900');
    expect(await red()).toEqual([]);
  });

  it('is red where a statement is missing between two others', async () => {
    const { statements, red } = await monthDesk();
    const closing = (date: string) => ({
      ...{ type: 'CLBD', date, amountMinor: '100', currency: 'EUR', direction: 'credit' as const },
    });
    for (const [sequence, date] of [
      ['1', '2026-06-28'],
      ['3', '2026-06-30'],
    ] as const) {
      const head = { statementId: `stm_${sequence}`, sequence, closing: closing(date) };
      await statements.putStatement(statementHead({ ...head, opening: closing(date) }));
    }
    expect(await red()).toEqual(['statements']);
  });

  it('lists what is open on the accounts that clear, under its owner and since when', async () => {
    const { ports, post } = await monthDesk();
    await post(june, [
      ['1200', 70n],
      ['2900', -70n, 'lin_1'],
    ]);
    await post(june.replace('12T', '13T'), [
      ['2900', 20n, 'lin_2'],
      ['1200', -20n],
    ]);
    await post(june.replace('12T', '14T'), [
      ['2900', -20n, 'lin_2'],
      ['1200', 20n],
    ]);
    const { checks } = await periodFacts(ports, '2026-06');
    expect(checks.find(({ name }) => name === 'accounts')).toMatchObject({
      status: 'itemized',
      items: [{ account: '2900', scope: 'lin_1', balanceMinor: -70n, since: '2026-06-12' }],
    });
  });
});
