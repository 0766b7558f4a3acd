import { createContext } from 'preact';
import { useCallback, useContext, useEffect, useState } from 'preact/hooks';
import type { Api } from './api.ts';
import { ApiProblem, type Problem } from './problem.ts';
import type { Language, Words } from './words.ts';

/** What every screen has: the API for the person, and the texts of their language. */
export type Desk = { readonly api: Api; readonly language: Language; readonly w: Words };

export const DeskContext = createContext<Desk | undefined>(undefined);

export function useDesk(): Desk {
  const desk = useContext(DeskContext);
  if (desk === undefined) throw new Error('There is no desk around this screen.');
  return desk;
}

export type Loading<T> =
  | { readonly kind: 'loading' }
  | { readonly kind: 'problem'; readonly problem: Problem }
  | { readonly kind: 'loaded'; readonly value: T };

/** The problem of what the API refused; anything else is a fault of ours and is thrown on. */
export function problemIn(error: unknown): Problem {
  if (error instanceof ApiProblem) return error.problem;
  throw error;
}

/**
 * Reads from the API when the screen opens and whenever `key` changes. What was read before stays on
 * the screen while it is read again; an answer that comes after its question was given up is dropped.
 */
export function useAnswer<T>(
  key: string,
  read: (api: Api) => Promise<T>,
): readonly [Loading<T>, () => void] {
  const { api } = useDesk();
  const [round, setRound] = useState(0);
  const [loading, setLoading] = useState<Loading<T> & { readonly of?: string }>({
    kind: 'loading',
  });
  // `key` says what `read` reads, and `round` asks again.
  useEffect(() => {
    let current = true;
    const show = (next: Loading<T>) => current && setLoading({ ...next, of: key });
    read(api).then(
      (value) => show({ kind: 'loaded', value }),
      (error: unknown) => show({ kind: 'problem', problem: problemIn(error) }),
    );
    return () => {
      current = false;
    };
  }, [api, key, round]);
  const again = useCallback(() => setRound((before) => before + 1), []);
  return [loading.of === key ? loading : { kind: 'loading' }, again];
}
