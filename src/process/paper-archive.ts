import type { PartySeals } from '../parties/ports.ts';
import { CodedError } from '../platform/errors.ts';
import { canonicalJson, sha256Hex } from '../platform/ids.ts';
import type { WriteOnceFiles } from '../platform/write-once-files.ts';
import type { PaperFacts } from './paper-facts.ts';
import type { PaperName } from './paper-link.ts';

export type ArchivePorts = { readonly files: WriteOnceFiles; readonly seals: PartySeals };

/**
 * Where papers are. They expire; which facts have which number (`issues/`) never does, so that no number is
 * given to other facts while papers of the old ones are still there.
 */
const PAPERS = 'papers/';

/** The issued papers of one trade. */
export type PaperArchive = {
  /**
   * The number of the issue that says these facts: 1 for the first that were ever asked for, the next for
   * others. The same facts always have the same number, in whatever language and of whichever paper.
   */
  issueOf(facts: PaperFacts): Promise<number>;
  /** A paper of an issue as it was printed first; undefined where it was not yet. */
  find(name: PaperName, issue: number): Promise<Uint8Array | undefined>;
  /** Keeps a paper, and answers what is kept: these bytes, or those that somebody else kept before. */
  keep(name: PaperName, issue: number, bytes: Uint8Array): Promise<Uint8Array>;
};

/**
 * Opens the archive of a trade. Everything in it is sealed under the keys of both parties, and nothing is
 * ever replaced: what does not open is an error and is not printed anew.
 *
 * @throws CodedError as `PartySeals.of` does; each of its functions `paper.unreadable`, not retryable.
 */
export async function openArchive(
  { files, seals }: ArchivePorts,
  trade: { readonly tradeId: string; readonly partyIds: readonly string[] },
): Promise<PaperArchive> {
  const seal = await seals.of(trade.partyIds);

  const read = async (key: string): Promise<Uint8Array | undefined> => {
    const sealed = await files.get(key);
    if (sealed === undefined) return undefined;
    const bytes = seal.open(key, sealed);
    if (bytes === undefined) throw unreadable(key);
    return bytes;
  };
  const keepFirst = async (key: string, bytes: Uint8Array): Promise<Uint8Array> => {
    if (await files.putOnce(key, seal.close(key, bytes))) return bytes;
    const kept = await read(key);
    if (kept === undefined) throw unreadable(key);
    return kept;
  };

  return {
    issueOf: async (facts) => {
      const digest = Buffer.from(sha256Hex(canonicalJson(facts)));
      for (let issue = 1; ; issue += 1) {
        const key = `issues/${trade.tradeId}/${issue}`;
        const held = (await read(key)) ?? (await keepFirst(key, digest));
        if (digest.equals(held)) return issue;
      }
    },
    find: (name, issue) => read(keyOf(name, issue)),
    keep: (name, issue, bytes) => keepFirst(keyOf(name, issue), bytes),
  };
}

const keyOf = ({ tradeId, type, language }: PaperName, issue: number): string =>
  `${PAPERS}${tradeId}/${issue}/${type}-${language}.pdf`;

/** What a paper of an issue is numbered: the order's own number, and from the second issue on which it is. */
export const numberOfIssue = ({ number }: Pick<PaperFacts, 'number'>, issue: number): string =>
  issue === 1 ? number : `${number}/${issue}`;

const unreadable = (key: string): CodedError =>
  new CodedError({
    code: 'paper.unreadable',
    message: `What is kept as ${key} does not open, and is not printed again.`,
    retryable: false,
    fields: { key },
  });
