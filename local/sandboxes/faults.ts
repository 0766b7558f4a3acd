/** Failures on request: what the next matching call to the API runs into. */
export const faultKinds = [
  'error_before_execution',
  'error_after_execution',
  'reset_before_execution',
  'reset_after_execution',
  'slow',
  'rate_limit',
] as const;

export type FaultKind = (typeof faultKinds)[number];

export type Fault = {
  kind: FaultKind;
  /** Any method when left out. */
  method?: string;
  /** A path such as `/v2/shipments/*`; `*` stands for any characters. Any path when left out. */
  path?: string;
  /** How many requests it meets. Default 1. */
  times?: number;
  /** For `slow`: the request is carried out, then its answer waits this long. */
  delayMs?: number;
};

export type Faults = {
  inject(fault: Fault): void;
  /** The fault that this request runs into; each injection is used up by it. */
  take(method: string, path: string): Fault | undefined;
  pending(): readonly Fault[];
  clear(): void;
};

export function createFaults(): Faults {
  let waiting: { fault: Fault; left: number }[] = [];
  return {
    inject: (fault) => {
      waiting.push({ fault, left: fault.times ?? 1 });
    },
    take(method, path) {
      const met = waiting.find(({ fault }) => matches(fault, method, path));
      if (met === undefined) return undefined;
      met.left -= 1;
      waiting = waiting.filter(({ left }) => left > 0);
      return met.fault;
    },
    pending: () => waiting.map(({ fault, left }) => ({ ...fault, times: left })),
    clear: () => {
      waiting = [];
    },
  };
}

function matches(fault: Fault, method: string, path: string): boolean {
  if (fault.method !== undefined && fault.method.toUpperCase() !== method) return false;
  if (fault.path === undefined) return true;
  const parts = fault.path.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`).test(path);
}
