import type { World } from '../world.ts';
import { invariant } from './invariant.ts';

/**
 * A file is one, however often and under whichever names it is handed in, and every one that was handed
 * in is read: what is stored of statements is of as many files, lines were put up for matching for no
 * others, and each statement adds up.
 */
export const fileReadOnce = invariant({
  name: '12-file-read-once',
  number: 12,
  when: 'rest',
  find: ({ reconciliation: view, messages }, report) => {
    if (view === null) return;
    const heads = [...view.statements.values()];
    const files = new Set(heads.map(({ fileId }) => fileId)).size;
    if (files !== view.uploads.files) {
      report(null, `${view.uploads.files} files are ${files}`);
    }
    const taken = filesTaken(messages);
    if (taken.size !== view.uploads.files) {
      report(null, `${view.uploads.files} files were taken for ${taken.size}`);
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

const BY_A_FILE = /"messageId":"(fil_[^#"]+)#/;

/** The files for which lanes were looked at: whoever has read one has that done under the file's id. */
const filesTaken = (messages: World['messages']): ReadonlySet<string> =>
  new Set(
    [...messages.values()].flatMap(({ queue, body }) => {
      const fileId = queue === 'matching' ? BY_A_FILE.exec(body)?.[1] : undefined;
      return fileId === undefined ? [] : [fileId];
    }),
  );
