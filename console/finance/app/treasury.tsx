import { useState } from 'preact/hooks';
import { problemIn, useDesk } from './context.ts';
import {
  kindNames,
  type MovementKind,
  movementFrom,
  movementKinds,
  type UnreadField,
} from './movement-fields.ts';
import { Choice, ProblemNote } from './parts.tsx';
import type { Problem } from './problem.ts';
import { linkTo } from './route.ts';

type State =
  | { readonly kind: 'ready' | 'busy' }
  | { readonly kind: 'booked'; readonly movementId: string; readonly status: string }
  | { readonly kind: 'unread'; readonly fields: readonly UnreadField[] }
  | { readonly kind: 'problem'; readonly problem: Problem };

/** Books money that moved outside any trade. */
export function Treasury() {
  const { w, api } = useDesk();
  const [kind, setKind] = useState<MovementKind>('own_funds_moved');
  const [state, setState] = useState<State>({ kind: 'ready' });
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    if (!(event.currentTarget instanceof HTMLFormElement)) return;
    const entries = new FormData(event.currentTarget);
    const movement = movementFrom(kind, (name) => String(entries.get(name) ?? ''));
    if ('unread' in movement) return setState({ kind: 'unread', fields: movement.unread });
    setState({ kind: 'busy' });
    try {
      const booked = await api.post<{ movementId: string; status: string }>(
        '/v1/ledger/movements',
        movement.body,
      );
      setState({ kind: 'booked', ...booked });
    } catch (error) {
      setState({ kind: 'problem', problem: problemIn(error) });
    }
  };
  return (
    <>
      <h1>{w.screen.treasury}</h1>
      <form class="card" aria-label={w.screen.treasury} onSubmit={submit}>
        <p>{w.treasury.how}</p>
        <div class="filters">
          <Choice
            label={w.treasury.kind}
            value={kind}
            options={kindNames.map((name) => [name, w.movement[name]] as const)}
            onChoose={(chosen) => setKind(kindNames.find((name) => name === chosen) ?? kind)}
          />
        </div>
        <p class="soft">{w.movementHow[kind]}</p>
        <Fields kind={kind} />
        <div class="buttons">
          <button type="submit" disabled={state.kind === 'busy'}>
            {w.treasury.book}
          </button>
        </div>
        <Told state={state} />
      </form>
    </>
  );
}

function Fields({ kind }: { readonly kind: MovementKind }) {
  const { w } = useDesk();
  const { amounts, texts } = movementKinds[kind];
  return (
    <div class="fields">
      <Field name="movementId" label={w.treasury.movementId} />
      <label class="field">
        <span>{w.treasury.occurredAt}</span>
        <input type="datetime-local" name="occurredAt" required />
      </label>
      {amounts.map((name) => (
        <div class="pair" key={name}>
          <Field name={name} label={w.treasury[name]} inputMode="decimal" />
          <Field
            name={`${name}.currency`}
            label={w.currency}
            pattern="[A-Za-z]{3}"
            hidden={`${w.treasury[name]}: `}
          />
        </div>
      ))}
      {texts.map((name) =>
        name === 'direction' ? (
          <label class="field" key={name}>
            <span>{w.treasury.direction}</span>
            <select name="direction">
              <option value="top_up">{w.treasury.top_up}</option>
              <option value="sweep">{w.treasury.sweep}</option>
            </select>
          </label>
        ) : (
          <Field key={name} name={name} label={w.treasury[name]} />
        ),
      )}
    </div>
  );
}

function Field({
  name,
  label,
  hidden = '',
  ...more
}: {
  readonly name: string;
  readonly label: string;
  /** What is read out before the label, where it says too little alone. */
  readonly hidden?: string;
  readonly pattern?: string;
  readonly inputMode?: 'decimal';
}) {
  return (
    <label class="field">
      <span>
        <span class="unseen">{hidden}</span>
        {label}
      </span>
      <input name={name} required autocomplete="off" {...more} />
    </label>
  );
}

function Told({ state }: { readonly state: State }) {
  const { w } = useDesk();
  if (state.kind === 'problem') return <ProblemNote w={w} problem={state.problem} />;
  if (state.kind === 'unread') {
    return (
      <div class="note bad" role="alert">
        {state.fields.map(({ name, why }) => (
          <p key={name}>
            <strong>{w.treasury[name]}.</strong> {w.unread[why]}
          </p>
        ))}
        <p>{w.unread.nothing}</p>
      </div>
    );
  }
  if (state.kind !== 'booked') return <p role="status">{state.kind === 'busy' ? w.loading : ''}</p>;
  return (
    <p class="note good" role="status">
      {w.treasury.booked} <span class="id">{state.movementId}</span> ({state.status}).{' '}
      <a href={linkTo('ledger')}>{w.screen.ledger}</a>
    </p>
  );
}
