import { ageBands } from './age-bands.ts';
import type { Break, TrialBalance } from './answers.ts';
import { type Bar, Bars } from './bars.tsx';
import { readBreaks } from './break-list.ts';
import { useAnswer, useDesk } from './context.ts';
import { Glance } from './glance.tsx';
import { Badge, Loaded } from './parts.tsx';
import { linkTo } from './route.ts';
import { Table } from './table.tsx';

/** What to know in the morning: what is held, whether clients are covered, and what does not reconcile. */
export function Today() {
  const { w } = useDesk();
  const [loading, again] = useAnswer('today', async (api) => {
    const [balance, open, proposed] = await Promise.all([
      api.get<TrialBalance>('/v1/ledger/trial-balance'),
      readBreaks(api, { status: 'open' }),
      readBreaks(api, { status: 'write_off_proposed' }),
    ]);
    return { balance, breaks: [...open, ...proposed] };
  });
  return (
    <>
      <h1>{w.screen.today}</h1>
      <Loaded loading={loading} again={again}>
        {({ balance, breaks }) => (
          <>
            <Held balance={balance} />
            <BreaksByAge breaks={breaks} />
            <Glance />
          </>
        )}
      </Loaded>
    </>
  );
}

function Held({ balance }: { readonly balance: TrialBalance }) {
  const { w } = useDesk();
  return (
    <div class="card">
      <h2>{w.today.held}</h2>
      <p class={balance.balanced ? 'soft' : 'note bad'}>
        {w.today.asOf} {balance.asOf}. {balance.balanced ? w.today.balanced : w.today.unbalanced}
      </p>
      <Table
        caption={w.today.held}
        name={`held-${balance.asOf}`}
        rows={balance.safeguarding}
        keyOf={({ currency }) => currency}
        empty={w.today.heldEmpty}
        columns={[
          { label: w.currency, value: ({ currency }) => currency },
          { label: w.today.cover, money: (row) => money(row.currency, row.coverMinor) },
          { label: w.today.owed, money: (row) => money(row.currency, row.owedMinor) },
          { label: w.today.position, money: (row) => money(row.currency, row.positionMinor) },
          { label: w.today.shortfall, money: (row) => money(row.currency, row.shortfallMinor) },
          {
            label: w.status,
            value: (row) => (isShort(row) ? w.today.short : w.today.safe),
            cell: (row) => (
              <Badge tone={isShort(row) ? 'bad' : 'good'}>
                {isShort(row) ? w.today.short : w.today.safe}
              </Badge>
            ),
          },
        ]}
      />
    </div>
  );
}

const money = (currency: string, amountMinor: string) => ({ currency, amountMinor });

const isShort = ({ shortfallMinor }: { readonly shortfallMinor: string }): boolean =>
  BigInt(shortfallMinor) > 0n;

/** What is older than a week is of note, and what is older than a quarter is bad. */
const toneOf = (band: string): NonNullable<Bar['tone']> => {
  if (band === '60+') return 'bad';
  return band === '8-30' || band === '31-60' ? 'noted' : 'plain';
};

const barOf = ([band, count]: readonly [string, number]): Bar => ({
  ...{ label: band, size: BigInt(count), text: String(count), tone: toneOf(band) },
});

function BreaksByAge({ breaks }: { readonly breaks: readonly Break[] }) {
  const { w } = useDesk();
  const counts = ageBands.map(
    (band) => [band, breaks.filter(({ age }) => age === band).length] as const,
  );
  return (
    <div class="card">
      <h2>{w.today.byAge}</h2>
      {breaks.length > 0 && <Bars title={w.today.byAge} bars={counts.map(barOf)} />}
      <Table
        caption={w.today.byAge}
        name="breaks-by-age"
        rows={breaks.length === 0 ? [] : counts}
        keyOf={([band]) => band}
        empty={w.today.byAgeEmpty}
        columns={[
          {
            label: w.today.ageBand,
            value: ([band]) => band,
            cell: ([band]) => <a href={linkTo('breaks', { age: band })}>{band}</a>,
          },
          { label: w.today.count, value: ([, count]) => count, isNumber: true },
        ]}
      />
    </div>
  );
}
