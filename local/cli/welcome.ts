import { tradeIdFor } from '../../src/platform/ids.ts';
import { LOCAL_MARKETPLACE, type LocalStack } from '../stack/index.ts';
import { secondsText, wrap } from './format.ts';
import { groupNotHosted, NO_BREAK_SPACE } from './not-hosted.ts';
import type { Terminal } from './terminal.ts';

export type WelcomeFacts = {
  readonly stack: LocalStack;
  readonly readyMs: number;
  readonly logFile: string;
  readonly pace: string;
  /** Where the buyer of one sample trade sees it. */
  readonly buyerPage: string | undefined;
  /** A key of each of two people in finance: one proposes, the other approves. */
  readonly financeKeys: readonly string[];
};

const FIRST_KEY = 'my-first-trade';
const LABEL_WIDTH = 18;

/** What somebody needs to know who has just started Tradelane. */
export function welcome(terminal: Terminal, facts: WelcomeFacts): void {
  const { stack, readyMs } = facts;
  const heading = (text: string): string => terminal.paint('bold', text);
  terminal.print(
    '',
    heading(`Tradelane is ready after ${secondsText(readyMs)}.`),
    '',
    ...addresses(terminal, facts),
    '',
    heading('Not hosted on this machine'),
    ...notHostedLines(stack, terminal),
    '',
    heading('Try it, in this folder: open a trade, pay it as its buyer does, look at it'),
    '',
    ...curls(stack),
    '',
    heading(`The trades now. ${facts.pace}`),
    ...sampleNote(stack, terminal),
    '',
  );
}

function addresses(
  { paint }: Terminal,
  { stack, logFile, buyerPage, financeKeys }: WelcomeFacts,
): readonly string[] {
  const { url, apiKey, stripe, easypost } = stack;
  const line = (label: string, text: string): string =>
    `  ${paint('dim', label.padEnd(LABEL_WIDTH))}${text}`;
  return [
    line('API', url),
    line('API key', apiKey),
    ...(stripe.sandbox === undefined
      ? [line('Stripe', `${stripe.url}, with your STRIPE_SECRET_KEY`)]
      : [line('Stripe sandbox', stripe.url), line('  secret key', stripe.apiKey)]),
    ...(easypost.sandbox === undefined
      ? [line('EasyPost', `${easypost.url}/v2, with your EASYPOST_API_KEY`)]
      : [line('EasyPost sandbox', `${easypost.url}/v2`), line('  API key', easypost.apiKey)]),
    line("Functions' log", logFile),
    ...(buyerPage === undefined ? [] : [line("A buyer's page", buyerPage)]),
    line("Finance's console", `${url}/console`),
    ...financeKeys.map((key, index) => line(`  key of person ${index + 1}`, key)),
  ];
}

const notHostedLines = ({ runtime }: LocalStack, { paint, width }: Terminal): readonly string[] =>
  groupNotHosted(runtime.notHosted).flatMap(({ reason, what }) => [
    `  ${reason}:`,
    ...wrap(what.join(', '), width() - 4).map((text) => paint('dim', `    ${withSpaces(text)}`)),
  ]);

const withSpaces = (text: string): string => text.replaceAll(NO_BREAK_SPACE, ' ');

/** Three commands that work as they stand: open, pay, look. */
function curls({ url, apiKey, stripe }: LocalStack): readonly string[] {
  const authorization = `-H 'Authorization: Bearer ${apiKey}'`;
  const open = [
    `  curl -s ${url}/v1/trades \\`,
    `    ${authorization} \\`,
    `    -H 'Content-Type: application/json' -H 'Idempotency-Key: ${FIRST_KEY}' \\`,
    '    --data @events/marketplace/create-trade.v1.json | tee /tmp/trade.json',
  ];
  const look = [
    `  curl -s ${url}/v1/trades/${tradeIdFor(LOCAL_MARKETPLACE, FIRST_KEY)} \\`,
    `    ${authorization}`,
  ];
  const page = `  grep -o 'http[^"]*/t/[^"]*' /tmp/trade.json   # its buyer's page, for a browser`;
  return [...open, '', ...payLines(stripe), '', ...look, page];
}

const payLines = ({ sandbox, url, apiKey }: LocalStack['stripe']): readonly string[] =>
  sandbox === undefined
    ? ["  (Stripe is the real one: pay with the answer's clientSecret, as your checkout does.)"]
    : [
        "  intent=$(grep -o 'pi_[[:alnum:]]*' /tmp/trade.json | head -1)",
        `  curl -s ${url}/v1/payment_intents/$intent/confirm \\`,
        `    -u ${apiKey}: -d payment_method=pm_card_visa`,
      ];

const sampleNote = ({ stripe, easypost }: LocalStack, { paint }: Terminal): readonly string[] =>
  isAllSandbox({ stripe, easypost })
    ? []
    : [
        paint(
          'dim',
          '  No sample trades: a real provider is set, which would take or spend money.',
        ),
        paint('dim', '  Its webhooks must reach the API at /webhooks/…'),
      ];

/** Whether nothing that happens here reaches a real provider. */
export const isAllSandbox = ({
  stripe,
  easypost,
}: Pick<LocalStack, 'stripe' | 'easypost'>): boolean =>
  stripe.sandbox !== undefined && easypost.sandbox !== undefined;
