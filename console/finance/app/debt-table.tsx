import { useAnswer, useDesk } from './context.ts';
import type { Debt } from './desk-answers.ts';
import { TradeLink } from './item-parts.tsx';
import { Badge } from './parts.tsx';
import { linkTo } from './route.ts';
import { type Column, Table } from './table.tsx';
import type { Words } from './words.ts';

const DAY_LENGTH = 'YYYY-MM-DD'.length;

type DebtTableProps = {
  readonly caption: string;
  readonly name: string;
  readonly debts: readonly Debt[];
  readonly empty: string;
  readonly isTitled?: boolean;
};

/** What sellers owe, wherever it is shown: each debt leads to where it can be written off. */
export function DebtTable({ debts, ...table }: DebtTableProps) {
  const { w } = useDesk();
  return <Table {...table} rows={debts} keyOf={({ id }) => id} columns={columnsOf(w, debts)} />;
}

/** All that the seller who is paid at an account owes or ever owed, as it is at this moment. */
export function useDebtsOf(account: string) {
  const path = `/v1/payout-accounts/${encodeURIComponent(account)}/debts`;
  return useAnswer(path, async (api): Promise<readonly Debt[]> => {
    const { data } = await api.get<{ data: readonly Omit<Debt, 'payoutAccountId'>[] }>(path);
    return data.map((debt) => ({ ...debt, payoutAccountId: account }));
  });
}

const tones = {
  open: 'bad',
  write_off_proposed: 'noted',
  written_off: 'plain',
  recovered: 'good',
} as const;

/** What no debt on the page has is no column. */
function columnsOf(w: Words, debts: readonly Debt[]): readonly Column<Debt>[] {
  const onlyIf = (isThere: (debt: Debt) => boolean, column: Column<Debt>) =>
    debts.some(isThere) ? [column] : [];
  return [
    {
      label: w.debts.account,
      value: ({ payoutAccountId }) => payoutAccountId,
      cell: ({ payoutAccountId: id }) => <a href={linkTo('debts', { id })}>{id}</a>,
    },
    {
      label: w.debts.debt,
      value: ({ id }) => id,
      cell: ({ id, payoutAccountId }) => (
        <a class="id" href={linkTo('debts', { id: payoutAccountId, debt: id })}>
          {id}
        </a>
      ),
    },
    {
      label: w.ledger.trade,
      value: ({ tradeId }) => tradeId,
      cell: ({ tradeId, reference }) => <TradeLink id={tradeId} reference={reference} />,
    },
    {
      label: w.status,
      value: ({ status }) => w.debtStatus[status],
      cell: ({ status }) => <Badge tone={tones[status]}>{w.debtStatus[status]}</Badge>,
    },
    { label: w.amount, money: ({ amount }) => amount },
    { label: w.debts.remaining, money: ({ remaining }) => remaining },
    ...onlyIf(({ since }) => since !== undefined, {
      label: w.debts.since,
      value: ({ since = '' }) => since.slice(0, DAY_LENGTH),
    }),
    ...onlyIf(({ reason }) => reason !== undefined, {
      label: w.reason,
      value: ({ reason }) => (reason === undefined ? '' : w.debtReason[reason]),
    }),
    ...onlyIf(({ proposal }) => proposal !== undefined, {
      label: w.debts.proposal,
      value: ({ proposal }) => proposal?.reason ?? '',
      isLong: true,
    }),
  ];
}
