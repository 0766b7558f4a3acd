import { CodedError } from '../platform/errors.ts';

/** The vault holds no profile under this id: it was never kept, or has been erased. */
export const partyMissing = (partyId: string): CodedError =>
  new CodedError({
    code: 'vault.party_missing',
    message: `The vault holds nothing for ${partyId}.`,
    retryable: false,
    fields: { partyId },
  });
