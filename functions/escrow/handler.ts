import { consumeEscrow, EscrowMessage } from '../../src/process/consume-escrow.ts';
import { dynamoDb, now } from '../_shared/clients.ts';
import { readEnvironment, text } from '../_shared/environment.ts';
import { queueWorker } from '../_shared/queue-worker.ts';
import { eventStores } from '../_shared/stores.ts';

const { EVENTS_TABLE } = readEnvironment({ EVENTS_TABLE: text });
const { escrows } = eventStores(dynamoDb(), EVENTS_TABLE);

/** Applies what other contexts and the clock told the escrow. */
export const handler = queueWorker({
  schema: EscrowMessage,
  consume: consumeEscrow({ store: escrows, now }),
});
