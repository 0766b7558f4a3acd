import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Paper, textsOf, writePaper } from '../../console/papers/paper.ts';
import { isPaperLanguage } from '../../console/papers/words.ts';
import { type PaperFonts, printPaper, unprintableIn } from '../../src/adapters/pdf/pdf-paper.ts';
import { isCodedError } from '../../src/platform/errors.ts';
import { type PaperFacts, paperFacts } from '../../src/process/paper-facts.ts';
import { readPaperToken } from '../../src/process/paper-link.ts';
import { readTrade, type TradeHistory } from '../../src/process/trade-view.ts';
import { dynamoDb, now } from '../_shared/clients.ts';
import { readEnvironment, text } from '../_shared/environment.ts';
import { linkKeys } from '../_shared/links.ts';
import { ProblemError } from '../_shared/problem.ts';
import { eventStores } from '../_shared/stores.ts';
import { partyVault } from '../_shared/vault.ts';

const environment = readEnvironment({
  EVENTS_TABLE: text,
  VAULT_TABLE: text,
  VAULT_SECRET_ARN: text,
  LINKS_SECRET_ARN: text,
});

const client = dynamoDb();
const stores = eventStores(client, environment.EVENTS_TABLE);
const vault = partyVault(client, {
  tableName: environment.VAULT_TABLE,
  secretArn: environment.VAULT_SECRET_ARN,
});
const keys = linkKeys(environment.LINKS_SECRET_ARN);

/** The fonts stand beside the bundle, and are read once. */
let reading: Promise<PaperFonts> | undefined;
const fonts = (): Promise<PaperFonts> => {
  const read = (name: string) => readFile(join(__dirname, 'fonts', `NotoSans-${name}.ttf`));
  reading ??= Promise.all([read('Regular'), read('Bold')]).then(([regular, bold]) => ({
    regular,
    bold,
  }));
  return reading;
};

const problem = (status: number, code: string, detail: string): ProblemError =>
  new ProblemError({ status, code, detail });

const notFound = (): ProblemError => problem(404, 'paper.not_found', 'There is no such paper.');

/** The paper that a token opens. @throws ProblemError where there is none, or none any more. */
export async function printed(
  token: string,
): Promise<{ readonly bytes: Buffer; readonly fileName: string }> {
  const name = readPaperToken(await keys(), token, now());
  if (name.kind === 'expired') throw problem(410, 'paper.link_expired', 'This link is over.');
  if (name.kind === 'unknown' || !isPaperLanguage(name.language)) throw notFound();
  const history = await readTrade(stores, { tradeId: name.tradeId });
  if (history === undefined) throw notFound();
  const paper = writePaper(await factsOf(history), name.type, name.language);
  refuseUnprintable(paper);
  const bytes = await printPaper(paper, await fonts());
  return { bytes, fileName: `${name.type.replace('_', '-')}-${name.language}.pdf` };
}

async function factsOf(history: TradeHistory): Promise<PaperFacts> {
  try {
    return await paperFacts(vault, history);
  } catch (error) {
    if (!isCodedError(error) || error.code !== 'vault.party_missing') throw error;
    throw problem(410, 'paper.party_erased', 'A party of this trade has been erased.');
  }
}

/** A letter that would be printed as a box is refused: customs reads papers, not boxes. */
function refuseUnprintable(paper: Paper): void {
  const letters = new Set(textsOf(paper).flatMap((each) => unprintableIn(each)));
  if (letters.size === 0) return;
  throw problem(
    409,
    'paper.unprintable',
    'Papers are printed in Latin, Greek and Cyrillic letters; names or goods of this trade have others.',
  );
}
