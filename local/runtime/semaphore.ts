export type Semaphore = {
  /** Waits for a place, first come first served. */
  readonly acquire: () => Promise<void>;
  readonly release: () => void;
  /** How many wait for a place. */
  readonly waiting: () => number;
};

/** Lets at most `places` holders in at once. */
export const createSemaphore = (places: number): Semaphore => {
  const queue: (() => void)[] = [];
  let free = places;
  return {
    acquire: () => {
      if (free > 0) {
        free -= 1;
        return Promise.resolve();
      }
      return new Promise((resolve) => queue.push(resolve));
    },
    release: () => {
      const next = queue.shift();
      if (next === undefined) free += 1;
      else next();
    },
    waiting: () => queue.length,
  };
};
