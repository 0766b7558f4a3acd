import { type OpenedPaper, openPaper, type PaperPorts } from '../../console/papers/open-paper.ts';
import type { Paper } from '../../console/papers/paper.ts';
import { inMemoryPartySeals } from '../../src/adapters/in-memory/party-seals.ts';
import { inMemoryWriteOnceFiles } from '../../src/adapters/in-memory/write-once-files.ts';
import { unprintableIn } from '../../src/adapters/pdf/font-case.ts';
import { wordingsOf } from '../../src/adapters/pdf/pdf-paper.ts';
import type { PartyVault } from '../../src/parties/ports.ts';
import { type PaperName, paperToken } from '../../src/process/paper-link.ts';
import { tradeId } from './builders.ts';
import { paperFonts, vaultOf } from './paper-facts.ts';
import { toldTrades } from './told-trades.ts';
import { linkKey, siteOf, type ToldTrade } from './tracking-site.ts';

/** Where papers are issued, in memory; what is printed is the texts alone, a line each. */
export type Desk = {
  readonly ports: PaperPorts;
  /** What the bucket holds, for tests to look into it and to harm it. */
  readonly contents: Map<string, Uint8Array>;
  /** The papers that were printed, one after another. */
  readonly printed: Paper[];
};

type DeskOptions = {
  readonly trade?: ToldTrade;
  readonly vault?: PartyVault;
  /** What stands over every paper: another one is another template. */
  readonly template?: string;
  readonly contents?: Map<string, Uint8Array>;
};

/** A desk; over the `contents` of another one it is the same bucket, later. */
export async function deskOf(options: DeskOptions = {}): Promise<Desk> {
  const { trade = toldTrades.delivered, template = 'Template 1', contents = new Map() } = options;
  const vault = options.vault ?? (await vaultOf());
  const { ports: site } = await siteOf(trade);
  const { stores, keys, now } = site;
  const printed: Paper[] = [];
  const ports: PaperPorts = {
    ...{ stores, keys, now, vault },
    seals: inMemoryPartySeals(vault),
    files: inMemoryWriteOnceFiles(contents),
    unprintableIn: (paper) => unprintableIn(paperFonts, wordingsOf(paper)),
    print: async (paper) => {
      printed.push(paper);
      return Buffer.from([template, ...wordingsOf(paper).map(({ text }) => text)].join('\n'));
    },
  };
  return { ports, contents, printed };
}

/** Opens a paper by a link that is good for another day. */
export const askFor = ({ ports }: Desk, name: Partial<PaperName> = {}): Promise<OpenedPaper> => {
  const asked = { tradeId, type: 'commercial_invoice', language: 'de', ...name } as const;
  return openPaper(ports, paperToken([linkKey], asked, new Date('2026-07-08')));
};

/** The lines of what was printed by the desk. */
export function linesIn(opened: OpenedPaper): readonly string[] {
  if (opened.kind === 'refused') throw new Error(opened.code);
  return Buffer.from(opened.bytes).toString('utf8').split('\n');
}
