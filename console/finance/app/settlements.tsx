import { currencyCodes } from '../../../src/money/currency.ts';
import { useDesk } from './context.ts';
import { DebtTable, useDebtsOf } from './debt-table.tsx';
import type { Settlement } from './desk-answers.ts';
import { instantText } from './format.ts';
import { TradeLink } from './item-parts.tsx';
import { Paged, pathOf } from './paged.tsx';
import { Badge, Choice, Loaded } from './parts.tsx';
import { linkTo, type Route } from './route.ts';
import { type Column, Table } from './table.tsx';
import { type Words, wordOf } from './words.ts';

const tones: Readonly<Record<string, 'good' | 'noted' | 'bad'>> = {
  ...{ paid: 'good', failed: 'bad', returned: 'bad', on_hold: 'bad', due: 'noted' },
};

/** The pay of milestones: what sellers wait for, or of one state, or all of one seller and what that one owes. */
export function Settlements({ query }: Pick<Route, 'query'>) {
  const { w } = useDesk();
  const { currency = '', seller = '' } = query;
  const state = query['state'] ?? (seller === '' ? 'open' : '');
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
  const open = ['open', w.settlements.openStates] as const;
  const states = Object.entries(w.settlementState);
  return (
    <form class="filters" aria-label={w.show} onSubmit={submit}>
      <Choice
        label={w.settlements.state}
        value={state}
        options={
          seller === '' ? [open, ...states] : [['', w.settlements.everyState], open, ...states]
        }
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

/** What the provider or the bank calls it; of what went with another, that one. */
const referenceOf = ({ transferId, carrierPayoutId }: Settlement): string =>
  transferId ?? carrierPayoutId ?? '';

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
          cell: ({ tradeId, reference }) => <TradeLink id={tradeId} reference={reference} />,
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
        ...rareColumns(w, rows),
        { label: w.settlements.milestone, value: ({ milestoneId }) => milestoneId },
        { label: w.settlements.rail, value: ({ rail = '' }) => wordOf(w.rail, rail) },
        {
          label: w.settlements.transfer,
          value: referenceOf,
          cell: (row) => <span class="id">{referenceOf(row)}</span>,
        },
      ]}
    />
  );
}

/** What of a payment is told where any of them has it; else it is no column. */
function rareColumns(w: Words, rows: readonly Settlement[]): readonly Column<Settlement>[] {
  const onlyIf = (isThere: (row: Settlement) => boolean, column: Column<Settlement>) =>
    rows.some(isThere) ? [column] : [];
  return [
    ...onlyIf(({ code }) => code !== undefined, {
      label: w.settlements.why,
      value: ({ code = '' }) => code,
    }),
    ...onlyIf(({ netted }) => netted !== undefined, {
      label: w.settlements.netted,
      money: ({ netted }) => netted ?? null,
    }),
    ...onlyIf(({ reversed }) => reversed !== undefined, {
      label: w.settlements.reversed,
      money: ({ reversed }) => reversed ?? null,
    }),
    ...onlyIf(({ attempt }) => attempt > 1, {
      label: w.settlements.attempt,
      value: ({ attempt }) => attempt,
      isNumber: true,
    }),
  ];
}

function Debts({ seller }: { readonly seller: string }) {
  const { w } = useDesk();
  const [loading, again] = useDebtsOf(seller);
  return (
    <div class="card">
      <h2>{w.settlements.debts}</h2>
      <Loaded loading={loading} again={again}>
        {(debts) => (
          <DebtTable
            caption={w.settlements.debts}
            name={`debts-${seller}`}
            debts={debts}
            empty={w.settlements.debtsEmpty}
          />
        )}
      </Loaded>
    </div>
  );
}
