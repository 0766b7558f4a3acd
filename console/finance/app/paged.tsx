import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import type { Api } from './api.ts';
import { problemIn, useAnswer, useDesk } from './context.ts';
import type { Page } from './desk-answers.ts';
import { Loaded, ProblemNote } from './parts.tsx';
import type { Problem } from './problem.ts';

type PagedProps<T> = {
  /** The list's path, with its filter. */
  readonly path: string;
  /** Reads a page; without it, the answer is one. */
  readonly read?: (api: Api, path: string) => Promise<Page<T>>;
  readonly children: (rows: readonly T[]) => ComponentChildren;
};

const readPage = <T,>(api: Api, path: string) => api.get<Page<T>>(path);

/** A list of which the API answers a page at a time: the first, and more where a person wants them. */
export function Paged<T>({ path, read = readPage, children }: PagedProps<T>) {
  const [loading, again] = useAnswer(path, (api) => read(api, path));
  return (
    <Loaded loading={loading} again={again}>
      {(first) => (
        <Pages key={path} path={path} read={read} first={first}>
          {children}
        </Pages>
      )}
    </Loaded>
  );
}

function Pages<T>({
  path,
  read,
  first,
  children,
}: Required<PagedProps<T>> & { readonly first: Page<T> }) {
  const { w, api } = useDesk();
  const [{ data, next }, setPage] = useState(first);
  const [problem, setProblem] = useState<Problem>();
  const more = async (after: string) => {
    setProblem(undefined);
    try {
      const join = path.includes('?') ? '&' : '?';
      const page = await read(api, `${path}${join}after=${encodeURIComponent(after)}`);
      setPage({ data: [...data, ...page.data], next: page.next });
    } catch (error) {
      setProblem(problemIn(error));
    }
  };
  return (
    <>
      {children(data)}
      {next !== null && (
        <button type="button" class="second" onClick={() => more(next)}>
          {w.more}
        </button>
      )}
      {first.next !== null && (
        <p class="soft" role="status">
          {w.shown} {data.length}
        </p>
      )}
      {problem !== undefined && <ProblemNote w={w} problem={problem} />}
    </>
  );
}

/** A path with the parameters of it that have a value. */
export function pathOf(path: string, query: Readonly<Record<string, string>>): string {
  const given = Object.entries(query).filter(([, value]) => value !== '');
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given)}`;
}
