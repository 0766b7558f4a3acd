import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { isCarrierName } from '../../../src/adapters/carriers/readers.ts';
import type { CarrierReading } from '../../../src/adapters/carriers/reading.ts';
import { foldShipment } from '../../../src/tracking/fold-shipment.ts';
import type { TrackingEvent } from '../../../src/tracking/status.ts';
import { carrierSamples, readBytes, sampleBytes } from '../../support/carrier-samples.ts';
import { corpusDirectory, corpusTest, readCorpus } from '../../support/corpus.ts';
import { retold } from '../../support/scans.ts';

/** All scans of a payload, each with its parcel where there are several. */
const scansOf = (reading: CarrierReading): readonly TrackingEvent[] => {
  if (reading.kind !== 'tracking') return [];
  const { parcels } = reading;
  return parcels.flatMap(({ parcel, events }) =>
    parcels.length === 1 ? events : events.map((event) => ({ ...event, parcel })),
  );
};

/** 300 random orders, in each of which some scans are told again. */
const expectOneState = (scans: readonly TrackingEvent[]): void => {
  const state = foldShipment(scans);
  fc.assert(
    fc.property(retold(scans), (told) => {
      expect(foldShipment(told)).toEqual(state);
    }),
    { numRuns: 300 },
  );
};

describe('A history in any order, with any of it told again', () => {
  it.each(carrierSamples.filter(({ status }) => status !== 'no tracking'))(
    'has one state: $carrier/$file',
    (sample) => expectOneState(scansOf(readBytes(sample.carrier, sampleBytes(sample)))),
  );

  const here = corpusDirectory() ? it : it.skip;
  here(corpusTest('has one state: every recorded payload'), () => {
    const root = join(corpusDirectory() ?? '', 'carriers');
    for (const carrier of readdirSync(root).filter(isCarrierName)) {
      for (const file of readdirSync(join(root, carrier)).filter((name) => /json|xml/.test(name))) {
        expectOneState(scansOf(readBytes(carrier, readCorpus('carriers', carrier, file))));
      }
    }
  });

  it('may come in several payloads of growing length', () => {
    const full = scansOf(
      readBytes('ups', sampleBytes({ carrier: 'ups', file: 'track-response.json' })),
    );
    const grown = full.flatMap((_, index) => full.slice(0, index + 1));
    expect(foldShipment(grown)).toEqual(foldShipment(full));
  });
});
