import type { ApiClient, ApiKeyRegistry } from '../../parties/ports.ts';
import { keyIdFor, sha256Hex } from '../../platform/ids.ts';

/** API keys without a database. Here too, only their hashes are kept. */
export function inMemoryApiKeys(): ApiKeyRegistry & {
  readonly add: (apiKey: string, client: Omit<ApiClient, 'keyId'>) => void;
} {
  const clients = new Map<string, Omit<ApiClient, 'keyId'>>();
  return {
    find: async (apiKey) => {
      const client = clients.get(sha256Hex(apiKey));
      return client && { ...structuredClone(client), keyId: keyIdFor(apiKey) };
    },
    add: (apiKey, { marketplaceId, scopes }) => {
      clients.set(sha256Hex(apiKey), { marketplaceId, scopes: [...scopes] });
    },
  };
}
