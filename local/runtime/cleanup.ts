export type Cleanup = {
  /** Adds what has to be undone. */
  readonly add: (undo: () => void | Promise<void>) => void;
  /** Undoes everything, last first. Calling it again waits for the first call. */
  readonly run: () => Promise<void>;
};

/** Collects what a start has opened, so that a failed start leaves as little behind as a stop. */
export const createCleanup = (): Cleanup => {
  const undos: (() => void | Promise<void>)[] = [];
  let running: Promise<void> | undefined;

  const runAll = async () => {
    const failures: unknown[] = [];
    for (const undo of undos.reverse()) {
      try {
        await undo();
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0) throw new AggregateError(failures, 'The runtime did not stop cleanly');
  };

  return {
    add: (undo) => undos.push(undo),
    run: () => {
      running ??= runAll();
      return running;
    },
  };
};
