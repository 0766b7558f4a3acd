import { startRatesSandbox } from '../../../local/sandboxes/rates/sandbox.ts';
import { parseCurrencyApi } from '../../../src/adapters/rates/currency-api.ts';
import { parseEcbDaily } from '../../../src/adapters/rates/ecb.ts';
import { bundledDay } from '../fx/rate-days.ts';

const read = { sha256: 'a'.repeat(64), fetchedAt: '2026-11-26T15:00:00.000Z' };

describe('The publishers of rates on this machine', () => {
  it('have the sample’s figures under the date that is due', async () => {
    const sandbox = await startRatesSandbox(() => new Date('2026-11-29T12:00:00.000Z'));
    try {
      const ecb = parseEcbDaily(await (await fetch(sandbox.ecbUrl)).text(), read);
      expect(ecb).toEqual({ ...bundledDay, ...read, rateDate: '2026-11-27' });
      const indicative = parseCurrencyApi(await (await fetch(sandbox.indicativeUrl)).text(), read);
      expect(indicative).toMatchObject({
        rateDate: '2026-11-27',
        rates: { KWD: expect.any(String) },
      });
      expect((await fetch(`${sandbox.ecbUrl}.zip`)).status).toBe(404);
    } finally {
      await sandbox.stop();
    }
  });
});
