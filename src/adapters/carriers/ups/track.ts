import type { CarrierPort } from '../../../shipment/ports.ts';
import { dated } from '../parcel.ts';
import { type UpsAccount, upsClient } from './client.ts';
import { readUps } from './reading.ts';

/**
 * Asks UPS itself about a parcel, by its number: the Tracking API, whose answer holds the whole
 * history. A number that UPS does not know, or will not look for, is not tracked there.
 */
export const trackUps = (account: UpsAccount): Pick<CarrierPort, 'track'> => ({
  track: async (number) => {
    const client = await upsClient(account);
    const query = new URLSearchParams({ locale: 'en_US', returnSignature: 'false' });
    const answer = await client.get(`api/track/v1/details/${encodeURIComponent(number)}?${query}`);
    if (answer.kind === 'refused') return undefined;
    const reading = readUps(answer.body);
    const parcels = reading.kind === 'tracking' ? reading.parcels : [];
    const own = parcels.filter(({ trackingNumber }) => trackingNumber === number);
    return {
      ...{ trackerId: number, trackingNumber: number },
      scans: own.flatMap(({ events }) => dated(events)),
    };
  },
});
