import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { PaperPorts } from '../../console/papers/open-paper.ts';
import { type PaperFonts, unprintableIn } from '../../src/adapters/pdf/pdf-paper.ts';
import { dynamoDb, now } from '../_shared/clients.ts';
import { readEnvironment, text } from '../_shared/environment.ts';
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

export const ports: PaperPorts = {
  stores: eventStores(client, environment.EVENTS_TABLE),
  vault: partyVault(client, {
    tableName: environment.VAULT_TABLE,
    secretArn: environment.VAULT_SECRET_ARN,
  }),
  keys: linkKeys(environment.LINKS_SECRET_ARN),
  now,
  unprintableIn,
};

const readFont = (weight: string): Promise<Buffer> =>
  readFile(join(__dirname, 'fonts', `NotoSans-${weight}.ttf`));

let reading: Promise<PaperFonts> | undefined;

/** The fonts, which stand beside the bundle and are read once; a reading that fails is not kept. */
export function fonts(): Promise<PaperFonts> {
  reading ??= Promise.all([readFont('Regular'), readFont('Bold')]).then(([regular, bold]) => ({
    regular,
    bold,
  }));
  reading.catch(() => {
    reading = undefined;
  });
  return reading;
}
