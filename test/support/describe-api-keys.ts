import type { ApiClient, ApiKeyRegistry } from '../../src/parties/ports.ts';

/** A registry, and how a key gets into it. */
export type RegistryUnderTest = {
  readonly registry: ApiKeyRegistry;
  readonly add: (apiKey: string, client: ApiClient) => Promise<void>;
};

/** What every adapter of the API key registry promises. `make` gives an empty one. */
export const describeApiKeys = (name: string, make: () => Promise<RegistryUnderTest>): void => {
  describe(`${name} as a registry of API keys`, () => {
    const client: ApiClient = { marketplaceId: 'mkt_1', scopes: ['checkout', 'finance:read'] };
    let underTest: RegistryUnderTest;
    beforeEach(async () => {
      underTest = await make();
    });

    const find = async (apiKey: string) => {
      const found = await underTest.registry.find(apiKey);
      return found && { ...found, scopes: found.scopes.toSorted() };
    };

    it("finds a key's marketplace and what the key allows", async () => {
      await underTest.add('tl_test_one', client);
      await underTest.add('tl_test_two', { marketplaceId: 'mkt_2', scopes: ['checkout'] });
      expect(await find('tl_test_one')).toEqual(client);
      expect(await find('tl_test_two')).toEqual({ marketplaceId: 'mkt_2', scopes: ['checkout'] });
    });

    it.each(['', 'tl_test_on', 'tl_test_onee', 'TL_TEST_ONE', ' tl_test_one', 'mkt_1'])(
      'finds nobody under %p',
      async (apiKey) => {
        await underTest.add('tl_test_one', client);
        expect(await find(apiKey)).toBeUndefined();
      },
    );

    it('finds a key that allows nothing', async () => {
      await underTest.add('tl_test_one', { marketplaceId: 'mkt_1', scopes: [] });
      expect(await find('tl_test_one')).toEqual({ marketplaceId: 'mkt_1', scopes: [] });
    });
  });
};
