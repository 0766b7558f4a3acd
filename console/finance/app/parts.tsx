import type { ComponentChildren } from 'preact';
import { type Loading, useDesk } from './context.ts';
import type { Problem } from './problem.ts';
import { linkTo, type Screen } from './route.ts';
import type { Words } from './words.ts';

/** What a person can do about a problem, before what the API says of it. */
function adviceOn({ status, code }: Problem, { problem }: Words): string | undefined {
  const isPerson = code.startsWith('sign_in.');
  if (status === 0) return problem.unreachable;
  if (status === 401) return isPerson ? problem.signInAgain : problem.unauthorized;
  if (status === 403) return isPerson ? problem.notInGroup : problem.forbidden;
  return undefined;
}

/** A problem of the API: what to do, its own words with every field, and its code. */
export function ProblemNote({ w, problem }: { readonly w: Words; readonly problem: Problem }) {
  const advice = adviceOn(problem, w);
  const { code, detail, errors = [] } = problem;
  return (
    <div class="note bad" role="alert">
      <p>
        <strong>{w.problem.title}.</strong> {advice}
      </p>
      {detail !== '' && <p>{detail}</p>}
      {advice === undefined && detail === '' && <p>{w.problem.unknown}</p>}
      {errors.length > 0 && (
        <ul>
          {errors.map(({ pointer, detail: what }) => (
            <li key={pointer}>
              <code>{pointer}</code> {what}
            </li>
          ))}
        </ul>
      )}
      {code !== 'unreachable' && code !== 'unknown' && (
        <p>
          <code>{code}</code>
        </p>
      )}
    </div>
  );
}

/** What was read, or that it is being read, or why it can't be and a way to try again. */
export function Loaded<T>({
  loading,
  again,
  children,
}: {
  readonly loading: Loading<T>;
  readonly again: () => void;
  readonly children: (value: T) => ComponentChildren;
}) {
  const { w } = useDesk();
  if (loading.kind === 'loading') {
    return (
      <p class="soft" role="status">
        {w.loading}
      </p>
    );
  }
  if (loading.kind === 'loaded') return <>{children(loading.value)}</>;
  return (
    <>
      <ProblemNote w={w} problem={loading.problem} />
      <button type="button" onClick={again}>
        {w.again}
      </button>
    </>
  );
}

/** A status in color and in words: good, of note, or bad. */
export function Badge({
  tone,
  children,
}: {
  readonly tone: 'good' | 'noted' | 'bad' | 'plain';
  readonly children: ComponentChildren;
}) {
  return <span class={`badge ${tone}`}>{children}</span>;
}

/** A choice of one of several codes. */
export function Choice({
  label,
  value,
  options,
  onChoose,
}: {
  readonly label: string;
  readonly value: string;
  readonly options: readonly (readonly [value: string, text: string])[];
  readonly onChoose: (value: string) => void;
}) {
  return (
    <label class="field">
      <span>{label}</span>
      <select value={value} onChange={({ currentTarget }) => onChoose(currentTarget.value)}>
        {options.map(([code, text]) => (
          <option key={code} value={code} selected={code === value}>
            {text}
          </option>
        ))}
      </select>
    </label>
  );
}

/** The way back to the list that something is of. */
export function Back({ screen }: { readonly screen: Screen }) {
  const { w } = useDesk();
  return (
    <p class="crumb">
      <a class="back" href={linkTo(screen)}>
        ← {w.screen[screen]}
      </a>
    </p>
  );
}

export type Fact = readonly [name: string, value: string | undefined];

/** Facts with their names; what is not known is left out. */
export function FactList({ facts }: { readonly facts: readonly Fact[] }) {
  return (
    <dl>
      {facts.map(([name, value]) =>
        value === undefined ? null : (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ),
      )}
    </dl>
  );
}
