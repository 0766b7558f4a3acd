/** Whose money it is, and whose decision: the deployment's, not one marketplace's. */
export const PLATFORM = 'platform';
