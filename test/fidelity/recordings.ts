import { type StripeSandbox, startStripeSandbox } from '../../local/sandboxes/stripe/server.ts';
import { corpusDirectory, readCorpus } from '../support/corpus.ts';
import type { Checker } from './checker.ts';
import { compareShapes, type Difference } from './compare-shapes.ts';
import type { StripeSchemas } from './stripe-types.ts';

type Json = Readonly<Record<string, unknown>>;

/** One request to Stripe's test API and its answer, as Liberapay recorded them (CC0). */
type Pair = {
  readonly request: {
    readonly method: string;
    readonly path: string;
    readonly body: string | null;
  };
  readonly response: {
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: Json;
  };
};

export type Replay = {
  readonly pairs: number;
  readonly alike: number;
  /** Values that were compared and are equal, amounts, fees and rates among them. */
  readonly equalValues: number;
  readonly equalFigures: number;
  readonly problems: readonly string[];
  /** Fields that the API of 2019 had and today's has no more. */
  readonly gone: readonly string[];
};

const FILE = ['stripe', 'recorded', 'liberapay-payins.json'] as const;

/** The account that was recorded: French, with balances in three currencies, at Stripe's prices. */
const asRecorded = (clock: () => Date): Parameters<typeof startStripeSandbox>[0] => ({
  env: {},
  clock,
  settlementCurrency: 'eur',
  settlesIn: ['jpy', 'aud'],
  // What Stripe converted at, its fee included: 0.893356 francs a euro, 0.0049334 a yen.
  rates: { chf: '0.893356', jpy: { num: 8_933_560n, den: 49_334n }, aud: '1.66' },
  fxFeeBasisPoints: 0,
  availableDelaySeconds: 2 * 24 * 60 * 60,
  debitSettlesAfterSeconds: 1,
  methodFees: [
    { method: 'card', currency: 'eur', basisPoints: 325, fixedMinor: 25 },
    { method: 'card', currency: 'jpy', basisPoints: 360, fixedMinor: 0 },
    { method: 'card', currency: 'aud', basisPoints: 370, fixedMinor: 0 },
    { method: 'sepa_debit', currency: 'eur', basisPoints: 0, fixedMinor: 35 },
  ],
});

/** Sends every recorded request to a sandbox and compares what it answers with what Stripe did. */
export async function replayRecordings(
  checker: Checker,
  schemas: StripeSchemas,
): Promise<Replay | undefined> {
  if (corpusDirectory() === undefined) return undefined;
  const pairs = JSON.parse(readCorpus(...FILE).toString('utf8')) as Pair[];
  const clock = { now: new Date(pairs[0]?.response.headers['date'] ?? 0) };
  const sandbox = await startStripeSandbox({
    ...asRecorded(() => clock.now),
    observe: checker.check,
  });
  // The seller of the destination charge was there before the recording began.
  sandbox.control.openAccount({ id: 'acct_1RXlv6COkEHpQPGK', country: 'AU' });
  const ids = createIdMap();
  const differences: Difference[][] = [];
  for (const pair of pairs) {
    clock.now = new Date(pair.response.headers['date'] ?? clock.now);
    const answer = await send(sandbox, pair, ids);
    const charge = chargeIn(pair.response.body);
    const answered = charge && (answer.body['latest_charge'] as Json);
    ids.learn(pair.response.body, flat(answer).body);
    ids.learn(charge, answered);
    differences.push([
      ...differencesOf(pair, flat(answer), schemas),
      ...(charge
        ? compareShapes(charge, answered, { schema: schemas.ofObject('charge'), schemas })
        : []),
    ]);
  }
  await sandbox.stop();
  return summarize(pairs, differences);
}

/** The API of 2019 shows the charge of a payment intent in a list; today's, where it is expanded. */
const chargeIn = (body: Json): Json | undefined => {
  const charges = body['charges'] as { data: Json[] } | undefined;
  return charges?.data[0];
};

/** The answer with its expanded charge named by id again, as it was not expanded in 2019. */
function flat({ status, body }: Answer): Answer {
  const charge = body['latest_charge'] as Json | string | null | undefined;
  if (typeof charge !== 'object' || charge === null) return { status, body };
  return { status, body: { ...body, latest_charge: charge['id'] } };
}

function differencesOf({ response }: Pair, answer: Answer, schemas: StripeSchemas): Difference[] {
  if (response.status !== answer.status) {
    const detail = JSON.stringify(answer.body['error'] ?? {});
    return [
      {
        kind: 'different',
        at: 'status',
        detail: `${response.status}, not ${answer.status} ${detail}`,
      },
    ];
  }
  const schema = schemas.ofObject(String(response.body['object']));
  return compareShapes(response.body, answer.body, { schema, schemas });
}

function summarize(pairs: readonly Pair[], differences: readonly Difference[][]): Replay {
  const all = differences.flat();
  const problems = differences.flatMap((each, index) => {
    const { method, path } = pairs[index]?.request ?? { method: '', path: '' };
    return each
      .filter(({ kind }) => kind === 'different')
      .map(({ at, detail }) => `${index} ${method} ${path.split('?')[0]} ${at}: ${detail}`);
  });
  return {
    pairs: pairs.length,
    alike: differences.filter((each) => each.every(({ kind }) => kind !== 'different')).length,
    equalValues: all.filter(({ kind }) => kind === 'equal' || kind === 'equal figure').length,
    equalFigures: all.filter(({ kind }) => kind === 'equal figure').length,
    problems,
    gone: [...new Set(all.filter(({ kind }) => kind === 'gone').map(({ at }) => at))].sort(),
  };
}

type Answer = { readonly status: number; readonly body: Json };

type IdMap = ReturnType<typeof createIdMap>;

const isId = (value: unknown): value is string =>
  typeof value === 'string' &&
  /^(acct|ba|btok|ch|ct|cus|mandate|pi|pm|py|pyr|re|seti|tr|trr|txn)_\w+$/.test(value);

/** Which of the sandbox's ids stands for which recorded one, and whose object it is. */
function createIdMap() {
  const ours = new Map<string, string>();
  const owners = new Map<string, string>();
  const learn = (recorded: unknown, answered: unknown): void => {
    if (isId(recorded) && isId(answered)) ours.set(recorded, answered);
    if (typeof recorded !== 'object' || typeof answered !== 'object') return;
    if (recorded === null || answered === null) return;
    for (const [name, value] of Object.entries(recorded)) learn(value, (answered as Json)[name]);
    const { destination, destination_payment: payment } = recorded as Json;
    if (isId(destination) && isId(payment)) owners.set(payment, destination);
  };
  const translate = (text: string): string =>
    text.replaceAll(/[a-z]+_[A-Za-z0-9]+/g, (id) => ours.get(id) ?? id);
  const ownerOf = (path: string): string | undefined => {
    const [, id] = /\/((?:py|pyr)_\w+)/.exec(path) ?? [];
    return owners.get(id ?? '');
  };
  return { learn, translate, ownerOf };
}

async function send(
  sandbox: StripeSandbox,
  { request, response: recorded }: Pair,
  ids: IdMap,
): Promise<Answer> {
  const owner = ids.ownerOf(request.path);
  const expansion = chargeIn(recorded.body) ? 'expand[]=latest_charge' : '';
  const body = [ids.translate(request.body ?? ''), expansion].filter(Boolean).join('&');
  const response = await fetch(`${sandbox.url}${ids.translate(request.path)}`, {
    method: request.method,
    headers: {
      authorization: `Bearer ${sandbox.secretKey}`,
      ...(owner !== undefined && { 'stripe-account': ids.translate(owner) }),
      ...(body !== '' && { 'content-type': 'application/x-www-form-urlencoded' }),
    },
    ...(body !== '' && { body }),
  });
  return { status: response.status, body: (await response.json()) as Json };
}
