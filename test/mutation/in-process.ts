import { bind } from 'jest-each';

/** One `it`, with the names of the `describe`s around it. */
export interface Test {
  readonly name: string;
  readonly run: () => unknown;
}

type Body = () => unknown;

/**
 * What `describe` and `it` of one process have collected, as Jest would: the bodies of `describe` run
 * while a file loads, those of `it` only when they are asked to. The money code's unit tests use
 * nothing else of Jest than these, their `each` and `skip`, and `expect`.
 */
export const collectTests = () => {
  const tests: Test[] = [];
  let names: readonly string[] = [];

  const describe = (name: string, body: Body) => {
    const outer = names;
    names = [...names, name];
    body();
    names = outer;
  };
  const it = (name: string, run: Body) => {
    tests.push({ name: [...names, name].join(' '), run });
  };
  const skip = () => {};

  const globals = {
    describe: Object.assign(describe, { each: bind(describe as never, false), skip }),
    it: Object.assign(it, { each: bind(it as never, false), skip }),
  };
  return {
    globals,
    /** Loads a test file and tells which tests it has. */
    load: async (file: string): Promise<readonly Test[]> => {
      const { length } = tests;
      names = [];
      await import(file);
      return tests.slice(length);
    },
  };
};
