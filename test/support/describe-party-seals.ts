import type { PartySeals, PartyVault } from '../../src/parties/ports.ts';
import { daniel, katrin } from './describe-party-vault.ts';

type Sealing = { readonly vault: PartyVault; readonly seals: PartySeals };

const words = Buffer.from('Commercial invoice for Katrin Vögel, Lindenstraße 12, Berlin');

/** What every adapter of the seals promises. `make` gives an empty vault and the seals under its keys. */
export const describePartySeals = (name: string, make: () => Promise<Sealing>): void => {
  describe(`${name} as seals of parties`, () => {
    let seals: PartySeals;
    beforeEach(async () => {
      const made = await make();
      await made.vault.put('pty_1', katrin);
      await made.vault.put('pty_2', daniel);
      await made.vault.put('pty_3', daniel);
      seals = made.seals;
    });

    it('open what they closed, in whichever order the parties are named', async () => {
      const closed = (await seals.of(['pty_1', 'pty_2'])).close('trd_1/1/facts', words);
      const opened = (await seals.of(['pty_2', 'pty_1'])).open('trd_1/1/facts', closed);
      expect(Buffer.from(opened ?? [])).toEqual(words);
    });

    it('leave no word readable, and the same text never looks the same', async () => {
      const seal = await seals.of(['pty_1', 'pty_2']);
      const [one, other] = [seal.close('k', words), seal.close('k', words)].map((bytes) =>
        Buffer.from(bytes).toString('latin1'),
      );
      expect(one).not.toBe(other);
      for (const word of ['Commercial', 'Katrin', 'Berlin']) expect(one).not.toContain(word);
    });

    it.each([
      ['one of both alone', ['pty_1']],
      ['other parties', ['pty_1', 'pty_3']],
      ['more parties', ['pty_1', 'pty_2', 'pty_3']],
    ])('do not open by %s', async (_, partyIds) => {
      const closed = (await seals.of(['pty_1', 'pty_2'])).close('k', words);
      expect((await seals.of(partyIds)).open('k', closed)).toBeUndefined();
    });

    it('do not open in another place than they were closed for', async () => {
      const seal = await seals.of(['pty_1', 'pty_2']);
      expect(seal.open('trd_1/2/facts', seal.close('trd_1/1/facts', words))).toBeUndefined();
    });

    it('do not open once a bit is changed, or the end is missing', async () => {
      const seal = await seals.of(['pty_1', 'pty_2']);
      const closed = seal.close('k', words);
      for (const at of [0, 12, 28, closed.length - 1]) {
        const changed = Buffer.from(closed);
        changed.writeUInt8(changed.readUInt8(at) ^ 1, at);
        expect(seal.open('k', changed)).toBeUndefined();
        expect(seal.open('k', Buffer.from(closed).subarray(0, at))).toBeUndefined();
      }
    });

    it('are not given where the vault does not know one of the parties', async () => {
      await expect(seals.of(['pty_1', 'pty_9'])).rejects.toMatchObject({
        ...{ code: 'vault.party_missing', retryable: false, fields: { partyId: 'pty_9' } },
      });
    });
  });
};
