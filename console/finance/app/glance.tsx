import type { Api } from './api.ts';
import { CaseTable } from './cases.tsx';
import { useAnswer, useDesk } from './context.ts';
import type { Case, Page, RatesAnswer, Totals } from './desk-answers.ts';
import { Loaded } from './parts.tsx';
import { RateSources } from './rates.tsx';
import { linkTo } from './route.ts';
import { type Column, Table } from './table.tsx';
import type { Words } from './words.ts';

const SHOWN_CASES = 10;
const SOON_DAYS = 7;
const DAY_MS = 86_400_000;

const daysAfter = (day: string, days: number): string =>
  new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, day.length);

async function readGlance(api: Api) {
  const [totals, rates] = await Promise.all([
    api.get<Totals>('/v1/settlements/totals'),
    api.get<RatesAnswer>('/v1/fx/rates'),
  ]);
  const until = daysAfter(totals.today, SOON_DAYS);
  const cases = await api.get<Page<Case>>(`/v1/cases?until=${until}&limit=${SHOWN_CASES}`);
  return { totals, cases, rates };
}

/** What else to know in the morning: what is due and paid, what must be answered soon, the rates. */
export function Glance() {
  const { w } = useDesk();
  const [loading, again] = useAnswer('glance', readGlance);
  return (
    <Loaded loading={loading} again={again}>
      {({ totals, cases, rates }) => (
        <>
          <Pay totals={totals} />
          <div class="card">
            <h2>{w.glance.cases}</h2>
            <CaseTable
              rows={cases.data}
              name="disputes-due"
              caption={w.glance.cases}
              empty={w.glance.casesEmpty}
              isShort
            />
            <p>
              <a href={linkTo('disputes')}>{w.glance.allCases}</a>
            </p>
          </div>
          <div class="card">
            <h2>{w.glance.rates}</h2>
            <RateSources sources={rates.sources} />
            <p>
              <a href={linkTo('rates')}>{w.glance.allRates}</a>
            </p>
          </div>
        </>
      )}
    </Loaded>
  );
}

type Row = Totals['data'][number];

const amountColumn = (label: string, minorOf: (row: Row) => string): Column<Row> => ({
  label,
  money: (row) => ({ currency: row.currency, amountMinor: minorOf(row) }),
});

const payColumns = (w: Words): readonly Column<Row>[] => [
  {
    label: w.currency,
    value: ({ currency }) => currency,
    cell: ({ currency }) => <a href={linkTo('settlements', { currency })}>{currency}</a>,
  },
  amountColumn(w.glance.dueToday, ({ due }) => due.todayMinor),
  amountColumn(w.glance.dueWeek, ({ due }) => due.weekMinor),
  amountColumn(w.glance.inTransit, ({ inTransitMinor }) => inTransitMinor),
  amountColumn(w.glance.blocked, ({ blockedMinor }) => blockedMinor),
  amountColumn(w.glance.paidToday, ({ paid }) => paid.todayMinor),
  amountColumn(w.glance.paidWeek, ({ paid }) => paid.weekMinor),
];

function Pay({ totals: { today, complete, data } }: { readonly totals: Totals }) {
  const { w } = useDesk();
  return (
    <div class="card">
      <h2>{w.glance.pay}</h2>
      {!complete && <p class="note bad">{w.glance.incomplete}</p>}
      <Table
        caption={w.glance.pay}
        name={`due-and-paid-${today}`}
        rows={data}
        keyOf={({ currency }) => currency}
        empty={w.glance.payEmpty}
        columns={payColumns(w)}
      />
    </div>
  );
}
