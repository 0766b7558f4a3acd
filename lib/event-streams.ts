/**
 * Stands in for `@smithy/core/event-streams` in every bundle. The S3 client wires it up at its start
 * for the one operation that answers with a stream of events (SelectObjectContent), and other clients
 * would load it only then. This product calls none.
 */
export const resolveEventStreamSerdeConfig = <T>(config: T): T => config;

/** @throws always: an operation that streams events was called. */
export const eventStreamSerdeProvider = (): never => {
  throw new Error('No operation that streams events is bundled.');
};

export class EventStreamSerde {
  constructor() {
    eventStreamSerdeProvider();
  }
}
