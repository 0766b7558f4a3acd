import { once } from 'node:events';
import { parseArgs } from 'node:util';
import { startEasyPostSandbox } from '../sandboxes/easypost/sandbox.ts';

const usage = `Usage: npm run sandbox:easypost -- [--port N] [--every-ms N] [--webhook URL]... [--webhook-secret S]

  --port N            listen on this port of 127.0.0.1 (default: a free one)
  --every-ms N        move every parcel on by one scan, each N milliseconds (default: by command)
  --webhook URL       post signed tracker events to this URL; may be repeated
  --webhook-secret S  sign them with this secret (default: generated)
`;

/** A whole number of at least `least`, or the name of the option that is not one. */
const wholeNumber = (name: string, text: string, least: number): number => {
  const value = Number(text);
  if (Number.isSafeInteger(value) && value >= least) return value;
  throw new RangeError(`--${name} takes a whole number of at least ${least}, not ${text}.`);
};

const readArguments = () => {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: '0' },
      'every-ms': { type: 'string' },
      webhook: { type: 'string', multiple: true, default: [] },
      'webhook-secret': { type: 'string' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  const every = values['every-ms'];
  const secret = values['webhook-secret'];
  return {
    help: values.help,
    options: {
      port: wholeNumber('port', values.port, 0),
      webhooks: values.webhook.map((url) => ({ url })),
      ...(every === undefined ? {} : { advance: { everyMs: wholeNumber('every-ms', every, 1) } }),
      ...(secret === undefined ? {} : { webhookSecret: secret }),
    },
  };
};

const main = async (): Promise<void> => {
  const { help, options } = readArguments();
  if (help) {
    process.stdout.write(usage);
    return;
  }
  const sandbox = await startEasyPostSandbox(options);
  process.stdout.write(`EasyPost sandbox  ${sandbox.url}/v2
API key           ${sandbox.apiKey}
Webhook secret    ${sandbox.webhookSecret}
Control           ${sandbox.url}/_sandbox

Ctrl-C stops it.
`);
  await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
  await sandbox.stop();
};

/** Arguments that make no sense deserve the usage; a sandbox that can't start does not. */
const isAboutArguments = (error: unknown): boolean =>
  error instanceof RangeError ||
  (error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS'));

try {
  await main();
} catch (error) {
  const message = error instanceof Error ? error.message : String(error);
  process.stderr.write(isAboutArguments(error) ? `${message}\n\n${usage}` : `${message}\n`);
  process.exitCode = 1;
}
