import { type CodedError, isCodedError } from '../../src/platform/errors.ts';

/** The error with a code that a call must end in. */
export async function coded(call: Promise<unknown>): Promise<CodedError> {
  const outcome = await call.then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  );
  if ('error' in outcome && isCodedError(outcome.error)) return outcome.error;
  throw new Error('Expected an error with a code.', { cause: outcome });
}
