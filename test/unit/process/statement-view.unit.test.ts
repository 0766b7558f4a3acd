import { inMemoryLaneStore } from '../../../src/adapters/in-memory/lane-store.ts';
import { presentLines } from '../../../src/process/statement-view.ts';
import { laneItemsOf } from '../../../src/reconciliation/lane-items.ts';
import { storedStatement } from '../../../src/reconciliation/stored-statement.ts';
import { readSample } from '../bank/reading.ts';

/** A statement as it is stored, with its lines up for matching. */
async function stored(sample: string) {
  const [statement] = readSample(sample).statements;
  if (statement === undefined) throw new Error(`${sample} has no statement.`);
  const origin = { fileId: 'fil_1', receivedAt: '2026-06-29T10:00:00.000Z' };
  const { head, pages } = storedStatement(statement, origin);
  const lanes = inMemoryLaneStore();
  await lanes.addItems(laneItemsOf(statement));
  const lines = { get: async (_: string, page: number) => pages[page - 1] ?? [] };
  return { lanes, head, show: (page = 1) => presentLines({ lines, lanes }, head, page) };
}

describe('A statement line by line', () => {
  it('says of each line what has become of it', async () => {
    const { lanes, show } = await stored('camt053-two-accounts.xml');
    const [item] = lanes.all();
    if (item === undefined) throw new Error('No line is matched.');
    await lanes.saveItems([{ ...item, status: 'matched', matchId: 'mtc_1', breakId: null }]);
    const { data } = await show();
    const shown = data.find(({ lineId }) => lineId === item.item.id);
    expect(shown?.matching).toEqual({ lane: item.lane, status: 'matched', matchId: 'mtc_1' });
    for (const { lineId, matching } of data) expect(matching === null).toBe(lineId === null);
  });

  it('leads from a line to its break', async () => {
    const { lanes, show } = await stored('camt053-two-accounts.xml');
    const [item] = lanes.all();
    if (item === undefined) throw new Error('No line is matched.');
    await lanes.saveItems([{ ...item, breakId: 'brk_1' }]);
    const { data } = await show();
    expect(data.find(({ lineId }) => lineId === item.item.id)?.matching).toMatchObject({
      ...{ status: 'open', breakId: 'brk_1' },
    });
  });

  it('is empty on a page that it does not have', async () => {
    const { show } = await stored('camt053-two-accounts.xml');
    expect((await show(9)).data).toEqual([]);
  });
});
