import type { Check, Period, PeriodDetail, PeriodStatus } from './answers.ts';
import { checkItemText } from './check-item.ts';
import { useAnswer, useDesk } from './context.ts';
import { placeOf } from './find-place.ts';
import { Back, Badge, Loaded } from './parts.tsx';
import { Reports } from './reports.tsx';
import { linkTo } from './route.ts';
import { type Step, StepForm } from './step-form.tsx';
import { Table } from './table.tsx';
import { type Words, wordOf } from './words.ts';

const tones = { open: 'plain', soft_closed: 'noted', locked: 'good' } as const;

/** The months of the books. */
export function Periods() {
  const { w } = useDesk();
  const [loading, again] = useAnswer('periods', async (api) => {
    const { data } = await api.get<{ data: readonly Period[] }>('/v1/periods');
    return data;
  });
  const statusOf = (status: PeriodStatus) => w.periodStatus[status];
  return (
    <>
      <h1>{w.screen.periods}</h1>
      <Loaded loading={loading} again={again}>
        {(rows) => (
          <Table
            caption={w.periods.list}
            isTitled
            name="periods"
            rows={rows}
            keyOf={({ period }) => period}
            empty={w.none}
            columns={[
              {
                label: w.periods.period,
                value: ({ period }) => period,
                cell: ({ period }) => <a href={linkTo('periods', { id: period })}>{period}</a>,
              },
              {
                label: w.status,
                value: ({ status }) => statusOf(status),
                cell: ({ status }) => <Badge tone={tones[status]}>{statusOf(status)}</Badge>,
              },
            ]}
          />
        )}
      </Loaded>
    </>
  );
}

/** One month: its checklist with reasons, its next step, and its reports. */
export function OnePeriod({ period }: { readonly period: string }) {
  const { w, api } = useDesk();
  const path = `/v1/periods/${encodeURIComponent(period)}`;
  const [loading, again] = useAnswer(period, (from) => from.get<PeriodDetail>(path));
  return (
    <>
      <Back screen="periods" />
      <h1>
        {w.periods.period} {period}
      </h1>
      <Loaded loading={loading} again={again}>
        {(one) => (
          <>
            <State one={one} />
            <Checklist checks={one.checks} period={period} />
            <StepForm
              title={w.periods.close}
              steps={stepsOf(one, w)}
              take={async (step, body) => {
                await api.post(`${path}/${step}`, body);
                again();
              }}
            />
          </>
        )}
      </Loaded>
      <Reports period={period} />
    </>
  );
}

function State({ one }: { readonly one: PeriodDetail }) {
  const { w } = useDesk();
  return (
    <>
      <p class="lead">
        <Badge tone={tones[one.status]}>{w.periodStatus[one.status]}</Badge>
      </p>
      {one.snapshot !== undefined && (
        <p class="note good">
          {w.periods.snapshot} <code class="id">{one.snapshot.snapshotSha256}</code>
        </p>
      )}
      {one.proposedBy != null && <p class="note">{w.periods.proposed}</p>}
    </>
  );
}

/** What may come next for a month, by where it stands. */
function stepsOf({ status, proposedBy }: PeriodDetail, { periods }: Words): readonly Step[] {
  const step = (name: 'soft-close' | 'lock' | 'reopen' | 'reopen/approve'): Step => ({
    ...{ name, text: periods[name] },
  });
  if (status === 'open') return [step('soft-close')];
  if (status === 'soft_closed') return [step('lock')];
  return [step(proposedBy == null ? 'reopen' : 'reopen/approve')];
}

function Checklist({
  checks,
  period,
}: {
  readonly checks: readonly Check[];
  readonly period: string;
}) {
  const { w, language } = useDesk();
  const checkTones = { green: 'good', itemized: 'noted', red: 'bad' } as const;
  return (
    <div class="card">
      <h2>{w.periods.checks}</h2>
      <Table
        caption={w.periods.checks}
        name={`checklist-${period}`}
        rows={checks}
        keyOf={({ name }) => name}
        empty={w.none}
        columns={[
          { label: w.periods.check, value: ({ name }) => wordOf(w.checkName, name) },
          {
            label: w.status,
            value: ({ status }) => w.checkStatus[status],
            cell: ({ status }) => <Badge tone={checkTones[status]}>{w.checkStatus[status]}</Badge>,
          },
          {
            label: w.periods.why,
            isLong: true,
            value: ({ detail, items }) =>
              [detail, ...items.map((item) => checkItemText(item, w, language))].join(' | '),
            cell: ({ detail, items }) => <Why detail={detail} items={items} />,
          },
        ]}
      />
    </div>
  );
}

function Why({ detail, items }: Pick<Check, 'detail' | 'items'>) {
  if (items.length === 0) return <>{detail}</>;
  return (
    <details>
      <summary>{detail}</summary>
      <ul>
        {items.map((item) => (
          <li key={JSON.stringify(item)}>
            <Itemized item={item} />
          </li>
        ))}
      </ul>
    </details>
  );
}

/** An item of a check, which leads to what it is where that can be opened. */
function Itemized({ item }: { readonly item: Check['items'][number] }) {
  const { w, language } = useDesk();
  const { id } = item;
  const place = typeof id === 'string' ? placeOf(id) : undefined;
  const text = checkItemText(item, w, language);
  if (place === undefined) return <>{text}</>;
  return (
    <>
      <a class="id" href={place}>
        {String(id)}
      </a>{' '}
      {text}
    </>
  );
}
