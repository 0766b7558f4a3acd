import { recognize } from '../../../src/adapters/carriers/readers.ts';
import {
  carrierSamples,
  payloadOf,
  readBytes,
  reportOf,
  sampleBytes,
  sampleFilesOnDisk,
} from '../../support/carrier-samples.ts';
import { docsTable } from '../../support/docs-table.ts';

describe('The samples of carriers’ payloads', () => {
  it('are all told what they must come to', () => {
    const told = carrierSamples.map(({ carrier, file }) => `${carrier}/${file}`);
    expect(told.toSorted()).toEqual([...sampleFilesOnDisk()].toSorted());
  });

  it.each(carrierSamples)('$carrier/$file is $status', (sample) => {
    const report = reportOf(readBytes(sample.carrier, sampleBytes(sample)));
    expect(report?.status ?? 'no tracking').toBe(sample.status);
    expect(report?.flags.join(', ') ?? '').toBe(sample.flags);
  });

  it.each(carrierSamples.filter(({ status }) => status !== 'no tracking'))(
    '$carrier/$file is recognized by what it holds',
    (sample) => {
      expect(recognize(payloadOf(sampleBytes(sample)))?.carrier).toBe(sample.carrier);
    },
  );

  it.each(carrierSamples.filter(({ status }) => status === 'no tracking'))(
    '$carrier/$file is nobody’s tracking',
    (sample) => {
      expect(recognize(payloadOf(sampleBytes(sample)))).toBeUndefined();
    },
  );

  it('stand in docs/carriers.md', () => {
    const { written, generated } = docsTable('carriers.md', 'samples', [
      ['sample', 'the provider says', 'status', 'flags'],
      ...carrierSamples.map(({ carrier, file, reported, status, flags }) => [
        `${carrier}/${file}`,
        reported,
        status === 'no tracking' ? status : `\`${status}\``,
        flags,
      ]),
    ]);
    expect(written).toBe(generated);
  });
});
