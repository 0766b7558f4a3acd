import type { ApiClient, ApiKeyRegistry } from '../../parties/ports.ts';
import { sha256Hex } from '../../platform/ids.ts';

/** API keys without a database. Here too, only their hashes are kept. */
export function inMemoryApiKeys(): ApiKeyRegistry & {
  readonly add: (apiKey: string, client: ApiClient) => void;
} {
  const clients = new Map<string, ApiClient>();
  return {
    find: async (apiKey) => structuredClone(clients.get(sha256Hex(apiKey))),
    add: (apiKey, { marketplaceId, scopes }) => {
      clients.set(sha256Hex(apiKey), { marketplaceId, scopes: [...scopes] });
    },
  };
}
