import { currencyCodes } from '../../../src/money/currency.ts';
import { Bars } from './bars.tsx';
import { useAnswer, useDesk } from './context.ts';
import type { Lane, LanePage } from './desk-answers.ts';
import { moneyText } from './format.ts';
import { pathOf } from './paged.tsx';
import { Choice, Loaded } from './parts.tsx';
import { linkTo, type Route } from './route.ts';
import { Table } from './table.tsx';
import type { Language } from './words.ts';

const SHOWN_LANES = 10;

/** What was sold in a month from where to where: the largest lanes as bars, and all of them. */
export function Lanes({ query }: Pick<Route, 'query'>) {
  const { w } = useDesk();
  const { month = '', currency = '', page = '' } = query;
  const path = pathOf('/v1/trade-lanes', { month, currency, page });
  const [loading, again] = useAnswer(path, (api) => api.get<LanePage>(path));
  const narrow = (more: Readonly<Record<string, string>>) => {
    location.hash = linkTo('lanes', { month, currency, ...more });
  };
  return (
    <>
      <h1>{w.screen.lanes}</h1>
      <div class="filters">
        <label class="field">
          <span>{w.lanes.month}</span>
          <input
            type="month"
            value={loading.kind === 'loaded' ? loading.value.month : month}
            onChange={({ currentTarget }) => narrow({ month: currentTarget.value })}
          />
        </label>
        <Choice
          label={w.currency}
          value={currency}
          options={[['', w.all], ...currencyCodes.map((code) => [code, code] as const)]}
          onChoose={(chosen) => narrow({ currency: chosen })}
        />
      </div>
      <Loaded loading={loading} again={again}>
        {(answer) => (
          <>
            {answer.totals.map((total) => (
              <Largest key={total.volume.currency} total={total} lanes={answer.data} />
            ))}
            <LaneTable answer={answer} />
            <Turn answer={answer} currency={currency} />
          </>
        )}
      </Loaded>
    </>
  );
}

/** The largest lanes of a currency. None stands on this page where others fill it. */
function Largest({
  total: { trades, volume },
  lanes,
}: {
  readonly total: LanePage['totals'][number];
  readonly lanes: readonly Lane[];
}) {
  const { w, language } = useDesk();
  const { currency, amountMinor } = volume;
  const own = lanes.filter((lane) => lane.volume.currency === currency).slice(0, SHOWN_LANES);
  if (own.length === 0) return null;
  const title = `${w.lanes.largest} ${currency}`;
  return (
    <div class="card">
      <h2>{title}</h2>
      <p class="soft">
        {w.lanes.total} {moneyText(language, amountMinor, currency)}, {w.lanes.trades}: {trades}
      </p>
      <Bars
        title={title}
        bars={own.map(({ sellerCountry, buyerCountry, volume: { amountMinor: minor } }) => ({
          label: `${sellerCountry} → ${buyerCountry}`,
          size: BigInt(minor),
          text: moneyText(language, minor, currency),
        }))}
      />
    </div>
  );
}

/** A country in the reader's language, with its code where there is no name for it. */
const countryName = (language: Language, code: string): string =>
  new Intl.DisplayNames([language], { type: 'region', fallback: 'code' }).of(code) ?? code;

function LaneTable({ answer: { data, month } }: { readonly answer: LanePage }) {
  const { w, language } = useDesk();
  const named = (code: string) => `${countryName(language, code)} (${code})`;
  return (
    <Table
      caption={`${w.lanes.all}, ${month}`}
      name={`trade-lanes-${month}`}
      rows={data}
      keyOf={({ sellerCountry, buyerCountry, volume }) =>
        `${sellerCountry}${buyerCountry}${volume.currency}`
      }
      empty={w.lanes.empty}
      columns={[
        { label: w.lanes.from, value: ({ sellerCountry }) => named(sellerCountry) },
        { label: w.lanes.to, value: ({ buyerCountry }) => named(buyerCountry) },
        { label: w.lanes.trades, value: ({ trades }) => trades, isNumber: true },
        { label: w.lanes.volume, money: ({ volume }) => volume },
      ]}
    />
  );
}

function Turn({
  answer: { month, page, pages },
  currency,
}: {
  readonly answer: LanePage;
  readonly currency: string;
}) {
  const { w } = useDesk();
  if (pages === 1) return null;
  const linkToPage = (number: number) => linkTo('lanes', { month, currency, page: String(number) });
  return (
    <p>
      {page > 1 && <a href={linkToPage(1)}>{w.lanes.firstPage}</a>}{' '}
      {page < pages && <a href={linkToPage(page + 1)}>{w.lanes.nextPage}</a>} {page}/{pages}
    </p>
  );
}
