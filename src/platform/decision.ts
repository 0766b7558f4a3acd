/**
 * What a decider answers. It never throws for something that can happen in business:
 * - `decided`: append these events; an empty list means that nothing is left to do.
 * - `too_early`: legal later, not yet (a message overtook the one before it); try again.
 * - `rejected`: never legal in this state; the code says what state was met.
 */
export type Decision<E> =
  | { readonly kind: 'decided'; readonly events: readonly E[] }
  | { readonly kind: 'too_early'; readonly code: string; readonly detail: string }
  | { readonly kind: 'rejected'; readonly code: string; readonly detail: string };

export const decided = <E>(...events: readonly NoInfer<E>[]): Decision<E> => ({
  kind: 'decided',
  events,
});

export const nothing: Decision<never> = { kind: 'decided', events: [] };

export const tooEarly = (code: string, detail: string): Decision<never> => ({
  kind: 'too_early',
  code,
  detail,
});

export const rejected = (code: string, detail: string): Decision<never> => ({
  kind: 'rejected',
  code,
  detail,
});

/** The rules of one aggregate: where it starts and how each event changes it. */
export type Evolution<S, E> = {
  readonly initial: S;
  readonly evolve: (state: S, event: E) => S;
};
