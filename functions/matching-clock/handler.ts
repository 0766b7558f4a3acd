import type { ScheduledEvent } from 'aws-lambda';
import { laneNames } from '../../src/reconciliation/lane.ts';
import { now } from '../_shared/clients.ts';
import { readEnvironment, text } from '../_shared/environment.ts';
import { matchLanes } from '../_shared/matching.ts';
import { sqs } from '../_shared/queue-client.ts';
import { functionStack } from '../_shared/stack.ts';

const { QUEUE_URL_MATCHING: queueUrl } = readEnvironment({ QUEUE_URL_MATCHING: text });
const queue = sqs();

/** Has every lane looked at: for what is late by now, and for whatever nobody told of. */
export const handler = functionStack<ScheduledEvent, void>(() =>
  matchLanes(queue, { queueUrl, lanes: laneNames, cause: `clock#${now().toISOString()}` }),
);
