import { consumeSettlement, SettlementMessage } from '../../src/process/consume-settlement.ts';
import { dynamoDb } from '../_shared/clients.ts';
import { queueWorker } from '../_shared/queue-worker.ts';
import { settlement } from '../_shared/settlement.ts';

const ports = settlement(dynamoDb());

/** Pays sellers what was released. */
export const handler = queueWorker({
  schema: SettlementMessage,
  consume: async (message) => consumeSettlement(await ports())(message),
});
