import type { Balance, Statement } from './answers.ts';
import { useAnswer, useDesk } from './context.ts';
import { instantText } from './format.ts';
import { Badge, Loaded } from './parts.tsx';
import { linkTo } from './route.ts';
import { Table } from './table.tsx';
import { UploadForm } from './upload.tsx';

/** Where statements come in, and what has come. */
export function Statements() {
  const { w } = useDesk();
  const [loading, again] = useAnswer('statements', async (api) => {
    const { data } = await api.get<{ data: readonly Statement[] }>('/v1/statements');
    return data;
  });
  return (
    <>
      <h1>{w.screen.statements}</h1>
      <UploadForm onRead={again} />
      <div class="card">
        <h2>{w.statements.list}</h2>
        <Loaded loading={loading} again={again}>
          {(rows) => <StatementTable rows={rows} />}
        </Loaded>
      </div>
    </>
  );
}

/** A balance as an amount, below zero where the account is overdrawn. */
export function signed(balance: Balance | null) {
  if (balance === null) return null;
  const { currency, amountMinor, direction } = balance;
  return { currency, amountMinor: direction === 'debit' ? `-${amountMinor}` : amountMinor };
}

function StatementTable({ rows }: { readonly rows: readonly Statement[] }) {
  const { w } = useDesk();
  const problemsOf = ({ problems }: Statement): string =>
    problems.map(({ detail = '' }) => detail).join(' ');
  return (
    <Table
      caption={w.statements.list}
      name="statements"
      rows={rows}
      keyOf={({ id }) => id}
      empty={w.statements.empty}
      columns={[
        {
          label: w.statements.received,
          value: ({ receivedAt }) => instantText(receivedAt),
          cell: ({ id, receivedAt }) => (
            <a href={linkTo('statements', { id })}>{instantText(receivedAt)}</a>
          ),
        },
        { label: w.statements.format, value: ({ format }) => format },
        { label: w.account, value: ({ account }) => account?.id ?? '' },
        { label: w.statements.number, value: ({ number }) => number ?? '' },
        { label: w.statements.closing, money: ({ closing }) => signed(closing) },
        { label: w.statements.lines, value: ({ lines }) => lines, isNumber: true },
        {
          label: w.statements.problems,
          isLong: true,
          value: problemsOf,
          cell: (row) =>
            row.problems.length === 0 ? <Badge tone="good">{w.none}</Badge> : problemsOf(row),
        },
      ]}
    />
  );
}
