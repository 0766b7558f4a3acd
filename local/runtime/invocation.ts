/** How an invocation ended. A failure has the fields of Lambda's error payload. */
export type InvocationResult =
  | { readonly ok: true; readonly requestId: string; readonly payload: unknown }
  | ({ readonly ok: false; readonly requestId: string } & InvocationError);

export type InvocationError = {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly trace: readonly string[];
};

/** Invokes a function by name. Never rejects: a failure is a result. */
export type Invoke = (functionName: string, event: unknown) => Promise<InvocationResult>;

const throttled = 'TooManyRequestsException';

/** The function may not run now; trying later is not counted as a retry of it. */
export const throttledError = (reason: string): InvocationError => ({
  errorType: throttled,
  errorMessage: `Rate exceeded: ${reason}`,
  trace: [],
});

export const isThrottled = (result: InvocationResult): boolean =>
  !result.ok && result.errorType === throttled;

/** The worker is gone, by a signal or by itself. */
export const exitError = (requestId: string, reason: string): InvocationError => ({
  errorType: 'Runtime.ExitError',
  errorMessage: `RequestId: ${requestId} Error: Runtime exited ${reason}`,
  trace: [],
});

export const timeoutError = (requestId: string, timeoutSeconds: number): InvocationError => ({
  errorType: 'Sandbox.Timedout',
  errorMessage: `RequestId: ${requestId} Error: Task timed out after ${timeoutSeconds.toFixed(2)} seconds`,
  trace: [],
});
