import type { Debt } from './answers.ts';
import { useAnswer, useDesk } from './context.ts';
import { TradeLink } from './item-parts.tsx';
import { Badge, Loaded } from './parts.tsx';
import { linkTo, type Route } from './route.ts';
import { StepForm } from './step-form.tsx';
import { Table } from './table.tsx';

type DebtsProps = { readonly account: string | undefined } & Pick<Route, 'query'>;

/** What the seller who is paid at an account owes, and how it is given up. */
export function Debts({ account, query }: DebtsProps) {
  const { w } = useDesk();
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (!(event.currentTarget instanceof HTMLFormElement)) return;
    const id = String(new FormData(event.currentTarget).get('account') ?? '').trim();
    location.hash = linkTo('debts', { id });
  };
  return (
    <>
      <h1>{w.screen.debts}</h1>
      <form class="card" aria-label={w.debts.find} onSubmit={submit}>
        <p>{w.debts.how}</p>
        <div class="filters">
          <label class="field grow">
            <span>{w.debts.account}</span>
            <input
              name="account"
              autocomplete="off"
              required
              pattern="\s*(acct|bank)_\w+\s*"
              placeholder="bank_… / acct_…"
              value={account}
            />
          </label>
          <button type="submit">{w.show}</button>
        </div>
      </form>
      {account !== undefined && <OfAccount account={account} debtId={query['debt']} />}
    </>
  );
}

function OfAccount({ account, debtId }: { readonly account: string; debtId: string | undefined }) {
  const { api } = useDesk();
  const path = `/v1/payout-accounts/${encodeURIComponent(account)}/debts`;
  const [loading, again] = useAnswer(path, async (from) => {
    const { data } = await from.get<{ data: readonly Debt[] }>(path);
    return data;
  });
  return (
    <Loaded loading={loading} again={again}>
      {(debts) => {
        const chosen = debts.find(({ id }) => id === debtId);
        return (
          <>
            <DebtTable account={account} debts={debts} />
            {chosen !== undefined && (
              <WriteOff
                debt={chosen}
                take={async (step, body) => {
                  await api.post(`${path}/${encodeURIComponent(chosen.id)}/${step}`, body);
                  again();
                }}
              />
            )}
          </>
        );
      }}
    </Loaded>
  );
}

function DebtTable({ account, debts }: { readonly account: string; debts: readonly Debt[] }) {
  const { w } = useDesk();
  const tones = {
    open: 'bad',
    write_off_proposed: 'noted',
    written_off: 'plain',
    recovered: 'good',
  } as const;
  return (
    <Table
      caption={`${w.screen.debts}, ${account}`}
      name={`debts-${account}`}
      rows={debts}
      keyOf={({ id }) => id}
      empty={w.debts.empty}
      columns={[
        {
          label: w.debts.debt,
          value: ({ id }) => id,
          cell: ({ id }) => (
            <a class="id" href={linkTo('debts', { id: account, debt: id })}>
              {id}
            </a>
          ),
        },
        {
          label: w.ledger.trade,
          value: ({ tradeId }) => tradeId,
          cell: ({ tradeId }) => <TradeLink id={tradeId} />,
        },
        {
          label: w.status,
          value: ({ status }) => w.debtStatus[status],
          cell: ({ status }) => <Badge tone={tones[status]}>{w.debtStatus[status]}</Badge>,
        },
        { label: w.amount, money: ({ amount }) => amount },
        { label: w.debts.remaining, money: ({ remaining }) => remaining },
        { label: w.debts.proposal, value: ({ proposal }) => proposal?.reason ?? '', isLong: true },
      ]}
    />
  );
}

function WriteOff({
  debt,
  take,
}: {
  readonly debt: Debt;
  readonly take: (step: string, body: Readonly<Record<string, string>>) => Promise<void>;
}) {
  const { w } = useDesk();
  const { id, status } = debt;
  if (status === 'written_off' || status === 'recovered') {
    return (
      <p class="note good">
        <span class="id">{id}</span>: {w.debts.done}
      </p>
    );
  }
  return (
    <>
      <StepForm
        key={status}
        title={`${w.action['write-off']}: ${id}`}
        steps={[{ name: 'write-off', text: w.action['write-off'] }]}
        take={take}
      />
      {status === 'write_off_proposed' && (
        <StepForm
          title={`${w.action.approve}: ${id}`}
          takesReason={false}
          steps={[{ name: 'write-off/approval', text: w.action.approve }]}
          take={take}
        />
      )}
    </>
  );
}
