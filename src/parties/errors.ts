import { CodedError } from '../platform/errors.ts';

/** The vault holds no profile under this id: it was never kept, or has been erased. */
export const partyMissing = (partyId: string): CodedError =>
  new CodedError({
    code: 'vault.party_missing',
    message: `The vault holds nothing for ${partyId}.`,
    retryable: false,
    fields: { partyId },
  });

/**
 * What the vault holds under this id does not open: another master key sealed it, or it was
 * changed. The error names no cause, because what failed may quote the person.
 */
export const partyUnreadable = (partyId: string): CodedError =>
  new CodedError({
    code: 'vault.unreadable_party',
    message: `What the vault holds for ${partyId} does not open under the current master key.`,
    retryable: false,
    fields: { partyId },
  });
