import { invalidRequest, unsupportedBySandbox } from './errors.ts';
import type { FormFields, FormValue } from './forms.ts';

/** How one parameter is read: its typed value, or a refusal that names it. */
export type Parameter<Value, Required extends boolean = boolean> = {
  required: Required;
  read(value: FormValue, name: string): Value;
};

export type ParameterSet = Record<string, Parameter<unknown>>;

/** The typed values of a set: what is not required may be undefined. */
export type Values<Set extends ParameterSet> = {
  [Name in keyof Set]: Set[Name] extends Parameter<infer Value, true>
    ? Value
    : Set[Name] extends Parameter<infer Value, false>
      ? Value | undefined
      : unknown;
};

/**
 * Reads a decoded form against a parameter set.
 * @throws StripeApiError 400 parameter_unknown, parameter_missing, or what a reader refuses.
 */
export function readParameters<Set extends ParameterSet>(
  form: FormFields,
  set: Set,
  prefix = '',
): Values<Set> {
  refuseUnknown(form, set, prefix);
  const values: Record<string, unknown> = {};
  for (const [name, parameter] of Object.entries(set)) {
    const fullName = nameWithin(prefix, name);
    const value = form[name];
    if (value !== undefined) values[name] = parameter.read(value, fullName);
    else if (parameter.required) throw missing(fullName);
  }
  return values as Values<Set>;
}

function refuseUnknown(form: FormFields, set: ParameterSet, prefix: string): void {
  const unknown = Object.keys(form)
    .filter((name) => !Object.hasOwn(set, name))
    .map((name) => nameWithin(prefix, name));
  if (unknown.length === 0) return;
  const noun = unknown.length === 1 ? 'parameter' : 'parameters';
  throw invalidRequest(`Received unknown ${noun}: ${unknown.join(', ')}`, {
    code: 'parameter_unknown',
    param: unknown[0] ?? '',
  });
}

const nameWithin = (prefix: string, name: string) => (prefix === '' ? name : `${prefix}[${name}]`);

/** 400 parameter_missing, also for parameters that only some calls need. */
export function missing(name: string) {
  return invalidRequest(`Missing required param: ${name}.`, {
    code: 'parameter_missing',
    param: name,
  });
}

/** Marks a parameter as one that the call can't do without. */
export function required<Value>(parameter: Parameter<Value, false>): Parameter<Value, true> {
  return { ...parameter, required: true };
}

/** Text that is not empty. */
export function text(options: { maximumLength?: number } = {}): Parameter<string, false> {
  const maximumLength = options.maximumLength ?? 5000;
  return {
    required: false,
    read(value, name) {
      const content = scalar(value, name);
      if (content === '') throw emptyValue(name);
      if (content.length <= maximumLength) return content;
      throw invalidRequest(
        `Invalid string: ${content.slice(0, 12)}…; must be at most ${maximumLength} characters`,
        { param: name },
      );
    },
  };
}

/** Text, where an empty value means that the field is cleared. */
export function clearableText(): Parameter<string | null, false> {
  const inner = text();
  return {
    required: false,
    read: (value, name) => (value === '' ? null : inner.read(value, name)),
  };
}

/** A whole number that JavaScript holds exactly. */
export function integer(): Parameter<number, false> {
  return {
    required: false,
    read(value, name) {
      const content = scalar(value, name);
      if (content === '') throw emptyValue(name);
      const number = Number(content);
      if (/^-?\d+$/.test(content) && Number.isSafeInteger(number)) return number;
      throw invalidRequest(`Invalid integer: ${content}`, {
        code: 'parameter_invalid_integer',
        param: name,
      });
    },
  };
}

export function flag(): Parameter<boolean, false> {
  return {
    required: false,
    read(value, name) {
      if (value === 'true' || value === '1') return true;
      if (value === 'false' || value === '0') return false;
      throw invalidRequest(`Invalid boolean: ${scalar(value, name)}`, { param: name });
    },
  };
}

export function oneOf<const Choice extends string>(
  choices: readonly Choice[],
): Parameter<Choice, false> {
  return {
    required: false,
    read(value, name) {
      const content = scalar(value, name);
      const choice = choices.find((candidate) => candidate === content);
      if (choice !== undefined) return choice;
      throw invalidRequest(`Invalid ${name}: must be one of ${choices.join(', ')}`, {
        param: name,
      });
    },
  };
}

/** A group of named parameters, such as `automatic_payment_methods[enabled]`. */
export function group<Set extends ParameterSet>(set: Set): Parameter<Values<Set>, false> {
  return {
    required: false,
    read(value, name) {
      if (typeof value === 'string') throw invalidRequest('Invalid object', { param: name });
      return readParameters(value, set, name);
    },
  };
}

/** A list, given as `a[]=x&a[]=y` or `a[0]=x&a[1]=y`. */
export function listOf<Value>(element: Parameter<Value>): Parameter<Value[], false> {
  return {
    required: false,
    read(value, name) {
      if (typeof value === 'string') throw invalidRequest('Invalid array', { param: name });
      return Object.entries(value).map(([index, inner]) => {
        if (!/^\d+$/.test(index)) throw invalidRequest('Invalid array', { param: name });
        return element.read(inner, `${name}[${index}]`);
      });
    },
  };
}

/** A parameter of Stripe's that the sandbox refuses by name for now. */
export function unsupported(): Parameter<never, false> {
  return {
    required: false,
    read(_value, name) {
      throw unsupportedBySandbox(`the parameter '${name}'`, name);
    },
  };
}

/** A set of such parameters. */
export function unsupportedParameters<Name extends string>(
  ...names: Name[]
): Record<Name, Parameter<never, false>> {
  return Object.fromEntries(names.map((name) => [name, unsupported()])) as Record<
    Name,
    Parameter<never, false>
  >;
}

function scalar(value: FormValue, name: string): string {
  if (typeof value === 'string') return value;
  throw invalidRequest(`Invalid string: ${name} was given as an object`, { param: name });
}

function emptyValue(name: string) {
  return invalidRequest(
    `You passed an empty string for '${name}'. We assume empty values are an attempt to unset a ` +
      `parameter; however '${name}' cannot be unset. You should remove '${name}' from your ` +
      'request or supply a non-empty value.',
    { code: 'parameter_invalid_empty', param: name },
  );
}
