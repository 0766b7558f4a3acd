/**
 * An error that carries what its handler needs: a stable code, whether trying again can help, and
 * fields for the log. Recognize it by `code` (`isCodedError`), never by class identity or text:
 * bundles may hold two copies of a class.
 */
export class CodedError extends Error {
  readonly code: string;
  readonly retryable: boolean;
  readonly fields: Readonly<Record<string, string>>;

  constructor(options: {
    readonly code: string;
    readonly message: string;
    readonly retryable: boolean;
    readonly fields?: Readonly<Record<string, string>>;
    readonly cause?: unknown;
  }) {
    super(options.message, { cause: options.cause });
    this.name = 'CodedError';
    this.code = options.code;
    this.retryable = options.retryable;
    this.fields = options.fields ?? {};
  }
}

/** True for any error that carries a string `code` and a boolean `retryable`. */
export const isCodedError = (error: unknown): error is CodedError =>
  error instanceof Error &&
  'code' in error &&
  typeof error.code === 'string' &&
  'retryable' in error &&
  typeof error.retryable === 'boolean';

/**
 * Throws when a rule that the code itself guarantees does not hold. This is a defect, never bad
 * input, so trying again cannot help.
 */
export function assertInvariant(
  condition: boolean,
  code: string,
  detail: string,
): asserts condition {
  if (!condition) {
    throw new CodedError({ code, message: detail, retryable: false });
  }
}
