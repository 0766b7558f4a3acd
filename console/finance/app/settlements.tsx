import { currencyCodes } from '../../../src/money/currency.ts';
import { useAnswer, useDesk } from './context.ts';
import type { Debt, Settlement } from './desk-answers.ts';
import { instantText } from './format.ts';
import { Paged, pathOf } from './paged.tsx';
import { Badge, Choice, Loaded } from './parts.tsx';
import { linkTo, type Route } from './route.ts';
import { Table } from './table.tsx';
import { TradeLink } from './trade-link.tsx';
import { wordOf } from './words.ts';

const tones: Readonly<Record<string, 'good' | 'noted' | 'bad'>> = {
  ...{ paid: 'good', failed: 'bad', returned: 'bad', due: 'noted' },
};

/** The pay of milestones: of one state, or all of one seller with what that one owes. */
export function Settlements({ query }: Pick<Route, 'query'>) {
  const { w } = useDesk();
  const { currency = '', seller = '' } = query;
  const state = query['state'] ?? (seller === '' ? 'due' : '');
  const path = pathOf('/v1/settlements', { state, currency, payoutAccountId: seller });
  return (
    <>
      <h1>{w.screen.settlements}</h1>
      <Filters state={state} currency={currency} seller={seller} />
      <Paged<Settlement> path={path}>{(rows) => <SettlementTable rows={rows} />}</Paged>
      {seller !== '' && <Debts seller={seller} />}
    </>
  );
}

type Narrowed = { readonly state: string; readonly currency: string; readonly seller: string };

function Filters(narrowed: Narrowed) {
  const { w } = useDesk();
  const { state, currency, seller } = narrowed;
  const narrow = (more: Partial<Narrowed>) => {
    location.hash = linkTo('settlements', { ...narrowed, ...more });
  };
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (!(event.currentTarget instanceof HTMLFormElement)) return;
    const asked = String(new FormData(event.currentTarget).get('seller') ?? '').trim();
    narrow({ seller: asked, state: '' });
  };
  const states = Object.entries(w.settlementState);
  return (
    <form class="filters" aria-label={w.show} onSubmit={submit}>
      <Choice
        label={w.settlements.state}
        value={state}
        options={seller === '' ? states : [['', w.settlements.everyState], ...states]}
        onChoose={(chosen) => narrow({ state: chosen })}
      />
      <Choice
        label={w.currency}
        value={currency}
        options={[['', w.all], ...currencyCodes.map((code) => [code, code] as const)]}
        onChoose={(chosen) => narrow({ currency: chosen })}
      />
      <label class="field">
        <span>{w.settlements.seller}</span>
        <input name="seller" value={seller} autocomplete="off" spellcheck={false} />
      </label>
      <div class="buttons">
        <button type="submit">{w.show}</button>
        {seller !== '' && (
          <button type="button" class="second" onClick={() => narrow({ seller: '', state: '' })}>
            {w.settlements.everySeller}
          </button>
        )}
      </div>
    </form>
  );
}

function SettlementTable({ rows }: { readonly rows: readonly Settlement[] }) {
  const { w } = useDesk();
  return (
    <Table
      caption={w.screen.settlements}
      isTitled
      name="settlements"
      rows={rows}
      keyOf={({ payoutId }) => payoutId}
      empty={w.settlements.empty}
      columns={[
        {
          label: w.settlements.trade,
          value: ({ tradeId }) => tradeId,
          cell: ({ tradeId, reference }) => <TradeLink tradeId={tradeId} reference={reference} />,
        },
        {
          label: w.settlements.seller,
          value: ({ payoutAccountId }) => payoutAccountId,
          cell: ({ payoutAccountId: seller }) => (
            <a href={linkTo('settlements', { seller })}>{seller}</a>
          ),
        },
        {
          label: w.settlements.state,
          value: ({ state }) => wordOf(w.settlementState, state),
          cell: ({ state }) => (
            <Badge tone={tones[state] ?? 'plain'}>{wordOf(w.settlementState, state)}</Badge>
          ),
        },
        { label: w.amount, money: ({ amount }) => amount },
        { label: w.settlements.at, value: ({ at }) => instantText(at) },
        { label: w.settlements.why, value: ({ code = '' }) => code },
        { label: w.settlements.netted, money: ({ netted }) => netted ?? null },
        { label: w.settlements.reversed, money: ({ reversed }) => reversed ?? null },
        { label: w.settlements.milestone, value: ({ milestoneId }) => milestoneId },
        { label: w.settlements.rail, value: ({ rail = '' }) => wordOf(w.rail, rail) },
        { label: w.settlements.attempt, value: ({ attempt }) => attempt, isNumber: true },
        {
          label: w.settlements.transfer,
          value: ({ transferId, carrierPayoutId }) => transferId ?? carrierPayoutId ?? '',
        },
      ]}
    />
  );
}

function Debts({ seller }: { readonly seller: string }) {
  const { w } = useDesk();
  const path = `/v1/payout-accounts/${encodeURIComponent(seller)}/debts`;
  const [loading, again] = useAnswer(path, (api) => api.get<{ data: readonly Debt[] }>(path));
  return (
    <div class="card">
      <h2>{w.settlements.debts}</h2>
      <Loaded loading={loading} again={again}>
        {({ data }) => (
          <Table
            caption={w.settlements.debts}
            name={`debts-${seller}`}
            rows={data}
            keyOf={({ id }) => id}
            empty={w.settlements.debtsEmpty}
            columns={[
              { label: w.settlements.debt, value: ({ id }) => id },
              {
                label: w.settlements.trade,
                value: ({ tradeId }) => tradeId,
                cell: ({ tradeId }) => <TradeLink tradeId={tradeId} />,
              },
              { label: w.status, value: ({ status }) => wordOf(w.debtStatus, status) },
              { label: w.amount, money: ({ amount }) => amount },
              { label: w.settlements.remaining, money: ({ remaining }) => remaining },
            ]}
          />
        )}
      </Loaded>
    </div>
  );
}
