import { eventually } from '../support/eventually.ts';
import { inspectedFor } from '../support/sample-trade.ts';
import { withStack } from '../support/stack.ts';
import { deliver, quiet, shippedTrade, stepsOf } from './journey.ts';

/** A lane for impatient people: asked after two seconds of silence, and every two seconds. */
const lane = { askAfterSeconds: [2], overdueSeconds: 4, giveUpSeconds: 600 };

const stack = withStack({
  pollingPolicy: JSON.stringify({ lanes: [lane] }),
  deliveryGraceSeconds: 2,
  deadlinesEveryMs: 500,
});

describe('a carrier whose webhooks are all lost', () => {
  beforeEach(() => stack().easypost.control.setWebhookMode({ mode: 'drop' }));

  it('is asked, and its delivery pays the seller as a webhook’s would', async () => {
    const trade = await shippedTrade(stack(), { body: inspectedFor(1) });
    deliver(stack(), trade);
    const settled = await stack().api.becomes(trade.id, 'settled');
    await quiet(stack());
    const steps = stepsOf(settled);
    expect(steps).toEqual(expect.arrayContaining(['DeliveryReported', 'ShipmentDelivered']));
    expect(steps.filter((type) => type === 'ShipmentDelivered')).toHaveLength(1);
    expect(steps).toContain('DeliveryProven');
    expect(await stack().deadLetters()).toBe(0);
  });

  it('is asked again and again while it says nothing, until a person is told', async () => {
    const trade = await shippedTrade(stack());
    const asked = await eventually(
      async () => {
        const now = await stack().api.getTrade(trade.id);
        if (!stepsOf(now).includes('ShipmentSilent')) throw new Error('Nobody was told yet.');
        return now;
      },
      { everyMs: 200 },
    );
    const asks = stepsOf(asked).filter((type) => type === 'CarrierAsked');
    expect(asks.length).toBeGreaterThanOrEqual(2);
    expect(await stack().log()).toContain('ShipmentSilent');
  });
});
