import type { Trade } from '../support/api-client.ts';
import { eventually } from '../support/eventually.ts';
import { newKey, sampleTrade } from '../support/sample-trade.ts';
import type { TestStack } from '../support/stack.ts';

type Body = typeof sampleTrade;

/** A trade whose buyer has paid, as soon as its label is bought. */
export async function shippedTrade(
  stack: TestStack,
  { key = newKey(), body = sampleTrade }: { readonly key?: string; readonly body?: Body } = {},
): Promise<Trade> {
  const { id, payment } = await stack.api.openTrade(body, key);
  stack.stripe.control.pay(payment.paymentIntentId);
  return stack.api.becomes(id, 'in_fulfilment');
}

/** The tracking number of a trade's label. */
export function trackingNumberOf({ id, shipments }: Trade): string {
  const [shipment] = shipments;
  if (shipment !== undefined && 'trackingNumber' in shipment) return shipment.trackingNumber;
  throw new Error(`${id} has no label.`);
}

/** The carrier reports every scan up to the delivery. */
export const deliver = (stack: TestStack, trade: Trade): void => {
  stack.easypost.control.advance(trackingNumberOf(trade), { status: 'delivered' });
};

/** Waits until no queue of the product holds a message and every webhook was answered. */
export async function quiet(stack: TestStack): Promise<void> {
  await Promise.all([stack.stripe.control.webhooksSettled(), stack.easypost.control.webhooksSettled()]);
  await eventually(
    async () => {
      const waiting = await stack.waitingMessages();
      if (waiting > 0) throw new Error(`${waiting} messages still wait.`);
    },
    { timeoutMs: 25_000 },
  );
}
