import type { LocalStack } from '../stack/index.ts';
import type { Terminal } from './terminal.ts';

/** What a program needs to drive a stack, as one value. */
export const stackJson = ({ url, apiKey, stripe, easypost }: LocalStack) => ({
  url,
  apiKey,
  stripe: { url: stripe.url, secretKey: stripe.apiKey, webhookSecret: stripe.webhookSecret },
  carriers: {
    easypost: {
      url: easypost.url,
      apiKey: easypost.apiKey,
      webhookSecret: easypost.webhookSecret,
    },
  },
});

/** Prints where everything is and the first calls to make. */
export function printWelcome(terminal: Terminal, stack: LocalStack, logFile: string): void {
  const { url, apiKey, stripe, easypost, runtime } = stack;
  const line = (name: string, value: string): void =>
    terminal.print(`  ${terminal.paint('dim', name.padEnd(18))}${value}`);
  terminal.print('', terminal.paint('bold', 'Tradelane is up'));
  line('API', url);
  line('API key', apiKey);
  line(stripe.sandbox === undefined ? 'Stripe (real)' : 'Stripe sandbox', stripe.url);
  if (stripe.sandbox !== undefined) line('', stripe.apiKey);
  line(easypost.sandbox === undefined ? 'EasyPost (real)' : 'EasyPost sandbox', easypost.url);
  line('function logs', logFile);

  terminal.print('', terminal.paint('bold', 'Open a trade, pay it, look at it'));
  terminal.print(
    `  curl -s ${url}/v1/trades \\`,
    `    -H 'Authorization: Bearer ${apiKey}' -H 'Idempotency-Key: first' \\`,
    "    -H 'Content-Type: application/json' --data @events/marketplace/create-trade.v1.json",
  );
  if (stripe.sandbox !== undefined) {
    terminal.print(
      '',
      `  curl -s ${stripe.url}/v1/payment_intents/<payment.paymentIntentId>/confirm \\`,
      `    -u ${stripe.apiKey}: -d payment_method=pm_card_visa`,
    );
  }
  terminal.print('', `  curl -s ${url}/v1/trades/<id> -H 'Authorization: Bearer ${apiKey}'`);

  terminal.print('', terminal.paint('bold', 'In the template, not hosted here'));
  const byReason = Map.groupBy(runtime.notHosted, ({ reason }) => reason);
  for (const [reason, things] of byReason) {
    const names = things.map(({ type, count }) => `${count} × ${type.replace('AWS::', '')}`);
    terminal.print(terminal.paint('dim', `  ${names.join(', ')}: ${reason}`));
  }
}
