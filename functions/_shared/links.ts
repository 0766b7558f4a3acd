import { LinksSecret } from '../../src/adapters/secrets/schemas.ts';
import type { LinkKeys } from '../../src/process/signature.ts';
import { secret } from './secrets.ts';

/** The keys that sign links to pages, as the secret has them now. */
export const linkKeys = (secretArn: string): (() => Promise<LinkKeys>) => {
  const read = secret(secretArn, LinksSecret);
  return async () => {
    const { signingKey, previousSigningKey } = await read();
    return previousSigningKey === undefined ? [signingKey] : [signingKey, previousSigningKey];
  };
};
