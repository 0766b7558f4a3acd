import { dhlExpressCarrier } from '../../src/adapters/carriers/dhl/carrier.ts';
import { easyPostCarrier } from '../../src/adapters/carriers/easypost/carrier.ts';
import { shippoCarrier } from '../../src/adapters/carriers/shippo/carrier.ts';
import { CarriersSecret, EasyPostSecret } from '../../src/adapters/secrets/schemas.ts';
import type { CarrierPort } from '../../src/shipment/ports.ts';
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
