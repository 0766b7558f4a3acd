/** How often an endpoint was called, carried out, and answered from an idempotency key. */
export type RequestCount = {
  method: string;
  path: string;
  received: number;
  executed: number;
  replayed: number;
};

export type RequestLog = {
  count(method: string, path: string, what: 'received' | 'executed' | 'replayed'): void;
  counts(): RequestCount[];
};

export function createRequestLog(): RequestLog {
  const counts = new Map<string, RequestCount>();
  return {
    count(method, path, what) {
      const name = `${method} ${path}`;
      const found = counts.get(name) ?? { method, path, received: 0, executed: 0, replayed: 0 };
      found[what] += 1;
      counts.set(name, found);
    },
    counts: () => [...counts.values()].map((count) => ({ ...count })),
  };
}
