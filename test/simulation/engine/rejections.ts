/** Watches for promises that were rejected and that nobody awaited. */
export type RejectionWatch = {
  /** Ends the watch and answers why they were rejected. */
  readonly end: () => Promise<readonly unknown[]>;
};

/**
 * A rejection that nobody awaits ends a Lambda's process, and with it every other message of its
 * batch. Node tells of it once the event loop turns, so `end` waits for that.
 */
export function watchRejections(): RejectionWatch {
  const reasons: unknown[] = [];
  const notice = (reason: unknown): void => {
    reasons.push(reason);
  };
  process.on('unhandledRejection', notice);
  return {
    end: async () => {
      await new Promise((resolve) => setImmediate(resolve));
      process.off('unhandledRejection', notice);
      return reasons;
    },
  };
}
