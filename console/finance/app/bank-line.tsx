import type { Item } from './answers.ts';
import type { LineChain } from './answers-chain.ts';
import { useAnswer, useDesk } from './context.ts';
import { moneyText } from './format.ts';
import { ItemId, ItemState, References, referencesOf, TradeLink } from './item-parts.tsx';
import { Back, Loaded } from './parts.tsx';
import { linkTo } from './route.ts';
import { Table } from './table.tsx';
import { wordOf } from './words.ts';

/** One line of a bank or a provider, back to the trades that it is about. */
export function BankLine({ id }: { readonly id: string }) {
  const { w } = useDesk();
  const [loading, again] = useAnswer(id, (api) =>
    api.get<LineChain>(`/v1/bank-lines/${encodeURIComponent(id)}/chain`),
  );
  return (
    <>
      <Back screen="trades" />
      <h1>
        {w.line.title} <span class="id">{id}</span>
      </h1>
      <Loaded loading={loading} again={again}>
        {(chain) => (
          <>
            <Facts chain={chain} />
            <Partners title={w.line.matchedWith} items={chain.matchedWith} id={id} />
            {chain.transactions.length > 0 && (
              <Partners title={w.line.transactions} items={chain.transactions} id={id} />
            )}
          </>
        )}
      </Loaded>
    </>
  );
}

function Facts({ chain: { line, lane, tradeIds } }: { readonly chain: LineChain }) {
  const { w, language } = useDesk();
  const { amount, about } = line;
  return (
    <div class="card">
      <div class="head">
        <p class="sum">{moneyText(language, amount.amountMinor, amount.currency)}</p>
        <ItemState {...line} />
      </div>
      <dl>
        <div>
          <dt>{w.line.lane}</dt>
          <dd>{wordOf(w.lane, lane)}</dd>
        </div>
        <div>
          <dt>{w.date}</dt>
          <dd>{line.date}</dd>
        </div>
        {about?.statementId !== undefined && (
          <div>
            <dt>{w.line.statement}</dt>
            <dd>
              <a class="id" href={linkTo('statements', { id: about.statementId })}>
                {about.statementId}
              </a>
            </dd>
          </div>
        )}
        <div>
          <dt>{w.breaks.references}</dt>
          <dd>{referencesOf(line) === '' ? '–' : <References item={line} />}</dd>
        </div>
        <div>
          <dt>{w.line.trades}</dt>
          <dd>
            {tradeIds.map((id) => (
              <TradeLink key={id} id={id} />
            ))}
            {tradeIds.length === 0 && '–'}
          </dd>
        </div>
      </dl>
    </div>
  );
}

function Partners({
  title,
  items,
  id,
}: {
  readonly title: string;
  readonly items: readonly Item[];
  readonly id: string;
}) {
  const { w } = useDesk();
  return (
    <div class="card">
      <h2>{title}</h2>
      <Table
        caption={title}
        name={`line-${id}`}
        rows={items}
        keyOf={(item) => item.id}
        empty={w.line.unmatched}
        columns={[
          {
            label: w.breaks.item,
            value: (item) => item.id,
            cell: (item) => <ItemId id={item.id} />,
          },
          { label: w.date, value: ({ date }) => date },
          { label: w.amount, money: ({ amount }) => amount },
          {
            label: w.status,
            value: ({ status }) => status,
            cell: (item) => <ItemState {...item} />,
          },
          {
            label: w.ledger.trade,
            value: ({ about }) => about?.tradeId ?? '',
            cell: ({ about }) =>
              about?.tradeId === undefined ? '' : <TradeLink id={about.tradeId} />,
          },
        ]}
      />
    </div>
  );
}
