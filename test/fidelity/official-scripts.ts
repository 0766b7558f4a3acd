import { spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { StripeSandbox } from '../../local/sandboxes/stripe/server.ts';

/** The official CLI's own scripts for the events that the product handles or may meet. */
export const officialScripts: readonly string[] = [
  ...['account.application.deauthorized', 'account.updated', 'balance.available'],
  ...['cash_balance.funds_available', 'charge.captured', 'charge.dispute.closed'],
  ...['charge.dispute.created', 'charge.dispute.updated', 'charge.failed'],
  ...['charge.refund.updated', 'charge.refunded', 'charge.succeeded'],
  ...['checkout.session.expired', 'customer.created', 'customer.updated'],
  ...['customer_cash_balance_transaction.created'],
  ...['payment_intent.amount_capturable_updated', 'payment_intent.canceled'],
  ...['payment_intent.created', 'payment_intent.partially_funded'],
  ...['payment_intent.payment_failed', 'payment_intent.processing'],
  ...['payment_intent.requires_action', 'payment_intent.succeeded'],
  ...['payment_method.attached', 'payment_method.detached', 'payment_method.updated'],
  ...['payout.created', 'payout.updated', 'reporting.report_run.succeeded'],
  ...['setup_intent.canceled', 'setup_intent.created', 'setup_intent.requires_action'],
  ...['setup_intent.setup_failed', 'setup_intent.succeeded', 'topup.created'],
  ...['transfer.created', 'transfer.reversed', 'transfer.updated'],
];

/** What is not run, and why. */
export const scriptsLeftOut: Readonly<Record<string, string>> = {
  'checkout.session.completed': 'posts to /v1/payment_pages, an undocumented API of Checkout',
  'checkout.session.async_payment_succeeded': 'the same',
  'checkout.session.async_payment_failed': 'the same',
};

export type ScriptRun = {
  readonly script: string;
  readonly exitCode: number | null;
  /** Whether the sandbox sent the event that the script is named after. */
  readonly sent: boolean;
  readonly output: string;
};

/** The path of the CLI, or why it is not there. */
export function findCli(): { path: string } | { missing: string } {
  const name = `@stripe/cli-${process.platform}-${process.arch}`;
  try {
    const manifest = createRequire(import.meta.url).resolve(`${name}/package.json`);
    return {
      path: join(manifest, '../bin', process.platform === 'win32' ? 'stripe.exe' : 'stripe'),
    };
  } catch {
    return { missing: `${name} is not installed` };
  }
}

export async function runScript(
  cli: string,
  sandbox: StripeSandbox,
  script: string,
): Promise<ScriptRun> {
  const before = sandbox.control.eventTypes().length;
  const { exitCode, output } = await run(cli, [
    ...['trigger', script, '--api-base', sandbox.url, '--api-key', sandbox.secretKey],
  ]);
  const sent = sandbox.control.eventTypes().slice(before).includes(script);
  return { script, exitCode, sent, output };
}

function run(cli: string, args: readonly string[]) {
  const home = mkdtempSync(join(tmpdir(), 'stripe-cli-'));
  const child = spawn(cli, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { HOME: home, STRIPE_CLI_TELEMETRY_OPTOUT: '1', PATH: process.env['PATH'] ?? '' },
  });
  const chunks: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk));
  return new Promise<{ exitCode: number | null; output: string }>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (exitCode) =>
      resolve({ exitCode, output: Buffer.concat(chunks).toString('utf8') }),
    );
  });
}
