import type Stripe from 'stripe';
import type { Shipment } from '../../local/sandboxes/easypost/objects.ts';
import type { Trade } from '../support/api-client.ts';
import { eventually } from '../support/eventually.ts';
import { newKey, sampleTrade } from '../support/sample-trade.ts';
import type { TestStack } from '../support/stack.ts';

/** A trade whose buyer has paid, as soon as its label is bought. */
export async function shippedTrade(
  stack: TestStack,
  { key = newKey(), body = sampleTrade }: { readonly key?: string; readonly body?: unknown } = {},
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

/** The types of a trade's events in their order; how often a parcel was scanned is left out. */
export const stepsOf = ({ timeline }: Trade): readonly string[] =>
  timeline.map(({ type }) => type).filter((type) => type !== 'TrackingUpdated');

/** The newest shipment that EasyPost keeps under a reference of ours. */
export async function storedShipment(stack: TestStack, reference: string): Promise<Shipment> {
  const { url, apiKey } = stack.easypost;
  const response = await fetch(`${url}/v2/shipments/${reference}`, {
    headers: { authorization: `Basic ${btoa(`${apiKey}:`)}` },
  });
  if (response.ok) return (await response.json()) as Shipment;
  throw new Error(`EasyPost answered ${response.status} for ${reference}.`);
}

/** Every transfer that Stripe has made for a trade. */
export const transfersOf = async (
  { stripeApi }: TestStack,
  tradeId: string,
): Promise<readonly Stripe.Transfer[]> =>
  (await stripeApi.transfers.list({ transfer_group: tradeId, limit: 100 })).data;

/** How often the Stripe sandbox has carried out calls to an endpoint, such as `POST /v1/transfers`. */
export const executedAtStripe = ({ stripe }: TestStack, endpoint: string): number =>
  stripe.control.requests().find(({ method, path }) => `${method} ${path}` === endpoint)
    ?.executed ?? 0;

/** Waits until every webhook was answered and no queue of the product holds a message. */
export async function quiet(stack: TestStack): Promise<void> {
  const { stripe, easypost } = stack;
  await Promise.all([stripe.control.webhooksSettled(), easypost.control.webhooksSettled()]);
  await eventually(
    async () => {
      const waiting = await stack.waitingMessages();
      if (waiting > 0) throw new Error(`${waiting} messages still wait.`);
    },
    { everyMs: 20 },
  );
}
