import { useDesk } from './context.ts';
import type { Case } from './desk-answers.ts';
import { instantText } from './format.ts';
import { TradeLink } from './item-parts.tsx';
import { Paged, pathOf } from './paged.tsx';
import { Badge, Choice } from './parts.tsx';
import { linkTo, type Route } from './route.ts';
import { type Column, Table } from './table.tsx';
import { type Words, wordOf } from './words.ts';

/** So many days before a deadline it is of note. */
const SOON_DAYS = 3;

/** What must be answered or decided, what is due first; or what has ended. */
export function Cases({ query }: Pick<Route, 'query'>) {
  const { w } = useDesk();
  const { status = 'open', kind = '' } = query;
  const narrow = (more: Readonly<Record<string, string>>) => {
    location.hash = linkTo('disputes', { status, kind, ...more });
  };
  return (
    <>
      <h1>{w.screen.disputes}</h1>
      <div class="filters">
        <Choice
          label={w.status}
          value={status}
          options={Object.entries(w.caseStatus)}
          onChoose={(chosen) => narrow({ status: chosen })}
        />
        <Choice
          label={w.cases.kind}
          value={kind}
          options={[['', w.all], ...Object.entries(w.caseKind)]}
          onChoose={(chosen) => narrow({ kind: chosen })}
        />
      </div>
      <Paged<Case> path={pathOf('/v1/cases', { status, kind })}>
        {(rows) =>
          status === 'closed' ? (
            <CaseTable rows={rows} name="disputes-ended" empty={w.cases.emptyClosed} />
          ) : (
            <CaseTable rows={rows} name="disputes" empty={w.cases.empty} />
          )
        }
      </Paged>
    </>
  );
}

/** Cases with what is due of them, and how many days are left; `isShort` leaves out what led to them. */
export function CaseTable({
  rows,
  name,
  empty,
  caption,
  isShort = false,
}: {
  readonly rows: readonly Case[];
  readonly name: string;
  readonly empty: string;
  readonly caption?: string;
  readonly isShort?: boolean;
}) {
  const { w } = useDesk();
  return (
    <Table
      caption={caption ?? w.screen.disputes}
      isTitled={caption === undefined}
      name={name}
      rows={rows}
      keyOf={({ id }) => id}
      empty={empty}
      columns={[...dueColumns(w), ...(isShort ? [] : aboutColumns(w, rows))]}
    />
  );
}

const dueColumns = (w: Words): readonly Column<Case>[] => [
  { label: w.cases.kind, value: ({ kind }) => wordOf(w.caseKind, kind) },
  {
    label: w.settlements.trade,
    value: ({ tradeId }) => tradeId,
    cell: ({ tradeId, reference }) => <TradeLink id={tradeId} reference={reference} />,
  },
  { label: w.cases.stage, value: ({ stage }) => wordOf(w.caseStage, stage) },
  {
    label: w.cases.next,
    value: ({ deadline }) =>
      deadline === null ? w.cases.nobody : wordOf(w.caseDeadline, deadline.kind),
  },
  {
    label: w.cases.due,
    value: ({ deadline }) => (deadline === null ? '' : instantText(deadline.dueAt)),
  },
  {
    label: w.cases.left,
    value: ({ deadline }) => deadline?.daysLeft ?? '',
    cell: ({ deadline }) => deadline !== null && <DaysLeft days={deadline.daysLeft} />,
    isNumber: true,
  },
  { label: w.amount, money: ({ amount }) => amount },
];

/** A day that no case on the page has is no column. */
const aboutColumns = (w: Words, rows: readonly Case[]): readonly Column<Case>[] => [
  { label: w.cases.reason, value: ({ reason = '' }) => reason.replaceAll('_', ' ') },
  ...(rows.some(({ respondBy }) => respondBy !== undefined)
    ? [{ label: w.cases.respond, value: ({ respondBy = '' }: Case) => instantText(respondBy) }]
    : []),
  { label: w.cases.opened, value: ({ openedAt }) => instantText(openedAt) },
  ...(rows.some(({ closedAt }) => closedAt !== undefined)
    ? [{ label: w.cases.closed, value: ({ closedAt = '' }: Case) => instantText(closedAt) }]
    : []),
];

function DaysLeft({ days }: { readonly days: number }) {
  const { w } = useDesk();
  if (days < 0) return <Badge tone="bad">{w.cases.overdue}</Badge>;
  if (days === 0) return <Badge tone="bad">{w.cases.under}</Badge>;
  return days <= SOON_DAYS ? <Badge tone="noted">{days}</Badge> : <span>{days}</span>;
}
