import { readEasyPostWebhook } from '../../src/adapters/carriers/easypost/read-webhook.ts';
import { readCarrierWebhook } from '../../src/adapters/carriers/read-webhook.ts';
import { carrierParsers, isCarrierName } from '../../src/adapters/carriers/readers.ts';
import { fetchShipEngineKeys } from '../../src/adapters/carriers/shipengine/fetch-keys.ts';
import { cachedKeySet } from '../../src/adapters/carriers/shipengine/keys.ts';
import { carrierVerifiers } from '../../src/adapters/carriers/verifiers.ts';
import type { CarriersSecret, EasyPostSecret } from '../../src/adapters/secrets/schemas.ts';
import type { WebhookReader } from '../_shared/webhook.ts';

export type ReaderPorts = {
  readonly easyPostSecret: () => Promise<EasyPostSecret>;
  readonly carriersSecret: () => Promise<CarriersSecret>;
  readonly now: () => Date;
};

/**
 * How a carrier's webhooks are verified and read; undefined for a carrier that is none, or for which
 * this deployment has no secret.
 */
export const webhookReaders = ({ easyPostSecret, carriersSecret, now }: ReaderPorts) => {
  const keys = cachedKeySet({ fetchKeys: fetchShipEngineKeys, now });
  const verifiers = carrierVerifiers(keys);
  const easypost: WebhookReader = async (request) =>
    readEasyPostWebhook({ ...request, secrets: (await easyPostSecret()).webhookSecrets });
  return async (carrier: string): Promise<WebhookReader | undefined> => {
    if (carrier === 'easypost') return easypost;
    if (!isCarrierName(carrier)) return undefined;
    const secrets = (await carriersSecret()).webhookSecrets?.[carrier];
    if (secrets === undefined) return undefined;
    const how = { provider: carrier, verify: verifiers[carrier], parse: carrierParsers[carrier] };
    return (request) => readCarrierWebhook(how, { ...request, secrets });
  };
};
