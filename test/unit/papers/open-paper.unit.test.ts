import { openPaper } from '../../../console/papers/open-paper.ts';
import type { Paper } from '../../../console/papers/paper.ts';
import { inMemoryPartyVault } from '../../../src/adapters/in-memory/party-vault.ts';
import { unprintableIn } from '../../../src/adapters/pdf/font-case.ts';
import { wordingsOf } from '../../../src/adapters/pdf/pdf-paper.ts';
import { type PaperName, paperToken } from '../../../src/process/paper-link.ts';
import { tradeId } from '../../support/builders.ts';
import { paperFonts, sampleBuyer, vaultOf } from '../../support/paper-facts.ts';
import { toldTrades } from '../../support/told-trades.ts';
import { linkKey, siteOf } from '../../support/tracking-site.ts';

const name: PaperName = { tradeId, type: 'commercial_invoice', language: 'de' };

/** Opens the link that was given for an hour, at the beginning of it. */
async function open({
  vault = vaultOf(),
  until = '2026-07-07T10:00:00.000Z',
  token = paperToken([linkKey], name, new Date(until)),
} = {}) {
  const { ports } = await siteOf(toldTrades.delivered);
  const { stores, keys, now } = ports;
  const missing = (paper: Paper) => unprintableIn(paperFonts, wordingsOf(paper));
  return openPaper({ stores, keys, now, vault: await vault, unprintableIn: missing }, token);
}

describe('A link to a paper', () => {
  it('opens it, with the people of the vault', async () => {
    expect(await open()).toMatchObject({
      kind: 'paper',
      paper: {
        title: 'Handelsrechnung',
        parties: [{}, { lines: { 0: 'Vogel Antriebstechnik GmbH' } }],
      },
    });
  });

  it.each([
    ['that was never given', { token: 'x'.repeat(68) }, 404, 'paper.not_found'],
    ['that is over', { until: '2026-07-07T08:59:00.000Z' }, 410, 'paper.link_expired'],
    [
      'of another trade',
      {
        token: paperToken(
          [linkKey],
          { ...name, tradeId: `trd_${'0'.repeat(26)}` },
          new Date('2026-07-08'),
        ),
      },
      404,
      'paper.not_found',
    ],
    [
      'in a language that papers are not in',
      { token: paperToken([linkKey], { ...name, language: 'sv' }, new Date('2026-07-08')) },
      404,
      'paper.not_found',
    ],
  ])('%s opens nothing', async (_, changes, status, code) => {
    expect(await open(changes)).toMatchObject({ kind: 'refused', status, code });
  });

  it('opens nothing once a party has been erased', async () => {
    const vault = Promise.resolve(inMemoryPartyVault());
    expect(await open({ vault })).toMatchObject({ status: 410, code: 'paper.party_erased' });
  });

  it('opens it in any script of its languages', async () => {
    const vault = vaultOf({ ...sampleBuyer, name: '王小明 / 김민수 / محمد / राम' });
    expect(await open({ vault })).toMatchObject({ kind: 'paper' });
  });

  it('opens nothing that would be printed as boxes, and names the characters', async () => {
    const vault = vaultOf({ ...sampleBuyer, name: 'שלמה 𪚥' });
    const refused = await open({ vault });
    expect(refused).toMatchObject({
      status: 409,
      code: 'paper.unprintable',
      detail: expect.stringMatching(/^No font has “ש” \(U\+05E9\), .*“𪚥” \(U\+2A6A5\)\.$/u),
    });
  });

  it('fails where the vault fails', async () => {
    const failure = new Error('no vault');
    const vault = Promise.resolve({
      ...inMemoryPartyVault(),
      get: () => Promise.reject(failure),
    });
    await expect(open({ vault })).rejects.toBe(failure);
  });
});
