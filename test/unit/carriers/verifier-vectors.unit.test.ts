import { createHash } from 'node:crypto';
import { carrierNames } from '../../../src/adapters/carriers/readers.ts';
import { corpusDirectory, corpusTest, readCorpus } from '../../support/corpus.ts';
import { check, header, hmac, secret } from './webhook-schemes.ts';

describe('Published vectors', () => {
  it('of Cainiao: data_digest is base64 of the MD5 of message and secret', async () => {
    const form = 'logistics_interface=hello1234&data_digest=ufYU7rvXhHY3IDyZgyt6SA==&msg_id=1';
    const signed = { rawBody: Buffer.from(form), headers: {} };
    expect((await check('cainiao', signed, { secrets: ['key123'] })).ok).toBe(true);
    expect((await check('cainiao', signed, { secrets: ['key124'] })).ok).toBe(false);
  });

  it('of RFC 4231, in base64 as AfterShip has it: HMAC-SHA256 of the body', async () => {
    const digest = '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843';
    const rawBody = Buffer.from('what do ya want for nothing?');
    const sent = Buffer.from(digest, 'hex').toString('base64');
    const signed = header('aftership-hmac-sha256', sent, rawBody);
    expect((await check('aftership', signed, { secrets: ['Jefe'] })).ok).toBe(true);
    expect((await check('aftership', signed, { secrets: ['jefe'] })).ok).toBe(false);
  });

  it('of Cainiao: a + that was not encoded arrives as a space', async () => {
    const message = Array.from({ length: 50 }, (_, index) => `m${index}`).find((text) =>
      createHash('md5')
        .update(text + secret)
        .digest('base64')
        .includes('+'),
    );
    const digest = createHash('md5').update(`${message}${secret}`).digest('base64');
    const rawBody = Buffer.from(`logistics_interface=${message}&data_digest=${digest}`);
    expect((await check('cainiao', { rawBody, headers: {} })).ok).toBe(true);
  });

  it('of TrackingMore: its signature covers no body, so its webhooks are not taken', () => {
    const signature = hmac('2e55b9a3-4dd1-4416-9897-c4bd1e3d738f', '1662371528').digest('hex');
    expect(signature).toMatch(/^a37084ab.*1b06$/);
    expect(carrierNames).not.toContain('trackingmore');
  });

  (corpusDirectory() ? it : it.skip)(corpusTest('of EasyPost'), async () => {
    const vector = JSON.parse(
      readCorpus('carriers', 'easypost', 'webhook_signature_fixture.json').toString(),
    );
    const file = readCorpus('carriers', 'easypost', 'evt_tracker_updated_in_transit_SIGNED.json');
    const rawBody = Buffer.from(file.toString('utf8').trim());
    const signed = header('x-hmac-signature', vector.hmac_signature, rawBody);
    expect((await check('easypost', signed, { secrets: [vector.secret] })).ok).toBe(true);
  });
});
