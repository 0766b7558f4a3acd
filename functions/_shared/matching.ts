import type { SQSClient } from '@aws-sdk/client-sqs';
import type { MatchLane } from '../../events/messages/match-lane.v1.ts';
import { sendAll } from '../../src/adapters/sqs/send.ts';
import type { Lane } from '../../src/reconciliation/lane.ts';

/** Has lanes looked at. What caused it is only a name for the log. */
export const matchLanes = (
  client: SQSClient,
  { queueUrl, lanes, cause }: { queueUrl: string; lanes: readonly Lane[]; cause: string },
): Promise<void> =>
  sendAll(
    client,
    queueUrl,
    lanes.map(
      (lane): MatchLane => ({
        ...{ kind: 'match_lane', version: 1, messageId: `${cause}#${lane}`, lane },
      }),
    ),
  );
