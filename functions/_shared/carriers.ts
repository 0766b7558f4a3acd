import { dhlExpressCarrier } from '../../src/adapters/carriers/dhl/carrier.ts';
import { easyPostCarrier } from '../../src/adapters/carriers/easypost/carrier.ts';
import { shippoCarrier } from '../../src/adapters/carriers/shippo/carrier.ts';
import { subscribe17Track } from '../../src/adapters/carriers/subscriptions/17track.ts';
import { subscribeAfterShip } from '../../src/adapters/carriers/subscriptions/aftership.ts';
import { subscribeEasyPost } from '../../src/adapters/carriers/subscriptions/easypost.ts';
import { subscribeShip24 } from '../../src/adapters/carriers/subscriptions/ship24.ts';
import { subscribeShippo } from '../../src/adapters/carriers/subscriptions/shippo.ts';
import { subscribeUps } from '../../src/adapters/carriers/subscriptions/ups.ts';
import { trackUps } from '../../src/adapters/carriers/ups/track.ts';
import { CarriersSecret, EasyPostSecret } from '../../src/adapters/secrets/schemas.ts';
import { type CarrierPort, noKeyFor } from '../../src/shipment/ports.ts';
import type { TrackingSubscriber } from '../../src/shipment/subscribe.ts';
import type { PollingPolicy } from '../../src/tracking/polling.ts';
import { now } from './clients.ts';
import { optionalText, text } from './environment.ts';
import { secret } from './secrets.ts';

/** What functions that call carriers read of their environment. */
export const carrierVariables = {
  EASYPOST_SECRET_ARN: text,
  CARRIERS_SECRET_ARN: text,
  EASYPOST_API_BASE_URL: optionalText,
  SHIPPO_API_BASE_URL: optionalText,
  DHL_API_BASE_URL: optionalText,
};

type CarrierEnvironment = {
  readonly EASYPOST_SECRET_ARN: string;
  readonly CARRIERS_SECRET_ARN: string;
  readonly EASYPOST_API_BASE_URL?: string | undefined;
  readonly SHIPPO_API_BASE_URL?: string | undefined;
  readonly DHL_API_BASE_URL?: string | undefined;
};

/** Carriers' own carriers are slow to price; still half of the function's time. */
const timeoutMs = 8_000;

const at = (baseUrl: string | undefined) => (baseUrl === undefined ? {} : { baseUrl });

/**
 * The carriers that this deployment has keys of, each under its current key. Undefined for a provider
 * that sells no labels, or of which there is no key.
 */
export function carriersOf(
  environment: CarrierEnvironment,
): (provider: string) => Promise<CarrierPort | undefined> {
  const easyPost = secret(environment.EASYPOST_SECRET_ARN, EasyPostSecret);
  const others = secret(environment.CARRIERS_SECRET_ARN, CarriersSecret);
  const { EASYPOST_API_BASE_URL, SHIPPO_API_BASE_URL, DHL_API_BASE_URL } = environment;
  const byName: Readonly<Record<string, () => Promise<CarrierPort | undefined>>> = {
    easypost: async () => {
      const { apiKey } = await easyPost();
      return easyPostCarrier({ apiKey, timeoutMs, ...at(EASYPOST_API_BASE_URL) });
    },
    shippo: async () => {
      const key = (await others()).shippo;
      return key && shippoCarrier({ ...key, timeoutMs, ...at(SHIPPO_API_BASE_URL) });
    },
    dhl: async () => {
      const key = (await others()).dhl;
      return key && dhlExpressCarrier({ ...key, timeoutMs, now, ...at(DHL_API_BASE_URL) });
    },
  };
  return async (provider) => (Object.hasOwn(byName, provider) ? byName[provider]?.() : undefined);
}

/** Carriers that are asked by their own numbers, whoever sold the label: UPS, where there is a key. */
export function moversOf(
  environment: Pick<CarrierEnvironment, 'CARRIERS_SECRET_ARN'>,
): (carrier: string) => Promise<Pick<CarrierPort, 'track'> | undefined> {
  const readSecret = secret(environment.CARRIERS_SECRET_ARN, CarriersSecret);
  return async (carrier) => {
    if (!/^ups/i.test(carrier)) return undefined;
    const { ups } = await readSecret();
    return ups && trackUps({ ...ups, timeoutMs });
  };
}

/** The named providers. One without a key is an operator's mistake: messages wait until it is there. */
export function subscribersOf(
  environment: Pick<CarrierEnvironment, 'CARRIERS_SECRET_ARN'>,
  providers: PollingPolicy['subscribe'],
): () => Promise<readonly TrackingSubscriber[]> {
  const readSecret = secret(environment.CARRIERS_SECRET_ARN, CarriersSecret);
  return async () => {
    if (providers.length === 0) return [];
    const keys = (await readSecret()).subscriptions ?? {};
    const byName = {
      '17track': () => keys['17track'] && subscribe17Track({ ...keys['17track'], timeoutMs }),
      aftership: () => keys.aftership && subscribeAfterShip({ ...keys.aftership, timeoutMs }),
      ship24: () => keys.ship24 && subscribeShip24({ ...keys.ship24, timeoutMs }),
      easypost: () => keys.easypost && subscribeEasyPost({ ...keys.easypost, timeoutMs }),
      shippo: () => keys.shippo && subscribeShippo({ ...keys.shippo, timeoutMs }),
      ups: () => keys.ups && subscribeUps({ ...keys.ups, timeoutMs }),
    };
    return providers.map((provider) => byName[provider]() ?? noKeyFor(provider));
  };
}
