import { invariant } from './invariant.ts';

/**
 * A file is read once, however often it is handed in, and every one that was handed in is read: what
 * is stored of statements is of as many files, and each of them adds up.
 */
export const fileReadOnce = invariant({
  name: '12-file-read-once',
  number: 12,
  when: 'rest',
  find: ({ reconciliation: view }, report) => {
    if (view === null) return;
    const heads = [...view.statements.values()];
    const files = new Set(heads.map(({ fileId }) => fileId)).size;
    if (files !== view.uploads.files) {
      report(null, `${view.uploads.files} files are ${files}`);
    }
    for (const { statementId, problems } of heads) {
      const [first] = problems;
      if (first !== undefined) report(null, `${statementId}: ${first.code}`);
    }
    const accounts = Map.groupBy(
      heads.filter(({ kind }) => kind === 'statement'),
      ({ account, currency }) => `${account.id} ${currency}`,
    );
    for (const [account, own] of accounts) {
      const numbers = own.map(({ sequence }) => Number(sequence)).sort((a, b) => a - b);
      const isGapless = numbers.every((number, index) => number === index + 1);
      if (!isGapless) report(null, `the statements of ${account} are ${numbers.join(' ')}`);
    }
  },
});
