import * as z from 'zod/mini';
import { StatementLine } from '../../../events/bank/bank-statement.v1.ts';
import { CodedError } from '../../platform/errors.ts';
import type { StatementVault } from '../../reconciliation/ports.ts';
import type { VaultOptions } from './party-vault.ts';
import { sealedVault } from './sealed-vault.ts';

const Page = z.array(z.strictObject({ lineId: z.nullable(z.string()), line: StatementLine }));

const failure = (code: string) => (subject: string) =>
  new CodedError({
    code,
    message: `${subject} does not give the lines of its statement.`,
    retryable: false,
    fields: { subject },
  });

const subjectOf = (statementId: string, page: number): string =>
  `statement-lines#${statementId}#${page}`;

/** Lines of statements in the vault, a page under a key of its own. */
export function dynamoStatementVault(options: VaultOptions): StatementVault {
  const vault = sealedVault({
    ...options,
    schema: Page,
    missing: failure('statement.lines_missing'),
    unreadable: failure('statement.lines_unreadable'),
  });
  return {
    put: (statementId, page, lines) => vault.put(subjectOf(statementId, page), [...lines]),
    get: (statementId, page) => vault.get(subjectOf(statementId, page)),
  };
}
