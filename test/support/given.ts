import type { Decision, Evolution } from '../../src/platform/decision.ts';

/** The rules of one aggregate, as far as a decision needs them. */
export type Rules<C, S, E> = {
  readonly evolution: Evolution<S, E>;
  readonly decide: (command: C, state: S) => Decision<E>;
};

/** What is expected of a decision. Each throws, as `expect` does, where it was decided otherwise. */
export type Expectation<E> = {
  /** Exactly these events, in this order. */
  thenEvents(...events: readonly E[]): void;
  /** Nothing is left to do. */
  thenNothing(): void;
  /** Never legal in this state. */
  thenRejected(code: string): void;
  /** Legal later, not yet. */
  thenTooEarly(code: string): void;
  /** The decision itself, for what the others do not say. */
  readonly decision: Decision<E>;
};

/**
 * Specifications of a decider: a history is given, a command comes, and what is decided is looked
 * at. No store, no clock, nothing asynchronous.
 *
 * @example given(tradeOpened).when({ type: 'RequestCancellation' }).thenEvents(requested);
 */
export const specification = <C, S, E>({ evolution, decide }: Rules<C, S, E>) => ({
  given: (...history: readonly E[]) => ({
    when: (command: C): Expectation<E> => {
      const state = history.reduce(evolution.evolve, evolution.initial);
      const decision = decide(command, state);
      // What is decided must be able to follow what it was decided on.
      if (decision.kind === 'decided') decision.events.reduce(evolution.evolve, state);
      return expectation(decision);
    },
  }),
});

const expectation = <E>(decision: Decision<E>): Expectation<E> => ({
  decision,
  thenEvents: (...events) => expect(decision).toStrictEqual({ kind: 'decided', events }),
  thenNothing: () => expect(decision).toEqual({ kind: 'decided', events: [] }),
  thenRejected: (code) => expect(decision).toMatchObject({ kind: 'rejected', code }),
  thenTooEarly: (code) => expect(decision).toMatchObject({ kind: 'too_early', code }),
});

/**
 * A decision in a few words, for tables: the types of its events, `nothing`, or its code after
 * `rejected` or `too early`.
 */
export function summaryOf(decision: Decision<{ readonly type: string }>): string {
  if (decision.kind === 'rejected') return `rejected ${decision.code}`;
  if (decision.kind === 'too_early') return `too early ${decision.code}`;
  return decision.events.map(({ type }) => type).join(' ') || 'nothing';
}
