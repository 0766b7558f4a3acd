import { currencyCodes } from '../../../src/money/currency.ts';
import { useDesk } from './context.ts';
import { DebtTable, useDebtsOf } from './debt-table.tsx';
import type { Debt } from './desk-answers.ts';
import { Paged, pathOf } from './paged.tsx';
import { Choice, Loaded } from './parts.tsx';
import { linkTo, type Route } from './route.ts';
import { type StepBody, StepForm } from './step-form.tsx';

type DebtsProps = { readonly account: string | undefined } & Pick<Route, 'query'>;

/** What sellers owe, all of them or the one who is paid at an account, and how it is given up. */
export function Debts({ account, query }: DebtsProps) {
  const { w } = useDesk();
  return (
    <>
      <h1>{w.screen.debts}</h1>
      <p>{w.debts.how}</p>
      <Filters account={account} query={query} />
      {account === undefined ? (
        <OfAll query={query} />
      ) : (
        <OfAccount account={account} debtId={query['debt']} />
      )}
    </>
  );
}

/** Of one seller everything is shown, whatever its status and currency. */
function Filters({ account, query }: DebtsProps) {
  const { w } = useDesk();
  const { status = 'open', currency = '' } = query;
  const narrow = (more: Readonly<Record<string, string>>) => {
    location.hash = linkTo('debts', { status, currency, ...more });
  };
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (!(event.currentTarget instanceof HTMLFormElement)) return;
    const id = String(new FormData(event.currentTarget).get('account') ?? '').trim();
    location.hash = id === '' ? linkTo('debts') : linkTo('debts', { id });
  };
  return (
    <form class="filters" aria-label={w.debts.find} onSubmit={submit}>
      {account === undefined && (
        <>
          <Choice
            label={w.status}
            value={status}
            options={Object.entries(w.debtList)}
            onChoose={(chosen) => narrow({ status: chosen })}
          />
          <Choice
            label={w.currency}
            value={currency}
            options={[['', w.all], ...currencyCodes.map((code) => [code, code] as const)]}
            onChoose={(chosen) => narrow({ currency: chosen })}
          />
        </>
      )}
      <label class="field grow">
        <span>{w.debts.account}</span>
        <input
          name="account"
          autocomplete="off"
          spellcheck={false}
          pattern="\s*(acct|bank)_\w+\s*"
          placeholder="bank_… / acct_…"
          value={account}
        />
      </label>
      <div class="buttons">
        <button type="submit">{w.show}</button>
        {account !== undefined && (
          <a class="button second" href={linkTo('debts')}>
            {w.settlements.everySeller}
          </a>
        )}
      </div>
    </form>
  );
}

function OfAll({ query }: Pick<Route, 'query'>) {
  const { w } = useDesk();
  const { status = 'open', currency = '' } = query;
  return (
    <Paged<Debt> path={pathOf('/v1/debts', { status, currency })}>
      {(debts) => (
        <DebtTable
          caption={w.screen.debts}
          isTitled
          name={`debts-${status}`}
          debts={debts}
          empty={w.debts.emptyList}
        />
      )}
    </Paged>
  );
}

function OfAccount({ account, debtId }: { readonly account: string; debtId: string | undefined }) {
  const { w, api } = useDesk();
  const [loading, again] = useDebtsOf(account);
  const path = `/v1/payout-accounts/${encodeURIComponent(account)}/debts`;
  return (
    <Loaded loading={loading} again={again}>
      {(debts) => {
        const chosen = debts.find(({ id }) => id === debtId);
        return (
          <>
            <DebtTable
              caption={w.screen.debts}
              isTitled
              name={`debts-${account}`}
              debts={debts}
              empty={w.debts.empty}
            />
            {chosen !== undefined && (
              <WriteOff
                debt={chosen}
                take={async (step, body) => {
                  await api.post(`${path}/${encodeURIComponent(chosen.id)}/${step}`, body);
                  again();
                }}
              />
            )}
            {chosen === undefined && debts.length > 0 && <p class="soft">{w.debts.choose}</p>}
          </>
        );
      }}
    </Loaded>
  );
}

function WriteOff({
  debt,
  take,
}: {
  readonly debt: Debt;
  readonly take: (step: string, body: StepBody) => Promise<void>;
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
