import type { StatementDetail } from './answers.ts';
import { useAnswer, useDesk } from './context.ts';
import { instantText, moneyText } from './format.ts';
import { stateOf } from './line-state.ts';
import { Back, Badge, Choice, FactList, Loaded } from './parts.tsx';
import { linkTo, type Route } from './route.ts';
import { StatementLines } from './statement-lines.tsx';
import { signed } from './statements.tsx';

/** One statement: its balances, its problems, and what became of each of its lines. */
export function OneStatement({ id, query }: { readonly id: string } & Pick<Route, 'query'>) {
  const { w } = useDesk();
  const { page = '1', state = '' } = query;
  const path = `/v1/statements/${encodeURIComponent(id)}?page=${encodeURIComponent(page)}`;
  const [loading, again] = useAnswer(path, (api) => api.get<StatementDetail>(path));
  const goTo = (to: Readonly<Record<string, string>>) => {
    location.hash = linkTo('statements', { id, page, state, ...to });
  };
  return (
    <>
      <Back screen="statements" />
      <h1>
        {w.statement.title} <span class="id">{id}</span>
      </h1>
      <Loaded loading={loading} again={again}>
        {(statement) => (
          <>
            <Facts statement={statement} />
            <div class="filters">
              <Choice
                label={w.status}
                value={state}
                options={[['', w.all], ...Object.entries(w.lineState)]}
                onChoose={(chosen) => goTo({ state: chosen })}
              />
              {statement.pages > 1 && (
                <Choice
                  label={w.statement.page}
                  value={page}
                  options={Array.from({ length: statement.pages }, (_, index) => [
                    String(index + 1),
                    `${index + 1} / ${statement.pages}`,
                  ])}
                  onChoose={(chosen) => goTo({ page: chosen })}
                />
              )}
            </div>
            <StatementLines
              name={`statement-${id}-${page}`}
              lines={statement.data.filter((line) => state === '' || stateOf(line) === state)}
            />
          </>
        )}
      </Loaded>
    </>
  );
}

function Facts({ statement }: { readonly statement: StatementDetail }) {
  const { w, language } = useDesk();
  const { opening, closing, problems, account, number, format, receivedAt, lines } = statement;
  const balanceText = (balance: StatementDetail['closing']) => {
    const amount = signed(balance);
    return amount === null ? '–' : moneyText(language, amount.amountMinor, amount.currency);
  };
  const facts = [
    [w.statement.opening, balanceText(opening)],
    [w.statements.closing, balanceText(closing)],
    [w.statements.lines, String(lines)],
    [w.account, account?.id ?? '–'],
    [w.statements.number, number ?? '–'],
    [w.statements.format, format],
    [w.statements.received, instantText(receivedAt)],
  ] as const;
  return (
    <div class="card">
      <FactList facts={facts} />
      {problems.length === 0 ? (
        <p>
          <Badge tone="good">{w.statement.addsUp}</Badge>
        </p>
      ) : (
        <div class="note bad">
          <p>{w.statements.problems}</p>
          <ul>
            {problems.map(({ detail = '' }, index) => (
              <li key={`${index}${detail}`}>{detail}</li>
            ))}
          </ul>
        </div>
      )}
    </div>
  );
}
