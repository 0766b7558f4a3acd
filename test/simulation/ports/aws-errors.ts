import type { CallFaults } from '../engine/calls.ts';

/** An error as the AWS SDK gives it once its own retries are used up: no code of ours. */
function awsError(name: string): Error {
  const error = new Error(`${name} (simulated)`);
  error.name = name;
  return error;
}

const errorOf = (failure: 'failed' | 'throttled'): Error =>
  awsError(failure === 'failed' ? 'InternalServerError' : 'ProvisionedThroughputExceededException');

export const AWS_READ: CallFaults = { profile: 'read', errorOf };
export const AWS_WRITE: CallFaults = { profile: 'write', errorOf };
export const AWS_APPEND: CallFaults = { profile: 'append', errorOf };

/** Refused for what was asked, whoever asks again. */
export const refused = (name: string): Error => awsError(name);
