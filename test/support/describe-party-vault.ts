import type { PartyProfile } from '../../events/marketplace/party.v1.ts';
import type { PartyVault } from '../../src/parties/ports.ts';

export const katrin: PartyProfile = {
  name: 'Katrin Vögel',
  company: 'Vogel Antriebstechnik GmbH',
  email: 'einkauf@vogel-antriebstechnik.example',
  phone: '+49 30 5550 0117',
  address: {
    street1: 'Lindenstraße 12',
    city: 'Berlin',
    postalCode: '10969',
    country: 'DE',
  },
};

export const daniel: PartyProfile = {
  name: 'Daniel Reyes',
  address: { street1: '1200 Alaskan Way', city: 'Seattle', postalCode: '98101', country: 'US' },
};

/** What every adapter of the vault promises. `make` gives an empty one. */
export const describePartyVault = (name: string, make: () => Promise<PartyVault>): void => {
  describe(`${name} as a vault`, () => {
    let vault: PartyVault;
    beforeEach(async () => {
      vault = await make();
    });

    it('answers a profile as it was put', async () => {
      await vault.put('pty_1', katrin);
      await vault.put('pty_2', daniel);
      expect(await vault.get('pty_1')).toEqual(katrin);
      expect(await vault.get('pty_2')).toEqual(daniel);
    });

    it('keeps the first profile where another is put under its id', async () => {
      await vault.put('pty_1', katrin);
      await vault.put('pty_1', daniel);
      expect(await vault.get('pty_1')).toEqual(katrin);
    });

    it('keeps one of those that are put at once, whole', async () => {
      await Promise.all([vault.put('pty_1', katrin), vault.put('pty_1', daniel)]);
      expect([katrin, daniel]).toContainEqual(await vault.get('pty_1'));
    });

    it('says so where it has no such party', async () => {
      await vault.put('pty_1', katrin);
      await expect(vault.get('pty_10')).rejects.toMatchObject({
        code: 'vault.party_missing',
        retryable: false,
        fields: { partyId: 'pty_10' },
      });
    });

    it('is not changed through what it answered or was given', async () => {
      const given = structuredClone(katrin);
      await vault.put('pty_1', given);
      Object.assign(given, { name: 'Somebody Else' });
      Object.assign(await vault.get('pty_1'), { name: 'Somebody Else' });
      expect(await vault.get('pty_1')).toEqual(katrin);
    });
  });
};
