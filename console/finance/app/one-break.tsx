import type { BreakDetail, BreakEvent, Item, Money } from './answers.ts';
import { useAnswer, useDesk } from './context.ts';
import { moneyText } from './format.ts';
import { ItemId, ItemState, References, referencesOf, TradeLink } from './item-parts.tsx';
import { MatchByHand } from './match.tsx';
import { Back, Badge, type Fact, FactList, Loaded } from './parts.tsx';
import { linkTo, type Route } from './route.ts';
import { type Step, type StepBody, StepForm } from './step-form.tsx';
import { Table } from './table.tsx';
import { type Words, wordOf } from './words.ts';

/** One break: what it is, its items side by side, every step so far, and what can be done next. */
export function OneBreak({ id, query }: { readonly id: string } & Pick<Route, 'query'>) {
  const { w, api } = useDesk();
  const path = `/v1/breaks/${encodeURIComponent(id)}`;
  const [loading, again] = useAnswer(id, (from) => from.get<BreakDetail>(path));
  return (
    <>
      <Back screen="breaks" />
      <h1>
        {w.breaks.id} <span class="id">{id}</span>
      </h1>
      <Loaded loading={loading} again={again}>
        {(one) => {
          const isMatching = query['step'] === 'match' && one.status === 'open';
          return (
            <>
              <Facts one={one} isMatching={isMatching} />
              {isMatching ? (
                <MatchByHand
                  one={one}
                  onMatched={() => {
                    location.hash = linkTo('breaks', { id });
                    again();
                  }}
                />
              ) : (
                <Steps
                  one={one}
                  take={async (step, body) => {
                    await api.post(`${path}/${step}`, body);
                    again();
                  }}
                />
              )}
            </>
          );
        }}
      </Loaded>
    </>
  );
}

type StepsProps = {
  readonly one: BreakDetail;
  readonly take: (step: string, body: StepBody) => Promise<void>;
};

/** What a break consists of, what was done about it, and what can be done next. */
function Steps({ one, take }: StepsProps) {
  const { w } = useDesk();
  return (
    <>
      <Items items={one.items} />
      <History history={one.history} />
      {one.status === 'resolved' ? (
        <p class="note good">{w.breaks.done}</p>
      ) : (
        <StepForm title={w.breaks.act} steps={stepsOf(one, w)} take={take} />
      )}
    </>
  );
}

/** A proposal is answered before anything else is done. */
function stepsOf({ status }: BreakDetail, { action, breaks }: Words): readonly Step[] {
  if (status === 'write_off_proposed') {
    return [
      { name: 'approve', text: action.approve },
      { name: 'decline', text: action.decline },
    ];
  }
  const field = { name: 'assignee', label: breaks.assignee };
  return [
    { name: 'explain', text: action.explain },
    { name: 'assign', text: action.assign, field },
    { name: 'write-off', text: action['write-off'] },
    { name: 'send-back', text: action['send-back'] },
  ];
}

function Facts({ one, isMatching }: { readonly one: BreakDetail; readonly isMatching: boolean }) {
  const { w, language } = useDesk();
  const { difference, assignee, explanation, resolution, tooLittleBack } = one;
  const text = (money: Money | undefined) =>
    money && moneyText(language, money.amountMinor, money.currency);
  const facts: readonly Fact[] = [
    [w.breaks.rec, wordOf(w.rec, one.rec)],
    [w.breaks.kind, wordOf(w.breakKind, one.kind)],
    [w.breaks.since, one.since],
    [w.breaks.age, `${one.ageBusinessDays} ${w.breaks.days}`],
    [w.breaks.paid, text(tooLittleBack?.paid)],
    [w.breaks.mostKept, text(tooLittleBack?.mostKept)],
    [w.breaks.assignee, assignee],
    [w.breaks.explanation, explanation],
    [w.breaks.resolution, resolution && wordOf(w.breakResolution, resolution)],
  ];
  const tones = { open: 'bad', write_off_proposed: 'noted', resolved: 'good' } as const;
  return (
    <div class="card">
      <div class="head">
        <p class="sum">
          <span class="unseen">{w.breaks.difference}: </span>
          {text(difference)}
        </p>
        <Badge tone={tones[one.status]}>{w.breakStatus[one.status]}</Badge>
        {one.status === 'open' && one.items.length > 0 && !isMatching && (
          <a class="button" href={linkTo('breaks', { id: one.id, step: 'match' })}>
            {w.match.title}
          </a>
        )}
      </div>
      <FactList facts={facts} />
    </div>
  );
}

function Items({ items }: { readonly items: readonly Item[] }) {
  const { w } = useDesk();
  return (
    <div class="card">
      <h2>{w.breaks.items}</h2>
      <Table
        caption={w.breaks.items}
        name="break-items"
        rows={items}
        keyOf={({ id, side }) => `${side}|${id}`}
        empty={w.breaks.itemsEmpty}
        columns={[
          { label: w.breaks.side, value: ({ side }) => w.chain.sides[side] },
          { label: w.breaks.item, value: ({ id }) => id, cell: ({ id }) => <ItemId id={id} /> },
          { label: w.date, value: ({ date }) => date },
          { label: w.amount, money: ({ amount }) => amount },
          {
            label: w.status,
            value: ({ status }) => wordOf(w.itemStatus, status),
            cell: ({ status }) => <ItemState status={status} />,
          },
          {
            label: w.ledger.trade,
            value: ({ about }) => about?.tradeId ?? '',
            cell: ({ about }) =>
              about?.tradeId === undefined ? '' : <TradeLink id={about.tradeId} />,
          },
          {
            label: w.breaks.references,
            value: referencesOf,
            cell: (item) => <References item={item} />,
          },
        ]}
      />
    </div>
  );
}

function History({ history }: { readonly history: readonly BreakEvent[] }) {
  const { w } = useDesk();
  const numbered = history.map((event, index) => ({ ...event, position: index + 1 }));
  return (
    <div class="card">
      <h2>{w.breaks.history}</h2>
      <Table
        caption={w.breaks.history}
        name="break-history"
        rows={numbered}
        keyOf={({ position }) => String(position)}
        empty={w.none}
        columns={[
          { label: w.breaks.step, value: ({ type }) => wordOf(w.breakStep, type) },
          { label: w.breaks.by, value: ({ by = '' }) => by },
          { label: w.breaks.approvedBy, value: ({ approvedBy }) => approvedBy ?? '' },
          { label: w.reason, value: ({ reason = '' }) => reason, isLong: true },
          { label: w.breaks.assignee, value: ({ assignee = '' }) => assignee },
        ]}
      />
    </div>
  );
}
