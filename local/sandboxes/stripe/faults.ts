import { StripeApiError } from './errors.ts';
import { keyInUse } from './idempotency.ts';

/** Failures on request: what the next matching call to the API runs into. */
export const faultKinds = [
  'error_after_execution',
  'reset_before_execution',
  'reset_after_execution',
  'slow',
  'lock_timeout',
  'conflict',
] as const;

export type FaultKind = (typeof faultKinds)[number];

export type Fault = {
  kind: FaultKind;
  /** Any method when left out. */
  method?: string | undefined;
  /** A path such as `/v1/transfers`; `*` stands for any characters. Any path when left out. */
  path?: string | undefined;
  /** How many requests it meets. Default 1. */
  times?: number | undefined;
  /** For `slow`: how long the answer takes, with the idempotency key held meanwhile. */
  delayMs?: number | undefined;
  /**
   * For `error_after_execution`: what the idempotency key remembers. Stripe saves the 500 it
   * answered, the default; 'success' is a 500 made between Stripe and its caller.
   */
  remember?: 'failure' | 'success' | undefined;
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
      if (!met) return undefined;
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

/** Refuses the request before anything of it is carried out, where the fault says so. */
export function refuseForFault(fault: Fault | undefined, idempotencyKey: string | null): void {
  if (fault?.kind === 'conflict') throw keyInUse(idempotencyKey ?? '');
  if (fault?.kind !== 'lock_timeout') return;
  const message =
    'This object cannot be accessed right now because another API request or Stripe process is ' +
    'currently accessing it. If you see this error intermittently, retry the request. If you see ' +
    'this error frequently and are making multiple concurrent requests to a single object, make ' +
    'your requests serially or at a lower rate.';
  throw new StripeApiError(
    429,
    { type: 'invalid_request_error', code: 'lock_timeout', message },
    { 'stripe-should-retry': 'true' },
  );
}

/** The 500 that says nothing of whether the request was carried out. */
export function unknownFailure(message = 'An unknown error occurred.'): StripeApiError {
  return new StripeApiError(500, { type: 'api_error', message });
}
