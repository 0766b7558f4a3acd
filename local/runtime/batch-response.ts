/**
 * What a function said about its batch: the identifiers that failed (none for success), or that the
 * whole batch has to be taken as failed because it could not be understood.
 */
export type BatchResponse =
  | { readonly understood: true; readonly failed: readonly string[] }
  | { readonly understood: false };

const succeeded: BatchResponse = { understood: true, failed: [] };
const notUnderstood: BatchResponse = { understood: false };

/**
 * Reads a partial batch response as Lambda does. Nothing, an empty object, and a null or empty
 * `batchItemFailures` mean success. An empty or missing identifier, or one that the batch does not
 * have, means that the whole batch failed.
 *
 * @param payload what the function returned, after JSON
 * @param known the identifiers of the batch
 */
export const readBatchResponse = (payload: unknown, known: ReadonlySet<string>): BatchResponse => {
  if (payload === null || payload === undefined) return succeeded;
  if (typeof payload !== 'object' || Array.isArray(payload)) return notUnderstood;
  const { batchItemFailures = null } = payload as { batchItemFailures?: unknown };
  if (batchItemFailures === null) return succeeded;
  if (!Array.isArray(batchItemFailures)) return notUnderstood;
  const failed = batchItemFailures.map((failure) => failure?.itemIdentifier);
  return failed.every((identifier) => known.has(identifier))
    ? { understood: true, failed }
    : notUnderstood;
};
