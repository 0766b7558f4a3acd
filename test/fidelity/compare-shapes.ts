import type { Schema } from './json-schemas.ts';
import type { StripeSchemas } from './stripe-types.ts';

export type Difference = {
  readonly kind: 'equal' | 'equal figure' | 'gone' | 'different';
  /** The way to the field, such as `balance_transaction.fee`. */
  readonly at: string;
  readonly detail: string;
};

type Json = Readonly<Record<string, unknown>>;

/** Fields that differ from one day, account or random number to the next. */
const volatile = new Set([
  ...['id', 'arrival_date', 'authorization_code', 'available_on', 'capture_before', 'client_ip'],
  ...['client_secret', 'created', 'expected_debit_date', 'fingerprint', 'invoice_prefix'],
  ...['network_transaction_id', 'receipt_url', 'reference', 'request_log_url', 'risk_score', 'url'],
]);

/** Fields whose value is one thing under the API of 2019 and another under today's. */
const redefined = new Set(['capture_method']);

/** Lists and counts that today come only where they are asked for. */
const onRequest = new Set(['refunds', 'sources', 'subscriptions', 'tax_ids', 'total_count']);

/** What the sandbox leaves out on purpose: who a person is, and the platform as a payer. */
const leftOut = new Set([
  'individual',
  'company',
  'settings',
  'tos_acceptance',
  'source',
  'controller',
  'business_type',
]);

const figures = /(^|\.)(amount\w*|fee|net|exchange_rate|currency|unit_amount)$/;

/**
 * Compares an answer with a recorded one, field by field, as far as today's types know the field:
 * the same names, the same JSON types, the same values, ids and times apart.
 */
export function compareShapes(
  recorded: unknown,
  answered: unknown,
  against: { schema: Schema | undefined; schemas: StripeSchemas },
): Difference[] {
  const walk = createWalk(against.schemas);
  return walk(recorded, answered, { schema: against.schema, at: '' });
}

type Place = { readonly schema: Schema | undefined; readonly at: string };

/** A field of an object; its schema is null where today's type has no such field. */
type Field = {
  readonly name: string;
  readonly schema: Schema | null | undefined;
  readonly at: string;
};

function createWalk({ $defs }: StripeSchemas) {
  const walk = (recorded: unknown, answered: unknown, place: Place): Difference[] => {
    if (Array.isArray(recorded)) return walkList(recorded, answered, place);
    if (typeof recorded === 'object' && recorded !== null) {
      return walkObject(recorded as Json, answered, place);
    }
    return [compareValue(recorded, answered, place.at)];
  };

  const walkList = (recorded: unknown[], answered: unknown, { schema, at }: Place) => {
    if (!Array.isArray(answered) || answered.length !== recorded.length) {
      return [different(at, recorded, answered)];
    }
    const items = branch(schema, (each) => each['items'] !== undefined)?.['items'] as Schema;
    return recorded.flatMap((each, index) => walk(each, answered[index], { schema: items, at }));
  };

  const walkObject = (recorded: Json, answered: unknown, { schema, at }: Place) => {
    if (typeof answered !== 'object' || answered === null || Array.isArray(answered)) {
      return [different(at, recorded, answered)];
    }
    const known = knownAs(schema, recorded);
    return Object.entries(recorded).flatMap(([name, value]) =>
      leftOut.has(name)
        ? []
        : walkField(value, answered as Json, {
            ...{ name, schema: known && (fieldOf(known, name) ?? null) },
            at: at === '' ? name : `${at}.${name}`,
          }),
    );
  };

  const walkField = (value: unknown, answered: Json, field: Field): Difference[] => {
    const { name, at, schema } = field;
    if (schema === null || onRequest.has(name)) return [{ kind: 'gone', at, detail: '' }];
    if (!(name in answered)) return [{ kind: 'different', at, detail: 'is missing' }];
    const inner = answered[name];
    return volatile.has(name) || redefined.has(name)
      ? compareKind(value, inner, at)
      : walk(value, inner, { schema, at });
  };

  /** The alternative of a schema that an object is of: by its `object`, else the first. */
  const knownAs = (schema: Schema | undefined, value: Json): Schema | undefined =>
    branch(schema, (each) => {
      const properties = each['properties'] as Record<string, Schema> | undefined;
      if (properties === undefined) return false;
      const name = properties['object']?.['const'];
      return name === undefined || value['object'] === undefined || name === value['object'];
    });

  const branch = (
    schema: Schema | undefined,
    fits: (schema: Schema) => boolean,
  ): Schema | undefined => {
    const own = resolve(schema);
    if (own === undefined || fits(own)) return own;
    const choices = (own['anyOf'] as Schema[] | undefined) ?? [];
    return choices.map(resolve).find((each) => each !== undefined && fits(each));
  };

  const resolve = (schema: Schema | undefined): Schema | undefined => {
    const reference = schema?.['$ref'] as string | undefined;
    return reference === undefined ? schema : $defs[reference.replace('#/$defs/', '')];
  };

  return walk;
}

/** A named field's schema; undefined where today's type has no such field. */
function fieldOf(schema: Schema, name: string): Schema | undefined {
  const properties = schema['properties'] as Record<string, Schema> | undefined;
  const others = schema['additionalProperties'];
  return properties?.[name] ?? (typeof others === 'object' ? (others as Schema) : undefined);
}

function compareKind(recorded: unknown, answered: unknown, at: string): Difference[] {
  const kindOf = (value: unknown) => (value === null ? 'null' : typeof value);
  // A volatile field may be unset on one side, as a receipt's address is in a sandbox.
  const isUnset = recorded === null || answered === null;
  return isUnset || kindOf(recorded) === kindOf(answered)
    ? []
    : [different(at, recorded, answered)];
}

const isReference = (value: unknown): boolean =>
  typeof value === 'string' && /^(group_)?[a-z]{2,8}_\w{14,}$/.test(value);

function compareValue(recorded: unknown, answered: unknown, at: string): Difference {
  if (isReference(recorded) && isReference(answered)) return { kind: 'equal', at, detail: '' };
  if (recorded !== answered) return different(at, recorded, answered);
  return { kind: figures.test(at) ? 'equal figure' : 'equal', at, detail: '' };
}

function different(at: string, recorded: unknown, answered: unknown): Difference {
  const print = (value: unknown) => JSON.stringify(value)?.slice(0, 120);
  return { kind: 'different', at, detail: `${print(recorded)}, not ${print(answered)}` };
}
