import { consumeDeliveries, type Delivery } from '../../../src/process/consume-deliveries.ts';
import type { PaymentsMessage } from '../../../src/process/consume-payments.ts';
import { done } from '../../../src/process/handled.ts';

const message: PaymentsMessage = {
  ...{ kind: 'stripe_event_received', version: 1, eventType: 'transfer.created' },
  ...{ eventId: 'evt_1', objectId: 'tr_1', receivedAt: '2026-11-23T12:00:00.000Z' },
};

const worked: PaymentsMessage[] = [];
const consumer = (reading: Delivery) =>
  consumeDeliveries<{ readonly source: string }>({
    read: () => reading,
    consume: async (each) => {
      worked.push(each);
      return done;
    },
  });

beforeEach(() => {
  worked.length = 0;
});

describe('the payments queue', () => {
  it('works messages of our own as they are', async () => {
    await consumer({ kind: 'ignored', what: 'never read' })(message);
    expect(worked).toEqual([message]);
  });

  it('works what an event bus delivered as the webhook it would have been', async () => {
    expect(await consumer({ kind: 'queue', messages: [message] })({ source: 'bus' })).toEqual(done);
    expect(worked).toEqual([message]);
  });

  it('counts what nobody handles and sets aside what is refused, by name', async () => {
    const ignored = consumer({ kind: 'ignored', what: 'charge.updated' });
    expect(await ignored({ source: 'bus' })).toEqual({ kind: 'ignored', reason: 'charge.updated' });
    const refused = consumer({ kind: 'refused', reason: 'livemode_mismatch' });
    expect(await refused({ source: 'bus' })).toMatchObject({
      ...{ kind: 'rejected', code: 'payments.livemode_mismatch' },
    });
    expect(worked).toEqual([]);
  });
});
