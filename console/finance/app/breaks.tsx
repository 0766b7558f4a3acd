import { ageBands } from './age-bands.ts';
import type { Break } from './answers.ts';
import { readBreaks } from './break-list.ts';
import { useAnswer, useDesk } from './context.ts';
import { Choice, Loaded } from './parts.tsx';
import { linkTo, type Route } from './route.ts';
import { Table } from './table.tsx';
import { wordOf } from './words.ts';

/** The list of breaks, under a filter that is part of the address. */
export function Breaks({ query }: Pick<Route, 'query'>) {
  const { w } = useDesk();
  const { status = 'open', kind = '', age = '' } = query;
  const [loading, again] = useAnswer(`${status}|${kind}|${age}`, (api) =>
    readBreaks(api, { status, kind, age }),
  );
  const narrow = (more: Readonly<Record<string, string>>) => {
    location.hash = linkTo('breaks', { status, kind, age, ...more });
  };
  const bands = ageBands.map((band) => [band, band] as const);
  return (
    <>
      <h1>{w.screen.breaks}</h1>
      <div class="filters">
        <Choice
          label={w.status}
          value={status}
          options={Object.entries(w.breakStatus)}
          onChoose={(chosen) => narrow({ status: chosen })}
        />
        <Choice
          label={w.breaks.kind}
          value={kind}
          options={[['', w.all], ...Object.entries(w.breakKind)]}
          onChoose={(chosen) => narrow({ kind: chosen })}
        />
        <Choice
          label={w.today.ageBand}
          value={age}
          options={[['', w.all], ...bands]}
          onChoose={(chosen) => narrow({ age: chosen })}
        />
      </div>
      <Loaded loading={loading} again={again}>
        {(breaks) => <BreakTable breaks={breaks} />}
      </Loaded>
    </>
  );
}

function BreakTable({ breaks }: { readonly breaks: readonly Break[] }) {
  const { w } = useDesk();
  return (
    <Table
      caption={w.screen.breaks}
      isTitled
      name="breaks"
      rows={breaks}
      keyOf={({ id }) => id}
      empty={w.breaks.empty}
      columns={[
        {
          label: w.breaks.id,
          value: ({ id }) => id,
          cell: ({ id }) => (
            <a class="id" href={linkTo('breaks', { id })}>
              {id}
            </a>
          ),
        },
        { label: w.breaks.rec, value: ({ rec }) => wordOf(w.rec, rec) },
        { label: w.breaks.kind, value: ({ kind }) => wordOf(w.breakKind, kind) },
        { label: w.breaks.difference, money: ({ difference }) => difference },
        { label: w.breaks.since, value: ({ since }) => since },
        {
          label: `${w.breaks.age} (${w.breaks.days})`,
          value: ({ ageBusinessDays }) => ageBusinessDays,
          isNumber: true,
        },
        { label: w.breaks.assignee, value: ({ assignee }) => assignee ?? '' },
        {
          label: w.breaks.explanation,
          value: ({ explanation }) => explanation ?? '',
          isLong: true,
        },
      ]}
    />
  );
}
