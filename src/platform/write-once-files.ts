/** Files that are put once, and never changed or put again under the same key. */
export type WriteOnceFiles = {
  /** Undefined where nothing was put under the key. */
  get(key: string): Promise<Uint8Array | undefined>;
  /**
   * Whether these bytes are now what the key has. Of several that are put at once, one is. False where
   * something was put before, which stays: read it, for it may be of a try of one's own that nobody answered.
   *
   * @throws CodedError `files.conflict`, retryable, where the store can't tell.
   */
  putOnce(key: string, bytes: Uint8Array): Promise<boolean>;
};
