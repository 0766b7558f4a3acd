import { useEffect, useMemo, useState } from 'preact/hooks';
import { type Api, createApi } from './api.ts';
import {
  addressToSignIn,
  addressToSignOut,
  comingBack,
  type Person,
  type Place,
  personIn,
  type Surroundings,
  tokenOf,
} from './organization.ts';
import { ApiProblem, type Problem } from './problem.ts';

const KEY = 'tradelane.finance.key';

/** Who works here: somebody with a key, or somebody who has signed in with their organization. */
type Session =
  | { readonly kind: 'key'; readonly apiKey: string }
  | { readonly kind: 'person'; readonly person: Person };

export type SessionState = {
  /** Undefined where nobody is signed in. */
  readonly api: Api | undefined;
  /** Somebody comes back, and it is being told who. */
  readonly isComingBack: boolean;
  readonly problem: Problem | undefined;
  readonly signInByKey: (apiKey: string) => void;
  readonly leaveToSignIn: (place: Place) => void;
  readonly signOut: () => void;
};

const OVER: Problem = { status: 401, code: 'sign_in.over', detail: '' };

const surroundings: Surroundings = {
  kept: sessionStorage,
  address: `${location.origin}/console`,
  ask: (input, init) => fetch(input, init),
  now: Date.now,
};

function sessionInTab(): Session | undefined {
  const apiKey = sessionStorage.getItem(KEY);
  if (apiKey !== null) return { kind: 'key', apiKey };
  const person = personIn(surroundings);
  return person && { kind: 'person', person };
}

/** Who is signed in in this tab, and how that changes. */
export function useSession(): SessionState {
  const [session, setSession] = useState(sessionInTab);
  const [isComingBack, setComingBack] = useState(location.search !== '');
  const [problem, setProblem] = useState<Problem>();
  useEffect(() => {
    if (isComingBack) comeBack({ setSession, setProblem }).finally(() => setComingBack(false));
  }, []);
  const end = () => {
    setSession(undefined);
    setProblem(OVER);
  };
  const api = useMemo(() => session && apiOf(session, end), [session]);
  return {
    ...{ api, isComingBack, problem },
    signInByKey: (apiKey) => {
      sessionStorage.setItem(KEY, apiKey);
      setSession({ kind: 'key', apiKey });
    },
    leaveToSignIn: async (place) => {
      location.assign(await addressToSignIn(place, location.hash, surroundings));
    },
    signOut: async () => {
      setProblem(undefined);
      sessionStorage.removeItem(KEY);
      setSession(undefined);
      const address = await addressToSignOut(surroundings);
      if (address !== undefined) location.assign(address);
    },
  };
}

const apiOf = (session: Session, onOver: () => void): Api =>
  createApi(
    session.kind === 'key'
      ? async () => session.apiKey
      : tokenOf(session.person, surroundings, onOver),
  );

/** Takes the code out of the address before anything else, so that it is in no history. */
async function comeBack({
  setSession,
  setProblem,
}: {
  readonly setSession: (session: Session) => void;
  readonly setProblem: (problem: Problem) => void;
}): Promise<void> {
  const { search, pathname, hash } = location;
  history.replaceState(null, '', `${pathname}${hash}`);
  try {
    const back = await comingBack(search, surroundings);
    if (back === undefined) return;
    location.hash = back.hash;
    setSession({ kind: 'person', person: back.person });
  } catch (error) {
    if (!(error instanceof ApiProblem)) throw error;
    setProblem(error.problem);
  }
}
