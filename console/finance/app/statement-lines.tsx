import type { StatementLine } from './answers.ts';
import { useDesk } from './context.ts';
import { ItemId } from './item-parts.tsx';
import { stateOf } from './line-state.ts';
import { Badge } from './parts.tsx';
import { linkTo } from './route.ts';
import { Table } from './table.tsx';

/** What the bank wrote about a line: references, text, or its own description. */
function textOf({ remittance, description = '', references }: StatementLine): string {
  const own = [...remittance.structured, ...remittance.unstructured, description];
  const endToEnd = references['endToEndId'] ?? references['sourceId'];
  return [endToEnd, ...own].filter(Boolean).join(' · ');
}

const amountOf = ({ amountMinor, currency, direction }: StatementLine) => ({
  ...{ currency, amountMinor: direction === 'debit' ? `-${amountMinor}` : amountMinor },
});

/** The lines of a statement, each leading to its break or to the trades that it is about. */
export function StatementLines({
  name,
  lines,
}: {
  readonly name: string;
  readonly lines: readonly StatementLine[];
}) {
  const { w } = useDesk();
  return (
    <Table
      caption={w.statements.lines}
      name={name}
      rows={lines}
      keyOf={({ ordinal }) => String(ordinal)}
      empty={w.statement.empty}
      columns={[
        { label: w.statement.booked, value: ({ bookingDate }) => bookingDate ?? '' },
        { label: w.statement.value, value: ({ valueDate }) => valueDate ?? '' },
        { label: w.amount, money: amountOf },
        {
          label: w.status,
          value: (line) => w.lineState[stateOf(line)],
          cell: (line) => <State line={line} />,
        },
        { label: w.statement.from, value: ({ counterparty }) => counterparty?.name ?? '' },
        { label: w.statement.text, value: textOf, isLong: true },
        {
          label: w.line.title,
          value: ({ lineId }) => lineId ?? '',
          cell: ({ lineId }) => (lineId === null ? '' : <ItemId id={lineId} />),
        },
      ]}
    />
  );
}

function State({ line }: { readonly line: StatementLine }) {
  const { w } = useDesk();
  const state = stateOf(line);
  const tones = { matched: 'good', open: 'noted', in_break: 'bad', announced: 'plain' } as const;
  const badge = <Badge tone={tones[state]}>{w.lineState[state]}</Badge>;
  const breakId = state === 'in_break' ? line.matching?.breakId : undefined;
  return breakId === undefined ? badge : <a href={linkTo('breaks', { id: breakId })}>{badge}</a>;
}
