import { useEffect, useState } from 'preact/hooks';
import { createApi } from './api.ts';
import { problemIn } from './context.ts';
import type { Place } from './organization.ts';
import { ProblemNote } from './parts.tsx';
import type { Problem } from './problem.ts';
import type { SessionState } from './use-session.ts';
import type { Words } from './words.ts';

type SignInProps = { readonly w: Words; readonly session: SessionState };

/** Where people sign in: by their organization, where the deployment has one, or by a key of their own. */
export function SignIn({ w, session }: SignInProps) {
  const place = useOrganization();
  if (session.isComingBack) {
    return (
      <p class="card narrow" role="status">
        {w.signingIn}
      </p>
    );
  }
  return (
    <>
      {place !== undefined && (
        <section class="card narrow" aria-label={w.organization}>
          <h1>{w.signIn}</h1>
          <div class="buttons">
            <button type="button" onClick={() => session.leaveToSignIn(place)}>
              {w.organization}
            </button>
          </div>
          {session.problem !== undefined && <ProblemNote w={w} problem={session.problem} />}
        </section>
      )}
      <ByKey w={w} session={session} isSecond={place !== undefined} />
    </>
  );
}

/** What the deployment writes beside the page; undefined until it is read, or where there is none. */
function useOrganization(): Place | undefined {
  const [place, setPlace] = useState<Place>();
  useEffect(() => {
    const read = async () => {
      const response = await fetch('/console/config.json');
      if (!response.ok) return;
      const { signIn } = (await response.json()) as { readonly signIn?: Place };
      setPlace(signIn);
    };
    // Whoever can't be told of it has a key.
    read().catch(() => undefined);
  }, []);
  return place;
}

/** Takes a key that can read finance's routes; whether it can post is told by what it does. */
function ByKey({ w, session, isSecond }: SignInProps & { readonly isSecond: boolean }) {
  const [state, setState] = useState<'ready' | 'busy' | Problem>('ready');
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    if (!(event.currentTarget instanceof HTMLFormElement)) return;
    const apiKey = String(new FormData(event.currentTarget).get('key') ?? '').trim();
    setState('busy');
    try {
      await createApi(async () => apiKey).get('/v1/ledger/accounts');
      session.signInByKey(apiKey);
    } catch (error) {
      setState(problemIn(error));
    }
  };
  return (
    <form class="card narrow" aria-label={w.signIn} onSubmit={submit}>
      {isSecond ? <h2>{w.orByKey}</h2> : <h1>{w.signIn}</h1>}
      <p>{w.signInWhy}</p>
      <label class="field wide">
        <span>{w.apiKey}</span>
        <input type="password" name="key" autocomplete="off" required pattern="\s*[!-~]+\s*" />
      </label>
      <div class="buttons">
        <button type="submit" class={isSecond ? 'second' : undefined} disabled={state === 'busy'}>
          {w.signIn}
        </button>
      </div>
      {typeof state === 'object' && <ProblemNote w={w} problem={state} />}
    </form>
  );
}
