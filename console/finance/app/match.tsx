import { useState } from 'preact/hooks';
import type { BreakDetail, Candidate, Item } from './answers.ts';
import { useAnswer, useDesk } from './context.ts';
import { moneyText } from './format.ts';
import { MatchSide } from './match-side.tsx';
import {
  accountsFor,
  type Choice as Chosen,
  choiceOf,
  hasText,
  type Sides,
  sumsOf,
} from './match-sums.ts';
import { Badge, Choice, Loaded } from './parts.tsx';
import { linkTo } from './route.ts';
import { type StepBody, StepForm } from './step-form.tsx';

type MatchProps = { readonly one: BreakDetail; readonly onMatched: () => void };

/** A break side by side with what it may be matched with: a person chooses until both sides are equal. */
export function MatchByHand({ one, onMatched }: MatchProps) {
  const { w } = useDesk();
  const path = `/v1/breaks/${encodeURIComponent(one.id)}`;
  const [loading, again] = useAnswer(`${one.id}/candidates`, async (api) => {
    const { data } = await api.get<{ data: readonly Candidate[] }>(`${path}/candidates`);
    return data;
  });
  return (
    <>
      <p>
        {one.kind === 'duplicate' ? w.match.howMany : w.match.how}{' '}
        <a href={linkTo('breaks', { id: one.id })}>{w.match.leave}</a>
      </p>
      <Loaded loading={loading} again={again}>
        {(candidates) => (
          <Choosing one={one} choice={choiceOf(one, candidates)} onMatched={onMatched} />
        )}
      </Loaded>
    </>
  );
}

function Choosing({ one, choice, onMatched }: MatchProps & { readonly choice: Chosen }) {
  const { w, api } = useDesk();
  const { items, fixed } = choice;
  const [chosen, setChosen] = useState(choice.chosen);
  const [text, setText] = useState('');
  const [against, setAgainst] = useState('');
  const sums = sumsOf(items, chosen);
  const chosenOf = (side: Item['side']) =>
    items.filter((item) => item.side === side && chosen.has(item.id)).map(({ id }) => id);
  const toggle = (id: string) => {
    const next = new Set(chosen);
    if (!next.delete(id)) next.add(id);
    setChosen(next);
  };
  const isEqual = sums.left === sums.right;
  const match = async (_: string, { reason }: StepBody) => {
    const body = { left: chosenOf('left'), right: chosenOf('right'), reason };
    await api.post(
      `/v1/breaks/${encodeURIComponent(one.id)}/match`,
      isEqual ? body : { ...body, against },
    );
    onMatched();
  };
  const isShown = (item: Item) => chosen.has(item.id) || text === '' || hasText(item, text);
  const hasBoth = chosenOf('left').length * chosenOf('right').length > 0;
  const isReady = hasBoth && (isEqual || against !== '');
  return (
    <>
      <div class="filters">
        <label class="field grow">
          <span>{w.match.filter}</span>
          <input
            type="search"
            value={text}
            onInput={({ currentTarget }) => setText(currentTarget.value)}
          />
        </label>
      </div>
      <Balance currency={one.difference.currency} sums={sums} isReady={hasBoth && isEqual} />
      <div class="sides">
        {(['left', 'right'] as const).map((side) => (
          <MatchSide
            key={side}
            side={side}
            one={one}
            items={items.filter((item) => item.side === side && isShown(item))}
            chosen={chosen}
            fixed={fixed}
            sums={sums}
            onToggle={toggle}
          />
        ))}
      </div>
      {hasBoth && !isEqual && <Against rec={one.rec} value={against} onChoose={setAgainst} />}
      <StepForm
        title={w.match.title}
        steps={[{ name: 'match', text: w.match.act, isBlocked: !isReady }]}
        take={match}
      />
    </>
  );
}

/** Where the difference is posted of two amounts that are one movement all the same. */
function Against({
  rec,
  value,
  onChoose,
}: {
  readonly rec: string;
  readonly value: string;
  readonly onChoose: (account: string) => void;
}) {
  const { w } = useDesk();
  const accounts = accountsFor(rec);
  if (accounts.length === 0) return null;
  return (
    <div class="card">
      <p>{w.match.differs}</p>
      <Choice
        label={w.match.against}
        value={value}
        options={[
          ['', w.match.nowhere],
          ...accounts.map((account) => [account, w.differenceAccount[account]] as const),
        ]}
        onChoose={onChoose}
      />
    </div>
  );
}

function Balance({
  currency,
  sums: { left, right },
  isReady,
}: {
  readonly currency: string;
  readonly sums: Sides;
  readonly isReady: boolean;
}) {
  const { w, language } = useDesk();
  const text = (minor: bigint) => moneyText(language, String(minor), currency);
  return (
    <div class="card balance" role="status">
      <dl>
        <div>
          <dt>{w.breaks.left}</dt>
          <dd class="sum">{text(left)}</dd>
        </div>
        <div>
          <dt>{w.breaks.right}</dt>
          <dd class="sum">{text(right)}</dd>
        </div>
        <div>
          <dt>{w.breaks.difference}</dt>
          <dd class="sum">{text(right - left)}</dd>
        </div>
      </dl>
      <Badge tone={isReady ? 'good' : 'noted'}>{isReady ? w.match.equal : w.match.unequal}</Badge>
    </div>
  );
}
