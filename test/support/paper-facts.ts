import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CreateTrade } from '../../events/marketplace/create-trade.v1.ts';
import { inMemoryPartyVault } from '../../src/adapters/in-memory/party-vault.ts';
import type { PaperFonts } from '../../src/adapters/pdf/pdf-paper.ts';
import { type PaperFacts, paperFacts } from '../../src/process/paper-facts.ts';
import { readTrade } from '../../src/process/trade-view.ts';
import { sample, story, tradeId } from './builders.ts';
import { siteOf, type ToldTrade } from './tracking-site.ts';

const { parties } = sample(CreateTrade, 'marketplace/create-trade');
const { payoutAccountId: _, ...seller } = parties.seller;

/** The facts of a trade's papers, with the people of the published sample. */
export async function factsOf(trade: ToldTrade, buyer = parties.buyer): Promise<PaperFacts> {
  const { ports } = await siteOf(trade);
  const history = await readTrade(ports.stores, { tradeId });
  if (history === undefined) throw new Error('There is no such trade.');
  const vault = inMemoryPartyVault();
  await vault.put(story.tradeOpened.seller.partyId, seller);
  await vault.put(story.tradeOpened.buyer.partyId, buyer);
  return paperFacts(vault, history);
}

const fontsDir = join(import.meta.dirname, '../../node_modules/@embedpdf/fonts-latin/fonts');

export const paperFonts: PaperFonts = {
  regular: readFileSync(join(fontsDir, 'NotoSans-Regular.ttf')),
  bold: readFileSync(join(fontsDir, 'NotoSans-Bold.ttf')),
};
