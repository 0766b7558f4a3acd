import { useState } from 'preact/hooks';
import { createApi } from './api.ts';
import { problemIn } from './context.ts';
import { ProblemNote } from './parts.tsx';
import type { Problem } from './problem.ts';
import type { Words } from './words.ts';

/** Takes a key that can read finance's routes; whether it can post is told by what it does. */
export function SignIn({
  w,
  onKey,
}: {
  readonly w: Words;
  readonly onKey: (apiKey: string) => void;
}) {
  const [state, setState] = useState<'ready' | 'busy' | Problem>('ready');
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    if (!(event.currentTarget instanceof HTMLFormElement)) return;
    const apiKey = String(new FormData(event.currentTarget).get('key') ?? '').trim();
    setState('busy');
    try {
      await createApi(apiKey).get('/v1/ledger/accounts');
      onKey(apiKey);
    } catch (error) {
      setState(problemIn(error));
    }
  };
  return (
    <form class="card narrow" aria-label={w.signIn} onSubmit={submit}>
      <h1>{w.signIn}</h1>
      <p>{w.signInWhy}</p>
      <label class="field wide">
        <span>{w.apiKey}</span>
        <input type="password" name="key" autocomplete="off" required pattern="\s*[!-~]+\s*" />
      </label>
      <div class="buttons">
        <button type="submit" disabled={state === 'busy'}>
          {w.signIn}
        </button>
      </div>
      {typeof state === 'object' && <ProblemNote w={w} problem={state} />}
    </form>
  );
}
