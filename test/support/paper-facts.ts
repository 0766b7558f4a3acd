import { readFileSync } from 'node:fs';
import { CreateTrade } from '../../events/marketplace/create-trade.v1.ts';
import type { PartyProfile } from '../../events/marketplace/party.v1.ts';
import { fontFiles } from '../../lib/fonts.ts';
import { inMemoryPartyVault } from '../../src/adapters/in-memory/party-vault.ts';
import { type FontCase, fontCase } from '../../src/adapters/pdf/font-case.ts';
import type { PartyVault } from '../../src/parties/ports.ts';
import { type PaperFacts, paperFacts } from '../../src/process/paper-facts.ts';
import { readTrade } from '../../src/process/trade-view.ts';
import { sample, story, tradeId } from './builders.ts';
import { siteOf, type ToldTrade } from './tracking-site.ts';

const { parties } = sample(CreateTrade, 'marketplace/create-trade');
const { payoutAccountId: _, ...seller } = parties.seller;

/** A vault with the people of the published sample, the buyer by another name or one of both alone where that is given. */
export async function vaultOf(
  buyer: PartyProfile = parties.buyer,
  known: readonly ('seller' | 'buyer')[] = ['seller', 'buyer'],
): Promise<PartyVault> {
  const vault = inMemoryPartyVault();
  const profiles = { seller, buyer };
  for (const side of known) await vault.put(story.tradeOpened[side].partyId, profiles[side]);
  return vault;
}

export const sampleBuyer: PartyProfile = parties.buyer;

/** The facts of a trade's papers, with the people of the published sample. */
export async function factsOf(trade: ToldTrade): Promise<PaperFacts> {
  const { ports } = await siteOf(trade);
  const history = await readTrade(ports.stores, { tradeId });
  if (history === undefined) throw new Error('There is no such trade.');
  return paperFacts(await vaultOf(), history);
}

const sources = new Map(fontFiles('papers').map(({ path, source }) => [path, source]));

/** The fonts as a function has them beside its bundle. */
export const paperFonts: FontCase = fontCase(async (path) =>
  readFileSync(sources.get(path) ?? path),
);
