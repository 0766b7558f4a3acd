import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { problemIn, useDesk } from './context.ts';
import { ProblemNote } from './parts.tsx';
import type { Problem } from './problem.ts';

export type Step = {
  readonly name: string;
  readonly text: string;
  /** Names another field that this step takes, and its label. */
  readonly field?: { readonly name: string; readonly label: string };
  /** It can't be taken as things are. */
  readonly isBlocked?: boolean;
};

type StepFormProps = {
  readonly title: string;
  readonly steps: readonly Step[];
  /** Whether the API asks why; nearly always. */
  readonly takesReason?: boolean;
  readonly take: (step: string, body: StepBody) => Promise<void>;
  /** Fields of the caller's own, and what of them is sent beside the rest. */
  readonly children?: ComponentChildren;
  readonly read?: (entries: FormData) => StepBody;
};

/** What a step sends. */
export type StepBody = Readonly<Record<string, string | boolean>>;

/** Steps that each take a reason. What the API refuses stays written, with why. */
export function StepForm({
  title,
  steps,
  take,
  takesReason = true,
  children,
  read = () => ({}),
}: StepFormProps) {
  const { w } = useDesk();
  const [state, setState] = useState<'ready' | 'busy' | 'saved' | Problem>('ready');
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    const { submitter, currentTarget } = event;
    if (!(submitter instanceof HTMLButtonElement)) return;
    if (!(currentTarget instanceof HTMLFormElement)) return;
    const step = steps.find(({ name }) => name === submitter.value);
    if (step === undefined) return;
    const entries = new FormData(currentTarget);
    const reason = takesReason ? ['reason'] : [];
    const names = [...reason, ...(step.field === undefined ? [] : [step.field.name])];
    const texts = Object.fromEntries(names.map((name) => [name, String(entries.get(name) ?? '')]));
    setState('busy');
    try {
      await take(step.name, { ...texts, ...read(entries) });
      currentTarget.reset();
      setState('saved');
    } catch (error) {
      setState(problemIn(error));
    }
  };
  const fields = steps.flatMap(({ field }) => (field === undefined ? [] : [field]));
  return (
    <form class="card" aria-label={title} onSubmit={submit}>
      <h2>{title}</h2>
      {takesReason && (
        <label class="field wide">
          <span>{w.reason}</span>
          <textarea name="reason" rows={2} minLength={3} maxLength={500} required />
        </label>
      )}
      {children}
      {fields.map(({ name, label }) => (
        <label key={name} class="field">
          <span>{label}</span>
          <input name={name} autocomplete="off" />
        </label>
      ))}
      <div class="buttons">
        {steps.map(({ name, text, isBlocked = false }, index) => (
          <button
            key={name}
            type="submit"
            value={name}
            class={index === 0 ? '' : 'second'}
            disabled={isBlocked || state === 'busy'}
          >
            {text}
          </button>
        ))}
      </div>
      <p role="status">{state === 'busy' ? w.loading : state === 'saved' ? w.saved : ''}</p>
      {typeof state === 'object' && <ProblemNote w={w} problem={state} />}
    </form>
  );
}
