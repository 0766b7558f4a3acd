import type { TradeChain } from './answers-chain.ts';
import { type ChainItem, itemsOf } from './chain-items.ts';
import { ChainSteps } from './chain-steps.tsx';
import { useAnswer, useDesk } from './context.ts';
import { moneyText } from './format.ts';
import { ItemId, ItemState, References, referencesOf } from './item-parts.tsx';
import { Back, Loaded } from './parts.tsx';
import { Table } from './table.tsx';

/** Where a trade or a line is looked up; both also have links from wherever they are named. */
export function Trades() {
  const { w } = useDesk();
  return (
    <>
      <h1>{w.screen.trades}</h1>
      <div class="card">
        <h2>{w.chain.find}</h2>
        <p>{w.chain.how}</p>
        <ul>
          {w.chain.ways.split('\n').map((way) => (
            <li key={way}>{way}</li>
          ))}
        </ul>
        <div class="buttons">
          <button type="button" onClick={() => document.getElementById('search')?.focus()}>
            {w.search.title}
          </button>
        </div>
      </div>
    </>
  );
}

/** One trade from its order to the bank's lines. */
export function Trade({ id }: { readonly id: string }) {
  const { w, language } = useDesk();
  const [loading, again] = useAnswer(id, (api) =>
    api.get<TradeChain>(`/v1/trades/${encodeURIComponent(id)}/chain`),
  );
  return (
    <>
      <Back screen="trades" />
      <h1>
        {w.ledger.trade} <span class="id">{id}</span>
      </h1>
      <Loaded loading={loading} again={again}>
        {(chain) => (
          <>
            <p class="lead">
              {chain.order.reference && <strong>{chain.order.reference}</strong>}{' '}
              {moneyText(language, chain.order.amount.amountMinor, chain.order.amount.currency)}
            </p>
            <ChainSteps chain={chain} />
            <ChainTable id={id} items={itemsOf(chain)} />
          </>
        )}
      </Loaded>
    </>
  );
}

/** What the books expect of the trade, and what came: for reading across, and for spreadsheets. */
function ChainTable({ id, items }: { readonly id: string; readonly items: readonly ChainItem[] }) {
  const { w } = useDesk();
  return (
    <div class="card">
      <h2>{w.chain.items}</h2>
      <Table
        caption={w.chain.items}
        name={`chain-${id}`}
        rows={items}
        keyOf={({ step, item }) => `${step}|${item.side}|${item.id}`}
        empty={w.chain.itemsEmpty}
        columns={[
          { label: w.chain.step, value: ({ step }) => w.chain[step] },
          { label: w.breaks.side, value: ({ item }) => w.chain.sides[item.side] },
          {
            label: w.breaks.item,
            value: ({ item }) => item.id,
            cell: ({ item }) => <ItemId id={item.id} />,
          },
          { label: w.date, value: ({ item }) => item.date },
          { label: w.amount, money: ({ item }) => item.amount },
          {
            label: w.status,
            value: ({ item }) => item.status,
            cell: ({ item }) => <ItemState {...item} />,
          },
          {
            label: w.breaks.references,
            value: ({ item }) => referencesOf(item),
            cell: ({ item }) => <References item={item} />,
          },
        ]}
      />
    </div>
  );
}
