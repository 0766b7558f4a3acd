export type KeyedMutex = <T>(keys: readonly string[], task: () => Promise<T>) => Promise<T>;

const settle = () => undefined;

/**
 * Runs tasks that share a key one after another, and others side by side. Tasks with one same key
 * run in the order they asked. A task with several keys takes them in an order that is the same for
 * everyone, so that no two wait for each other.
 */
export const createKeyedMutex = (): KeyedMutex => {
  const tails = new Map<string, Promise<unknown>>();

  const runAlone = async <T>(key: string, task: () => Promise<T>): Promise<T> => {
    const run = (tails.get(key) ?? Promise.resolve()).then(task);
    const tail = run.then(settle, settle);
    tails.set(key, tail);
    try {
      return await run;
    } finally {
      if (tails.get(key) === tail) tails.delete(key);
    }
  };

  return (keys, task) =>
    [...new Set(keys)]
      .sort()
      .reduceRight<typeof task>((inner, key) => () => runAlone(key, inner), task)();
};
