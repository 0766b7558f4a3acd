import { easyPostCarrier } from '../../src/adapters/carriers/easypost/carrier.ts';
import { EasyPostSecret } from '../../src/adapters/secrets/schemas.ts';
import type { CarrierPort } from '../../src/shipment/ports.ts';
import { secret } from './secrets.ts';

/** Carriers' own carriers are slow to price; still half of the function's time. */
const CARRIER_TIMEOUT_MS = 8_000;

/** EasyPost under the current key. */
export function easyPost(options: {
  readonly secretArn: string;
  readonly apiBaseUrl: string | undefined;
}): () => Promise<CarrierPort> {
  const readSecret = secret(options.secretArn, EasyPostSecret);
  const { apiBaseUrl: baseUrl } = options;
  return async () => {
    const { apiKey } = await readSecret();
    const timeoutMs = CARRIER_TIMEOUT_MS;
    return easyPostCarrier({ apiKey, timeoutMs, ...(baseUrl === undefined ? {} : { baseUrl }) });
  };
}
