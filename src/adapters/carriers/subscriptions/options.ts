/** What every subscriber needs; some need more. */
export type SubscriberOptions = {
  readonly apiKey: string;
  /** Defaults to the real API. A trailing slash does not matter. */
  readonly baseUrl?: string;
  /** The most one call may take, its body included. */
  readonly timeoutMs: number;
  readonly fetch?: typeof globalThis.fetch;
};
