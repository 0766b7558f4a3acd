import type { PaperPorts } from '../../console/papers/open-paper.ts';
import { unprintableIn } from '../../src/adapters/pdf/font-case.ts';
import { printPaper, wordingsOf } from '../../src/adapters/pdf/pdf-paper.ts';
import { dynamoDb, now } from '../_shared/clients.ts';
import { readEnvironment, text } from '../_shared/environment.ts';
import { writeOnceFilesIn } from '../_shared/files.ts';
import { bundledFonts } from '../_shared/fonts.ts';
import { linkKeys } from '../_shared/links.ts';
import { eventStores } from '../_shared/stores.ts';
import { partySeals, partyVault } from '../_shared/vault.ts';

const environment = readEnvironment({
  EVENTS_TABLE: text,
  VAULT_TABLE: text,
  VAULT_SECRET_ARN: text,
  LINKS_SECRET_ARN: text,
  PAPERS_BUCKET: text,
});

const client = dynamoDb();
const fonts = bundledFonts();
const vault = { tableName: environment.VAULT_TABLE, secretArn: environment.VAULT_SECRET_ARN };

export const ports: PaperPorts = {
  stores: eventStores(client, environment.EVENTS_TABLE),
  vault: partyVault(client, vault),
  seals: partySeals(client, vault),
  files: writeOnceFilesIn(environment.PAPERS_BUCKET),
  keys: linkKeys(environment.LINKS_SECRET_ARN),
  now,
  unprintableIn: (paper) => unprintableIn(fonts, wordingsOf(paper)),
  print: (paper) => printPaper(paper, fonts),
};
