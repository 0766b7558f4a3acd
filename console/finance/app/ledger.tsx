import type { TrialBalance } from './answers.ts';
import { useAnswer, useDesk } from './context.ts';
import { type Entry, entriesOfTrade, readEntries } from './entry-list.ts';
import { instantText } from './format.ts';
import { TradeLink } from './item-parts.tsx';
import { Paged } from './paged.tsx';
import { Back, Loaded } from './parts.tsx';
import { linkTo, type Route } from './route.ts';
import { Table } from './table.tsx';
import { wordOf } from './words.ts';

/** Every account with what is on it, each leading to its entries. */
export function Ledger() {
  const { w } = useDesk();
  const [loading, again] = useAnswer('ledger', (api) =>
    api.get<TrialBalance>('/v1/ledger/trial-balance'),
  );
  return (
    <>
      <h1>{w.screen.ledger}</h1>
      <Loaded loading={loading} again={again}>
        {({ asOf, accounts }) => (
          <Table
            caption={`${w.ledger.accounts}, ${asOf}`}
            name={`accounts-${asOf}`}
            rows={accounts}
            keyOf={({ account, currency }) => `${account}${currency}`}
            empty={w.ledger.empty}
            columns={[
              {
                label: w.account,
                value: ({ account }) => `${account} ${wordOf(w.accountName, account)}`,
                cell: ({ account, currency }) => (
                  <a href={linkTo('ledger', { id: account, currency, day: asOf })}>
                    {account} {wordOf(w.accountName, account)}{' '}
                    <span class="unseen">{currency}</span>
                  </a>
                ),
              },
              { label: w.currency, value: ({ currency }) => currency },
              { label: w.ledger.debit, money: (row) => money(row, row.debitMinor) },
              { label: w.ledger.credit, money: (row) => money(row, row.creditMinor) },
              { label: w.ledger.balance, money: (row) => money(row, row.balanceMinor) },
            ]}
          />
        )}
      </Loaded>
    </>
  );
}

const money = ({ currency }: { readonly currency: string }, amountMinor: string) => ({
  ...{ currency, amountMinor },
});

/** What was booked on an account in a currency on one day. */
export function Account({ id, query }: { readonly id: string } & Pick<Route, 'query'>) {
  const { w } = useDesk();
  const { currency = '', day = '', trade = '' } = query;
  const path = `/v1/ledger/entries?${new URLSearchParams({ account: id, currency, day })}`;
  const place = { id, currency, day };
  return (
    <>
      <Back screen="ledger" />
      <h1>
        {w.account} {id} {wordOf(w.accountName, id)}, {currency}
      </h1>
      <div class="filters">
        <label class="field">
          <span>{w.day}</span>
          <input
            type="date"
            value={day}
            onChange={({ currentTarget }) => {
              location.hash = linkTo('ledger', { id, currency, day: currentTarget.value, trade });
            }}
          />
        </label>
      </div>
      {trade !== '' && (
        <p class="note">
          {w.ledger.onlyOf} <TradeLink id={trade} />.{' '}
          <a href={linkTo('ledger', { id, currency, day })}>{w.ledger.showAll}</a>
        </p>
      )}
      {trade === '' ? (
        <Paged<Entry> path={path} read={readEntries}>
          {(rows) => <EntryTable {...place} rows={rows} />}
        </Paged>
      ) : (
        <OfTrade {...{ path, trade, place }} />
      )}
    </>
  );
}

type Place = { readonly id: string; readonly currency: string; readonly day: string };

/** The entries of one trade, on whichever page they are. */
function OfTrade({
  path,
  trade,
  place,
}: {
  readonly path: string;
  readonly trade: string;
  readonly place: Place;
}) {
  const [loading, again] = useAnswer(`${path}#${trade}`, (api) => entriesOfTrade(api, path, trade));
  return (
    <Loaded loading={loading} again={again}>
      {(rows) => <EntryTable {...place} rows={rows} />}
    </Loaded>
  );
}

function EntryTable({
  id,
  currency,
  day,
  rows,
}: Place & {
  readonly rows: readonly Entry[];
}) {
  const { w } = useDesk();
  return (
    <Table
      caption={`${w.ledger.entries}, ${id} ${currency}, ${day}`}
      name={`entries-${id}-${currency}-${day}`}
      rows={rows}
      keyOf={({ postingId }) => postingId}
      empty={w.ledger.entriesEmpty}
      columns={[
        { label: w.ledger.booked, value: ({ bookedAt }) => instantText(bookedAt) },
        { label: w.ledger.kind, value: ({ kind }) => wordOf(w.entryKind, kind) },
        { label: w.amount, money: ({ amountMinor }) => ({ currency, amountMinor }) },
        {
          label: w.ledger.trade,
          value: ({ tradeId }) => tradeId,
          cell: ({ tradeId }) =>
            tradeId.startsWith('trd_') ? <TradeLink id={tradeId} /> : tradeId,
        },
      ]}
    />
  );
}
