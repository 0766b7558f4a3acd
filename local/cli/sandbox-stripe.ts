import { parseArgs } from 'node:util';
import { LiveKeyPresentError } from '../sandboxes/stripe/options.ts';
import { startStripeSandbox } from '../sandboxes/stripe/server.ts';

const usage = `Usage: npm run sandbox:stripe -- [--port <number>] [--webhook <url>]
         [--connect-webhook <url>] [--json]

  --port             listen on this port; default: a free one
  --webhook          post signed events of the platform to this URL
  --connect-webhook  post signed events of connected accounts to this URL
  --json             print one line of JSON and nothing else
`;

const { values } = parseArgs({
  options: {
    'connect-webhook': { type: 'string' },
    help: { type: 'boolean' },
    json: { type: 'boolean' },
    port: { type: 'string' },
    webhook: { type: 'string' },
  },
});

if (values.help) {
  process.stdout.write(usage);
} else {
  await serve().catch((error: unknown) => {
    if (!(error instanceof LiveKeyPresentError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  });
}

function endpointAt(url: string | undefined, { connect }: { connect: boolean }) {
  return url === undefined ? [] : [{ url, connect }];
}

async function serve(): Promise<void> {
  const sandbox = await startStripeSandbox({
    port: Number(values.port ?? 0),
    webhookEndpoints: [
      ...endpointAt(values.webhook, { connect: false }),
      ...endpointAt(values['connect-webhook'], { connect: true }),
    ],
  });
  const { url, secretKey, webhookSecret } = sandbox;
  process.stdout.write(
    values.json ? `${JSON.stringify({ url, secretKey, webhookSecret })}\n` : welcome(),
  );
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void sandbox.stop());
  }

  function welcome(): string {
    return `A Stripe sandbox is listening on ${url}

  secret key      ${secretKey}
  webhook secret  ${webhookSecret}

A first payment of 100.00 EUR:

  curl ${url}/v1/payment_intents -u ${secretKey}: \\
    -d amount=10000 -d currency=eur -d confirm=true \\
    -d "payment_method_types[]=card" -d payment_method=pm_card_visa \\
    -d "expand[]=latest_charge.balance_transaction"

What it does and how to make it fail: curl ${url}/_sandbox
Ctrl-C stops it.
`;
  }
}
