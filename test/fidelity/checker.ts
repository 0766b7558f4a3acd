import { Ajv, type ValidateFunction } from 'ajv';
import type { Sent } from '../../local/sandboxes/stripe/options.ts';
import { isFromProduct } from '../support/stripe-traffic.ts';
import type { Schema } from './json-schemas.ts';
import { type StripeSchemas, untypedObjects } from './stripe-types.ts';

export type Failure = { readonly what: string; readonly problems: readonly string[] };

/** What was checked so far. */
export type Tally = {
  answers: number;
  refusals: number;
  webhooks: number;
  requests: number;
  untyped: number;
  readonly failures: Failure[];
  /** Endpoints that answered 2xx, and event types that were sent. */
  readonly endpoints: Set<string>;
  readonly events: Set<string>;
};

export type Checker = {
  check(sent: Sent): void;
  readonly tally: Tally;
};

type Json = Readonly<Record<string, unknown>>;

/** Checks what is sent against the SDK's own types. */
export function createChecker(schemas: StripeSchemas): Checker {
  const validatorOf = validators(schemas);
  const tally: Tally = {
    ...{ answers: 0, refusals: 0, webhooks: 0, requests: 0, untyped: 0, failures: [] },
    ...{ endpoints: new Set<string>(), events: new Set<string>() },
  };
  const report = (what: string, problems: readonly string[]) => {
    if (problems.length > 0) tally.failures.push({ what, problems });
  };

  const checkObject = (body: Json): string[] => {
    const name = String(body['object']);
    if (untypedObjects.has(name)) {
      tally.untyped += 1;
      return [];
    }
    const schema =
      name === 'event'
        ? schemas.ofEvent(String(body['type']))
        : schemas.ofObject(body['deleted'] === true ? `${name}, deleted` : name);
    if (schema === undefined) return [`there is no type for ${name} ${body['type'] ?? ''}`];
    return validatorOf(schema, 'strict')(body);
  };

  const checkAnswer = (sent: Extract<Sent, { kind: 'answer' }>) => {
    const what = `${sent.method} ${sent.pattern} ${sent.status}`;
    const body = sent.body as Json;
    if (sent.status >= 300) {
      tally.refusals += 1;
      report(`refusal ${what}`, refusalProblems(body));
      return;
    }
    tally.answers += 1;
    tally.endpoints.add(`${sent.method} ${sent.pattern}`);
    if (isPublicView(body)) return;
    const isList = isVersion2List(body) || ['list', 'search_result'].includes(`${body['object']}`);
    const items = isList ? (body['data'] as Json[]) : [body];
    if (isList) report(what, listProblems(body));
    for (const item of items) report(what, checkObject(item));
  };

  const checkRequest = (sent: Extract<Sent, { kind: 'answer' }>) => {
    const call = `${sent.method} ${sent.pattern}`;
    tally.requests += 1;
    const schema = schemas.ofParameters(call);
    report(
      `request ${call}`,
      schema === undefined
        ? ['there is no type for its parameters']
        : validatorOf(schema, 'form')(fromForm(sent.parameters)),
    );
  };

  return {
    tally,
    check(sent) {
      if (sent.kind === 'webhook') {
        tally.webhooks += 1;
        const event = JSON.parse(sent.payload) as Json;
        tally.events.add(String(event['type']));
        report(`webhook ${event['type']}`, checkObject(event));
        return;
      }
      checkAnswer(sent);
      // What Stripe refuses is not always well-formed, and tests refuse on purpose.
      if (isFromProduct(sent) && sent.status < 300) checkRequest(sent);
    },
  };
}

/** A validator for each schema, made once. `form` reads text as the type that is asked for. */
function validators({ $defs }: StripeSchemas) {
  const engines = {
    strict: new Ajv({ strict: false, allErrors: false }),
    form: new Ajv({ strict: false, coerceTypes: true }),
  };
  for (const engine of Object.values(engines)) engine.addSchema({ $id: 'stripe', $defs });
  const made = new Map<string, ValidateFunction>();
  return (schema: Schema, kind: keyof typeof engines) => {
    const name = `${kind} ${JSON.stringify(schema)}`;
    const absolute = JSON.parse(JSON.stringify(schema).replaceAll('"#/$defs', '"stripe#/$defs'));
    const validate = made.get(name) ?? engines[kind].compile(absolute);
    made.set(name, validate);
    return (value: unknown): string[] =>
      validate(value)
        ? []
        : (validate.errors ?? []).map(
            ({ instancePath, message, params }) =>
              `${instancePath} ${message} ${JSON.stringify(params)}`,
          );
  };
}

const isPublicView = (body: Json): boolean =>
  body['object'] === 'payment_intent' && body['metadata'] === undefined;

/** A list of version 2 does not say what it is: it has addresses of its neighbors. */
const isVersion2List = (body: Json): boolean => 'next_page_url' in body;

function listFields(body: Json): string[] {
  if (isVersion2List(body)) return ['data', 'next_page_url', 'previous_page_url'];
  const fields = ['data', 'has_more', 'object', 'url'];
  return body['object'] === 'list' ? fields : [...fields, 'next_page'];
}

function listProblems(body: Json): string[] {
  const actual = Object.keys(body).sort();
  const isWhole = actual.join() === listFields(body).sort().join();
  return isWhole ? [] : [`a list has the fields ${actual}`];
}

const errorTypes = ['api_error', 'card_error', 'idempotency_error', 'invalid_request_error'];

function refusalProblems(body: Json): string[] {
  const error = body['error'] as Json | undefined;
  if (error === undefined) return ['it carries no error'];
  const isNamed =
    typeof error['message'] === 'string' && errorTypes.includes(String(error['type']));
  return isNamed ? [] : ['its error has no known type or no message'];
}

/** A decoded form, with what has the names 0, 1, 2 … as the list that it is. */
function fromForm(form: unknown): unknown {
  if (typeof form !== 'object' || form === null) return form;
  const entries = Object.entries(form);
  const isArray = entries.length > 0 && entries.every(([name], index) => name === String(index));
  if (isArray) return entries.map(([, value]) => fromForm(value));
  return Object.fromEntries(entries.map(([name, value]) => [name, fromForm(value)]));
}
