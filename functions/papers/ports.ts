import type { PaperPorts } from '../../console/papers/open-paper.ts';
import { unprintableIn } from '../../src/adapters/pdf/font-case.ts';
import { wordingsOf } from '../../src/adapters/pdf/pdf-paper.ts';
import { dynamoDb, now } from '../_shared/clients.ts';
import { readEnvironment, text } from '../_shared/environment.ts';
import { bundledFonts } from '../_shared/fonts.ts';
import { linkKeys } from '../_shared/links.ts';
import { eventStores } from '../_shared/stores.ts';
import { partyVault } from '../_shared/vault.ts';

const environment = readEnvironment({
  EVENTS_TABLE: text,
  VAULT_TABLE: text,
  VAULT_SECRET_ARN: text,
  LINKS_SECRET_ARN: text,
});

const client = dynamoDb();

export const fonts = bundledFonts();

export const ports: PaperPorts = {
  stores: eventStores(client, environment.EVENTS_TABLE),
  vault: partyVault(client, {
    tableName: environment.VAULT_TABLE,
    secretArn: environment.VAULT_SECRET_ARN,
  }),
  keys: linkKeys(environment.LINKS_SECRET_ARN),
  now,
  unprintableIn: (paper) => unprintableIn(fonts, wordingsOf(paper)),
};
