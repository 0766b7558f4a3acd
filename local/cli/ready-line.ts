import type { LocalStack } from '../stack/index.ts';

type Provider = LocalStack['stripe'] | LocalStack['easypost'];

/** Sandbox keys are given away, so that scripts can drive the sandboxes; real ones never. */
const secretsOf = ({ sandbox, apiKey, webhookSecret }: Provider, keyName: string) =>
  sandbox === undefined ? {} : { [keyName]: apiKey, webhookSecret };

/** The one line of JSON that says where a running stack is reached and with which keys. */
export const readyLine = ({
  url,
  apiKey,
  stripe,
  easypost,
}: Pick<LocalStack, 'url' | 'apiKey' | 'stripe' | 'easypost'>): string =>
  JSON.stringify({
    url,
    apiKey,
    stripe: { url: stripe.url, ...secretsOf(stripe, 'secretKey') },
    carriers: { easypost: { url: easypost.url, ...secretsOf(easypost, 'apiKey') } },
  });
