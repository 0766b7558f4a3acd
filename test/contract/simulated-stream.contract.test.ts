import type { TradelaneRecord } from '../../events/event-record.v1.ts';
import { calm, type Faults } from '../simulation/faults.ts';
import { createStream, MAX_RETRIES } from '../simulation/ports/stream.ts';
import { describeStream, type MakeStream } from '../support/describe-stream.ts';
import { recordOf } from '../support/records.ts';
import { steppedSim } from '../support/stepped-sim.ts';

const simulatedStream =
  (faults: Faults): MakeStream =>
  async (handle) => {
    const { sim, until } = steppedSim(faults);
    const stream = createStream(sim, (records, done) => done(handle(records)));
    const kept = () => stream.deadLetters.flatMap(({ records }) => records);
    return {
      maxRetries: MAX_RETRIES,
      until,
      write: async (records) => {
        for (const { streamId, sequence } of records) {
          stream.publish(recordOf(streamId, sequence) as TradelaneRecord);
        }
      },
      kept: async (count) => {
        await until(() => kept().length >= count);
        return kept().map(({ streamId, sequence }) => ({ streamId, sequence }));
      },
    };
  };

describeStream('The simulated stream', simulatedStream(calm));
describeStream(
  'The simulated stream that repeats itself',
  simulatedStream({ ...calm, streamRepeat: 0.5 }),
);
