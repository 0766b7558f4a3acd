import type { PartyVault } from '../../src/parties/ports.ts';
import { isCodedError } from '../../src/platform/errors.ts';
import { type PaperFacts, paperFacts } from '../../src/process/paper-facts.ts';
import { readPaperToken } from '../../src/process/paper-link.ts';
import type { LinkKeys } from '../../src/process/signature.ts';
import { readTrade, type TradeHistory, type TradeStores } from '../../src/process/trade-view.ts';
import { type Paper, writePaper } from './paper.ts';
import { isPaperLanguage } from './words.ts';

export type PaperPorts = {
  readonly stores: TradeStores;
  readonly vault: Pick<PartyVault, 'get'>;
  readonly keys: () => Promise<LinkKeys>;
  readonly now: () => Date;
  /** The characters of a paper that no font has. */
  readonly unprintableIn: (paper: Paper) => Promise<readonly string[]>;
};

/** A paper to print, or why there is none; `status` as HTTP has it. */
export type OpenedPaper =
  | { readonly kind: 'paper'; readonly paper: Paper }
  | {
      readonly kind: 'refused';
      readonly status: 404 | 409 | 410;
      readonly code: string;
      readonly detail: string;
    };

const refused = (status: 404 | 409 | 410, code: string, detail: string): OpenedPaper => ({
  ...{ kind: 'refused', status, code, detail },
});

/** Writes the paper that a link is for, anew from what the trade and the vault say now. */
export async function openPaper(ports: PaperPorts, token: string): Promise<OpenedPaper> {
  const name = readPaperToken(await ports.keys(), token, ports.now());
  if (name.kind === 'expired') return refused(410, 'paper.link_expired', 'This link is over.');
  const history =
    name.kind === 'valid' ? await readTrade(ports.stores, { tradeId: name.tradeId }) : undefined;
  if (name.kind === 'unknown' || history === undefined || !isPaperLanguage(name.language))
    return refused(404, 'paper.not_found', 'There is no such paper.');
  const facts = await factsOf(ports, history);
  if (facts === undefined)
    return refused(410, 'paper.party_erased', 'A party of this trade has been erased.');
  const paper = writePaper(facts, name.type, name.language);
  // A character that would be printed as a box is refused: customs reads papers, not boxes.
  const missing = await ports.unprintableIn(paper);
  return missing.length === 0
    ? { kind: 'paper', paper }
    : refused(409, 'paper.unprintable', `No font has ${missing.map(named).join(', ')}.`);
}

const named = (character: string): string => {
  const point = character.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0');
  return `“${character}” (U+${point})`;
};

/** Undefined where a party has been erased. */
async function factsOf(
  { vault }: PaperPorts,
  history: TradeHistory,
): Promise<PaperFacts | undefined> {
  try {
    return await paperFacts(vault, history);
  } catch (error) {
    if (isCodedError(error) && error.code === 'vault.party_missing') return undefined;
    throw error;
  }
}
