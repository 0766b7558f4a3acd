import type { PartyVault } from '../../src/parties/ports.ts';
import { isCodedError } from '../../src/platform/errors.ts';
import { type ArchivePorts, numberOfIssue, openArchive } from '../../src/process/paper-archive.ts';
import { type PaperFacts, paperFacts } from '../../src/process/paper-facts.ts';
import { type PaperName, readPaperToken } from '../../src/process/paper-link.ts';
import type { LinkKeys } from '../../src/process/signature.ts';
import { readTrade, type TradeHistory, type TradeStores } from '../../src/process/trade-view.ts';
import { type Paper, writePaper } from './paper.ts';
import { isPaperLanguage, type PaperLanguage } from './words.ts';

export type PaperPorts = ArchivePorts & {
  readonly stores: TradeStores;
  readonly vault: Pick<PartyVault, 'get'>;
  readonly keys: () => Promise<LinkKeys>;
  readonly now: () => Date;
  /** The characters of a paper that no font has. */
  readonly unprintableIn: (paper: Paper) => Promise<readonly string[]>;
  readonly print: (paper: Paper) => Promise<Uint8Array>;
};

/** A paper as it was issued, or why there is none; `status` as HTTP has it. */
export type OpenedPaper =
  | {
      readonly kind: 'paper';
      readonly name: PaperName;
      /** 1 for the first; another wherever the facts are others. */
      readonly issue: number;
      readonly bytes: Uint8Array;
    }
  | {
      readonly kind: 'refused';
      readonly status: 404 | 409 | 410;
      readonly code: string;
      readonly detail: string;
    };

const refused = (status: 404 | 409 | 410, code: string, detail: string): OpenedPaper => ({
  ...{ kind: 'refused', status, code, detail },
});

/**
 * The paper that a link is for: as it was printed when it was first asked for with what the trade and the
 * vault say now, or printed now and kept.
 *
 * @throws CodedError `paper.unreadable` where what is kept does not open; as `PartyVault.get` does.
 */
export async function openPaper(ports: PaperPorts, token: string): Promise<OpenedPaper> {
  const name = readPaperToken(await ports.keys(), token, ports.now());
  if (name.kind === 'expired') return refused(410, 'paper.link_expired', 'This link is over.');
  const history =
    name.kind === 'valid' ? await readTrade(ports.stores, { tradeId: name.tradeId }) : undefined;
  if (name.kind === 'unknown' || history === undefined || !isPaperLanguage(name.language))
    return refused(404, 'paper.not_found', 'There is no such paper.');
  const { tradeId, type, language } = name;
  try {
    return await issued(ports, { name: { tradeId, type, language }, language, history });
  } catch (error) {
    if (isCodedError(error) && error.code === 'vault.party_missing')
      return refused(410, 'paper.party_erased', 'A party of this trade has been erased.');
    throw error;
  }
}

type Asked = {
  readonly name: PaperName;
  readonly language: PaperLanguage;
  readonly history: TradeHistory;
};

async function issued(ports: PaperPorts, { name, language, history }: Asked): Promise<OpenedPaper> {
  const facts = await paperFacts(ports.vault, history);
  const { tradeId, seller, buyer } = history.escrow.terms;
  const partyIds = [seller.partyId, buyer.partyId];
  const archive = await openArchive(ports, { tradeId, partyIds });
  const issue = await archive.issueOf(facts);
  const kept = await archive.find(name, issue);
  if (kept !== undefined) return { kind: 'paper', name, issue, bytes: kept };
  const paper = writePaper(ofIssue(facts, issue), name.type, language);
  // A character that would be printed as a box is refused: customs reads papers, not boxes.
  const missing = await ports.unprintableIn(paper);
  if (missing.length > 0)
    return refused(409, 'paper.unprintable', `No font has ${missing.map(named).join(', ')}.`);
  const bytes = await archive.keep(name, issue, await ports.print(paper));
  return { kind: 'paper', name, issue, bytes };
}

const ofIssue = (facts: PaperFacts, issue: number): PaperFacts => ({
  ...facts,
  number: numberOfIssue(facts, issue),
});

const named = (character: string): string => {
  const point = character.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0');
  return `“${character}” (U+${point})`;
};
