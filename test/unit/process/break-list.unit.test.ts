import { inMemoryViewStore } from '../../../src/adapters/in-memory/view-store.ts';
import { breakPage } from '../../../src/process/break-list.ts';
import { breakSummary } from '../../support/describe-break-views.ts';

/** Many breaks of one kind, and a few of another behind them. */
async function filled() {
  const views = inMemoryViewStore();
  for (let index = 0; index < 1_100; index += 1) {
    const breakId = `brk_${String(index).padStart(4, '0')}`;
    const isRare = index >= 1_097;
    await views.putBreak(
      breakSummary({
        ...{ breakId, kind: isRare ? 'duplicate' : 'missing', rec: isRare ? 'E' : 'D' },
        since: isRare ? '2026-06-26' : '2026-06-01',
      }),
    );
  }
  return views;
}

const idsOf = ({ data }: Awaited<ReturnType<typeof breakPage>>) => data.map(({ id }) => id);

describe('A page of breaks', () => {
  const open = { status: 'open', limit: 2 } as const;

  it.each([
    ['kind', { kind: 'duplicate' }],
    ['rec', { rec: 'E' }],
    ['age', { age: '2-3' }],
  ] as const)('has what is asked for by %s, however many others come first', async (_, wanted) => {
    const views = await filled();
    const first = await breakPage(views, { ...open, ...wanted }, '2026-06-30');
    expect(idsOf(first)).toEqual(['brk_1097', 'brk_1098']);
    const after = first.next ?? '';
    const rest = await breakPage(views, { ...open, ...wanted, after }, '2026-06-30');
    expect({ ids: idsOf(rest), next: rest.next }).toEqual({ ids: ['brk_1099'], next: null });
  });

  it('leads to no empty page where one holds all', async () => {
    const views = await filled();
    const whole = await breakPage(views, { ...open, limit: 3, kind: 'duplicate' }, '2026-06-30');
    expect(whole).toMatchObject({ data: [{}, {}, {}], next: null });
  });
});
